/** logsum compare a.json b.json: fits side by side. */
import { basename } from "node:path";
import type { Fit } from "../../fit/index.ts";
import { exitStatus } from "../failure.ts";
import { fitted, warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";

export async function main(paths: readonly string[], values: Values): Promise<number> {
  const fits: Record<string, Fit> = {};
  for (const path of paths) {
    const { fit } = await fitted(path, values);
    warn(fit, values);
    fits[nameFor(path, fits)] = fit;
  }
  const { compare } = await import("../../post/compare.ts");
  await put([compare(fits)], values);
  return Object.values(fits).every((fit) => fit.converged) ? exitStatus.done : exitStatus.notFitted;
}

/** The file's name without its ending; the whole path where that is taken. */
function nameFor(path: string, taken: object): string {
  const short = basename(path).replace(/\.json$/i, "");
  return Object.hasOwn(taken, short) ? path : short;
}
