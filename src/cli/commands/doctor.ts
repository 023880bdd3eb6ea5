/** logsum doctor: what is wrong with data, model or fit, and what to do. */
import { writeText } from "../../files.node.ts";
import type { Diagnosis, FixedStudy } from "../../post/doctor/index.ts";
import type { Study } from "../../study/index.ts";
import { exitStatus } from "../failure.ts";
import { fitted } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";
import { readToFit, type Source, studyBeside } from "../source.ts";

const statuses: Readonly<Record<Diagnosis["status"], number>> = {
  fine: exitStatus.done,
  "not identified": exitStatus.notFitted,
  "bad input": exitStatus.badInput,
};

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const { diagnose, doctorStudy, fixStudy } = await import("../../post/doctor/index.ts");
  const source = await readToFit(path, values);
  const before = await doctorStudy(source.study, source.table);
  const after =
    values.fitted && before.status !== "bad input" ? await diagnose((await fitted(path, values)).fit) : null;
  const all = [before, ...(after ? [after] : [])];
  const fix = typeof values.fix === "string" ? await fixStudy(source.study, source.table) : null;
  if (fix) await writeFixed(String(values.fix), source, fix.study);
  await put(
    all.map(({ table }) => table),
    values,
    {
      status: worst(all),
      findings: all.flatMap(({ findings }) => findings.map(plain)),
      fixed: fix?.done ?? null,
    },
  );
  if (fix && !values.quiet) process.stderr.write(told(fix, String(values.fix)));
  return statuses[worst(all)];
}

function told({ done, diagnosis: { status } }: FixedStudy, target: string): string {
  if (done.length === 0) return "logsum: nothing could be fixed safely\n";
  const left = status === "fine" ? "" : "logsum: not all could be fixed safely: ask the doctor again\n";
  return `logsum: fixed in ${target}:\n  ${done.join("\n  ")}\n${left}`;
}

const plain = ({ check, grade, says, advice, fix }: Diagnosis["findings"][number]): object => ({
  check,
  grade,
  says,
  advice,
  fix: fix?.says ?? null,
});

const worst = (all: readonly Diagnosis[]): Diagnosis["status"] =>
  (["bad input", "not identified"] as const).find((each) => all.some(({ status }) => status === each)) ??
  "fine";

/** The fixed study goes to a file of its own. */
const writeFixed = (target: string, source: Source, study: Study): Promise<void> =>
  writeText(target, `${JSON.stringify(studyBeside({ ...source, study }, target), null, 2)}\n`);
