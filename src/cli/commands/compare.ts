/** logsum compare a.json b.json: fits side by side. */
import type { Fit } from "../../fit/index.ts";
import { exitStatus } from "../failure.ts";
import { fitted, warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";
import { nameFor } from "./verb.ts";

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
