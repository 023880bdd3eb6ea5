/**
 * A spread means the same with either sign, and the simulated likelihood at its mirror image is that of mirrored
 * draws. So one value more tells what other draws would make of the same point. A plain Halton sequence is
 * lopsided where primes are large or draws few: there every spread is mirrored by itself.
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
  const asked = draws.kind === "halton" ? columns.map((column) => [column]) : [columns];
  const moves: { readonly names: readonly string[]; readonly by: number }[] = [];
  for (const each of asked) {
    const image = point.slice();
    for (const name of each.flat()) image[program.parameters.indexOf(name)] *= -1;
    const { value: there } = await prepared.evaluate(image, "value");
    moves.push({ names: each.map(([head]) => head), by: there - value });
  }
  const worst = moves.reduce((a, b) => (Math.abs(b.by) > Math.abs(a.by) ? b : a));
  if (!(Math.abs(worst.by) > much)) return [];
  const by = `${worst.by > 0 ? "+" : "−"}${Math.abs(worst.by).toFixed(1)}`;
  return [
    `the draws are few: with the other sign of ${worst.names.join(", ")}, which means the same, the log-likelihood is another by ${by}; take more, and see ls.drawStability(fit)`,
  ];
}

function isMirrored({ parameters }: Resolved, program: Program, name: string): boolean {
  const isFree = program.free.includes(program.parameters.indexOf(name));
  const lower = parameters.find((each) => each.name === name)?.lower ?? 0;
  return isFree && lower === Number.NEGATIVE_INFINITY;
}
