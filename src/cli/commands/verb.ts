/** Any verb of the registry: fits in, its tables (and its chart) out. */
import { basename } from "node:path";
import { Complaint } from "../../complaint/index.ts";
import type { Fit } from "../../fit/index.ts";
import type { Verb } from "../../verbs/index.ts";
import { bootstrapHere } from "../bootstrap.ts";
import { writeChart } from "../chartFile.ts";
import { exitStatus } from "../failure.ts";
import { fitted, warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";
import { progress } from "../progress.ts";
import { verbValues } from "../verbValues.ts";

export async function answer(verb: Verb, paths: readonly string[], values: Values): Promise<number> {
  const [least, most] = verb.fits ?? [1, 1];
  if (paths.length < least || paths.length > most)
    throw new Complaint(`${verb.name} takes ${manyWords(least, most)}`, { value: paths.join(" ") });
  const asked = verbValues(verb, values);
  const fits: Record<string, Fit> = {};
  for (const path of paths) {
    const { fit } = await fitted(path, values);
    warn(fit, values);
    if (!fit.converged) return exitStatus.notFitted;
    fits[nameFor(path, fits)] = fit;
  }
  const shown = progress();
  const around = {
    fits,
    bootstrap: bootstrapHere(values),
    ...(values.quiet ? {} : { search: { onStep: shown.onStep } }),
  };
  const tables = await verb.run(Object.values(fits)[0], asked, around).finally(shown.finish);
  await put(tables, values);
  if (verb.chart && typeof values.output === "string")
    await writeChart(
      await verb.chart(tables, { theme: values.theme === "screen" ? "screen" : "print" }),
      values.output,
    );
  return exitStatus.done;
}

const manyWords = (least: number, most: number): string =>
  least === most
    ? `${least} ${least === 1 ? "fit" : "fits"}`
    : `${least} ${Number.isFinite(most) ? `to ${most}` : "or more"} fits`;

/** The file's name without its ending; the whole path where that is taken. */
export function nameFor(path: string, taken: object): string {
  const short = basename(path).replace(/\.json$/i, "");
  return Object.hasOwn(taken, short) ? path : short;
}
