/** logsum doctor: what is wrong with data, model or fit, and what to do. */
import { writeText } from "../../files.node.ts";
import type { Diagnosis } from "../../post/doctor/index.ts";
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
  const { diagnose, doctorStudy } = await import("../../post/doctor/index.ts");
  const source = await readToFit(path, values);
  const before = await doctorStudy(source.study, source.table);
  const after =
    values.fitted && before.status !== "bad input" ? await diagnose((await fitted(path, values)).fit) : null;
  const all = [before, ...(after ? [after] : [])];
  const fix = typeof values.fix === "string" ? await writeFixed(values.fix, source, before) : null;
  await put(
    all.map(({ table }) => table),
    values,
    { status: worst(all), findings: all.flatMap(({ findings }) => findings.map(plain)), fixed: fix },
  );
  if (fix && !values.quiet)
    process.stderr.write(
      fix.length === 0
        ? "logsum: nothing could be fixed safely\n"
        : `logsum: fixed in ${values.fix}:\n  ${fix.join("\n  ")}\n`,
    );
  return statuses[worst(all)];
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

/** The fixed study goes to a file of its own; what was done to it comes back. */
async function writeFixed(target: string, source: Source, diagnosis: Diagnosis): Promise<readonly string[]> {
  const { study, done } = diagnosis.fixed(studyBeside(source, target));
  await writeText(target, `${JSON.stringify(study, null, 2)}\n`);
  return done;
}
