/** logsum fit: estimate, print, keep. */
import { basename, dirname, join } from "node:path";

import { writeText } from "../../files.node.ts";
import { exitStatus } from "../failure.ts";
import { fitJson } from "../fitJson.ts";
import { type Fitted, fitted, warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";
import { saved } from "../saved.ts";
import { studyBeside } from "../source.ts";

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const { source, fit } = await fitted(path, values);
  const { fitStatistics, summary } = await import("../../fit/index.ts");
  warn(fit, values);
  const json = fitJson(fit);
  await put(fit.converged ? [summary(fit), fitStatistics(fit)] : [summary(fit)], values, json);
  if (!fit.converged) return exitStatus.notFitted;
  if (typeof values.save === "string")
    await writeText(
      values.save,
      `${JSON.stringify(saved(studyBeside(source, values.save), json), null, 2)}\n`,
    );
  if (typeof values.report === "string") await writeReport(values.report, { source, fit }, values);
  return exitStatus.done;
}

/** HTML, or LaTeX with its figures beside it, by the ending of the file's name. */
async function writeReport(path: string, { source, fit }: Fitted, values: Values): Promise<void> {
  const { report, reportLatex } = await import("../../report/fitReport.ts");
  const { toPdf } = await import("../../charts/pdf.node.ts");
  const { askedOf } = await import("../verbValues.ts");
  const [cost, over] = [values.per, values.over].map((value) =>
    typeof value === "string" ? value : undefined,
  );
  const include = Object.fromEntries(((values.include ?? []) as readonly string[]).map(askedOf));
  const study = studyBeside(source, path);
  const options = { study, title: source.study.title, cost, over, include };
  if (!/\.tex$/i.test(path)) return writeText(path, await report(fit, { ...options, toPdf }));
  const prefix = `${basename(path).replace(/\.tex$/i, "")}-`;
  const { text, figures } = await reportLatex(fit, { ...options, prefix });
  await writeText(path, text);
  for (const [name, svg] of Object.entries(figures))
    await writeText(join(dirname(path), name), await toPdf(svg));
}
