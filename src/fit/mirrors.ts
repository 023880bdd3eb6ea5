/**
 * A spread means the same with either sign, and the simulated likelihood at its mirror image is that of mirrored
 * draws. So one value more, all spreads mirrored at once, tells what other draws would make of the same point.
 */
import type { Prepared } from "../backends/index.ts";
import type { Program } from "../program/index.ts";
import type { Resolved } from "../spec/index.ts";
import { spreadColumns } from "./signs.ts";

/** A likelihood ratio moves by twice this. */
const much = 1;

/** A warning where mirrored draws move the log-likelihood by more than 1; none where draws are symmetric. */
export async function mirrorWarnings(
  resolved: Resolved,
  program: Program,
  prepared: Prepared,
  { point, value }: { readonly point: Float64Array; readonly value: number },
): Promise<string[]> {
  const { draws } = program;
  if (!draws || draws.kind === "gaussHermite" || draws.antithetic) return [];
  const columns = spreadColumns(resolved).filter(([head]) => isMirrored(resolved, program, head));
  if (columns.length === 0) return [];
  const image = point.slice();
  for (const name of columns.flat()) image[program.parameters.indexOf(name)] *= -1;
  const by = (await prepared.evaluate(image, "value")).value - value;
  if (!(Math.abs(by) > much)) return [];
  const spreads = columns.map(([head]) => head);
  return [
    `the draws are few: with the other sign of ${spreads.join(", ")}, which means the same, the log-likelihood is another by ${signed(by)}; take more, and see ls.drawStability(fit)`,
  ];
}

const signed = (by: number): string => `${by > 0 ? "+" : "−"}${Math.abs(by).toFixed(1)}`;

function isMirrored({ parameters }: Resolved, program: Program, name: string): boolean {
  const isFree = program.free.includes(program.parameters.indexOf(name));
  const lower = parameters.find((each) => each.name === name)?.lower ?? 0;
  return isFree && lower === Number.NEGATIVE_INFINITY;
}
