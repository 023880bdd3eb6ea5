/**
 * Maxima come in copies that mean the same: a spread of either sign, latent classes in any order. The one that is
 * reported has positive spreads and the largest class first. With simulated draws the copies differ a little, so
 * the search goes on from the copy, and says so where they differ much.
 */
import type { ChoiceData } from "../data/index.ts";
import type { Outcome } from "../optimise/index.ts";
import type { Program } from "../program/index.ts";
import type { Resolved } from "../spec/index.ts";
import { classOrder, reordered } from "./classOrder.ts";
import { inserted } from "./objective.ts";
import { mirrored } from "./signs.ts";

export interface Settled {
  readonly outcome: Outcome;
  readonly warnings: readonly string[];
}

/** Above this difference between mirror images, draws are too few. */
const much = 0.1;

/**
 * @param search maximises from a point over all parameters.
 * @param given starting values by name: a spread that is given with a sign keeps it.
 */
export async function settled(
  first: Outcome,
  start: Float64Array,
  search: (from: Float64Array) => Promise<Outcome>,
  {
    resolved,
    program,
    data,
    given = {},
  }: { resolved: Resolved; program: Program; data: ChoiceData; given?: Readonly<Record<string, number>> },
): Promise<Settled> {
  if (first.status !== "converged") return { outcome: first, warnings: [] };
  let outcome = first;
  const warnings: string[] = [];
  const whole = (): Float64Array => inserted(program, start, outcome.point);
  const flipped = mirrored(resolved, program, whole(), given);
  if (flipped.names.length > 0) {
    const again = await search(flipped.point);
    if (
      again.status === "converged" &&
      mirrored(resolved, program, inserted(program, start, again.point), given).names.length === 0
    ) {
      if (Math.abs(again.value - outcome.value) > much)
        warnings.push(
          `the log-likelihood is ${again.value.toFixed(2)}, and ${outcome.value.toFixed(2)} with the other sign of ${flipped.names.join(", ")}, which means the same: take more draws, or Sobol draws`,
        );
      outcome = again;
    }
  }
  const order = classOrder(resolved, program, whole(), data);
  if (order) {
    const again = await search(reordered(resolved, program, whole(), order));
    if (again.status === "converged") outcome = again;
  }
  return { outcome, warnings };
}
