/** The log-likelihood as a function of the free parameters alone. */
import type { Prepared } from "../backends/index.ts";
import type { Objective } from "../optimise/objective.ts";
import type { Program } from "../program/index.ts";

/** @param at values of all parameters; those that are not free stay there. */
export function objectiveOf(prepared: Prepared, program: Program, at: Float64Array): Objective {
  return {
    dimension: program.free.length,
    evaluate: (point, want) => prepared.evaluate(inserted(program, at, point), want),
  };
}

/** All parameters, with the free ones replaced. */
export function inserted(program: Program, all: Float64Array, free: Float64Array): Float64Array {
  const out = all.slice();
  program.free.forEach((index, k) => {
    out[index] = free[k];
  });
  return out;
}
