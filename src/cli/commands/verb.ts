/** Any verb of the registry: fits in, its tables (and its chart) out. */
import { basename } from "node:path";
import { Complaint } from "../../complaint/index.ts";
import type { Fit } from "../../fit/index.ts";
import type { Verb, VerbOption, VerbValues } from "../../verbs/index.ts";
import { exitStatus } from "../failure.ts";
import { fitted, warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";
import { flagName } from "../verbCommands.ts";
import { writeChart } from "./chart.ts";

export async function answer(verb: Verb, paths: readonly string[], values: Values): Promise<number> {
  const [least, most] = verb.fits ?? [1, 1];
  if (paths.length < least || paths.length > most)
    throw new Complaint(`${verb.name} takes ${manyWords(least, most)}`, { value: paths.join(" ") });
  const asked = valuesOf(verb, values);
  const fits: Record<string, Fit> = {};
  for (const path of paths) {
    const { fit } = await fitted(path, values);
    warn(fit, values);
    if (!fit.converged) return exitStatus.notFitted;
    fits[nameFor(path, fits)] = fit;
  }
  const tables = await verb.run(Object.values(fits)[0], asked, { fits });
  await put(tables, values);
  if (verb.chart && typeof values.output === "string")
    await writeChart(
      verb.chart(tables, { theme: values.theme === "screen" ? "screen" : "print" }),
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

function valuesOf(verb: Verb, values: Values): VerbValues {
  return Object.fromEntries(
    Object.entries(verb.options).map(([name, option]) => [name, readValue(name, option, values[name])]),
  );
}

function readValue(name: string, { kind, help, required }: VerbOption, given: unknown): VerbValues[string] {
  if (given === undefined) {
    if (required) throw new Complaint(`${flagName(name)} is missing`, { help });
    return undefined;
  }
  if (kind !== "number") return given as VerbValues[string];
  const number = Number(given);
  if (String(given).trim() === "" || !Number.isFinite(number))
    throw new Complaint(`${flagName(name)} is a number`, { value: given });
  return number;
}
