/**
 * Non-negative least squares: y ≥ 0 that brings Σ_i y_i d_i nearest to a target. What is left over,
 * r = target − Σ_i y_i d_i, is the projection of the target on the cone { r : d_i · r ≤ 0 for all i }.
 *
 * Source: Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23; the projections: Moreau (1962).
 */
import { dot, leastSquares, length } from "./matrix.ts";

/** Relative to the lengths involved: smaller is rounding. */
const rounding = 1e-10;

/** The rest r, or null where the target is a non-negative combination of the rows. */
export function nonNegativeRest(rows: readonly Float64Array[], target: Float64Array): Float64Array | null {
  const sizes = rows.map(length);
  const goal = length(target);
  let used: number[] = [];
  let weights = new Float64Array(0);
  let rest = target;
  const passed = new Set<number>();
  for (let round = 0; round < 50 + 20 * target.length; round++) {
    const next = steepest(rows, sizes, rest, passed);
    if (next < 0 || length(rest) <= rounding * goal) break;
    const solved = settle(rows, target, [...used, next], Float64Array.of(...weights, 0));
    if (!solved.used.includes(next)) {
      passed.add(next);
      continue;
    }
    passed.clear();
    [used, weights] = [solved.used, solved.weights];
    rest = restOf(rows, target, used, weights);
  }
  return length(rest) > rounding * goal ? rest : null;
}

/** The row that points most along the rest, −1 where none does. */
function steepest(
  rows: readonly Float64Array[],
  sizes: readonly number[],
  rest: Float64Array,
  passed: ReadonlySet<number>,
): number {
  let best = -1;
  let most = rounding * length(rest);
  rows.forEach((row, i) => {
    const slope = sizes[i] > 0 ? dot(row, rest) / sizes[i] : 0;
    if (slope > most && !passed.has(i)) [best, most] = [i, slope];
  });
  return best;
}

/** Least squares over the rows in use; rows that would turn negative leave, the first to do so first. */
function settle(
  rows: readonly Float64Array[],
  target: Float64Array,
  candidates: readonly number[],
  before: Float64Array,
): { used: number[]; weights: Float64Array<ArrayBuffer> } {
  let used = [...candidates];
  let weights = Float64Array.from(before);
  while (used.length > 0) {
    const ideal = leastSquares(
      used.map((i) => rows[i]),
      target,
    );
    if (ideal.every((value) => value > 0)) return { used, weights: Float64Array.from(ideal) };
    const share = ideal.reduce(
      (least, value, j) => (value > 0 ? least : Math.min(least, weights[j] / (weights[j] - value || 1))),
      1,
    );
    const moved = weights.map((value, j) => value + share * (ideal[j] - value));
    const stays = [...moved.keys()].filter((j) => ideal[j] > 0 || moved[j] > 1e-14 * Math.max(...moved));
    if (stays.length === used.length) stays.splice(ideal.indexOf(Math.min(...ideal)), 1);
    used = stays.map((j) => used[j]);
    weights = Float64Array.from(stays, (j) => moved[j]);
  }
  return { used, weights };
}

function restOf(
  rows: readonly Float64Array[],
  target: Float64Array,
  used: readonly number[],
  weights: Float64Array,
): Float64Array {
  return target.map((value, k) => used.reduce((rest, i, j) => rest - weights[j] * rows[i][k], value));
}
