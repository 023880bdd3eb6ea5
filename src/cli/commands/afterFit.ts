/** What predict, shares, elasticities and wtp have in common: a fit goes in and one table comes out. */
import type { Table } from "../../data/table.ts";
import type { Fit } from "../../fit/index.ts";
import { exitStatus } from "../failure.ts";
import { fitted, warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";
import type { Source } from "../source.ts";

/** Fits and prints the table. Nothing is derived from a point that is not a maximum. */
export async function afterFit(
  path: string,
  values: Values,
  derive: (fit: Fit, source: Source) => Promise<Table>,
): Promise<number> {
  const { fit, source } = await fitted(path, values);
  warn(fit, values);
  if (!fit.converged) return exitStatus.notFitted;
  await put([await derive(fit, source)], values);
  return exitStatus.done;
}
