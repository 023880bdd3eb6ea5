/** logsum demo: the travel-mode data, from the file to the report. */
import { join } from "node:path";
import { writeText } from "../../files.node.ts";
import { exitStatus } from "../failure.ts";
import { fitted, warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";
import { shipped } from "../shipped.ts";
import { studyBeside } from "../source.ts";

const study = shipped("datasets/travel-mode.json");

export async function main(_: readonly string[], values: Values): Promise<number> {
  // Loading what draws takes longest of all: it starts before the data are read.
  const drawing = import("../../charts/render.ts").then(({ warmUp }) => warmUp());
  const { source, fit } = await fitted(study, values);
  const { fitStatistics, summary } = await import("../../fit/index.ts");
  warn(fit, values);
  await put([summary(fit), fitStatistics(fit)], values);
  const target = join(String(values.out ?? "out"), "travel-mode.html");
  const { report } = await import("../../report/fitReport.ts");
  await drawing;
  await writeText(
    target,
    await report(fit, { study: studyBeside(source, target), title: source.study.title, cost: "gc" }),
  );
  process.stdout.write(`\nThe report is in ${target}\n`);
  return fit.converged ? exitStatus.done : exitStatus.notFitted;
}
