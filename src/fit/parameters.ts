/** Estimates with their tests and intervals, parameter by parameter. */
import { wald } from "../inference/index.ts";
import type { Outcome } from "../optimise/index.ts";
import type { Program } from "../program/index.ts";
import type { Parameter } from "../spec/index.ts";
import type { FitParameter } from "./result.ts";

export function parametersOf(
  parameters: readonly Parameter[],
  program: Program,
  estimates: Float64Array,
  outcome: Outcome,
  covariance: Float64Array,
): FitParameter[] {
  const size = parameters.length;
  return parameters.map(({ name, role, neutral, fixed }, i) => {
    const place = program.free.indexOf(i);
    const atBound = place < 0 ? null : outcome.atBound[place];
    const test = wald(estimates[i], Math.sqrt(covariance[i * size + i]), neutral);
    return { name, role, neutral, fixed, atBound, ...test };
  });
}
