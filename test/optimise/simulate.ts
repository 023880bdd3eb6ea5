/** Small made-up choices with known truth, the same every time. */
import type { LogitRows } from "./plainLogit.ts";

/** Uniform numbers in (0, 1), from a seed (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32 + 2 ** -33;
  };
}

/** Situations of a fixed number of alternatives; `row` makes attributes, `truth` the utilities with Gumbel noise. */
export function simulate(
  seed: number,
  situations: number,
  alternatives: number,
  row: (next: () => number, alternative: number) => number[],
  truth: readonly number[],
): LogitRows {
  const next = uniform(seed);
  const rows: Float64Array[] = [];
  const chosen: number[] = [];
  for (let i = 0; i < situations; i++) {
    let [best, at] = [Number.NEGATIVE_INFINITY, -1];
    for (let j = 0; j < alternatives; j++) {
      const x = Float64Array.from(row(next, j));
      const utility = x.reduce((sum, value, k) => sum + value * truth[k], -Math.log(-Math.log(next())));
      if (utility > best) [best, at] = [utility, rows.length];
      rows.push(x);
    }
    chosen.push(at);
  }
  return { rows, starts: Array.from({ length: situations + 1 }, (_, i) => i * alternatives), chosen };
}

/** The same data with other attributes in each row. */
export const withRows = (
  data: LogitRows,
  change: (row: Float64Array, at: number) => number[],
): LogitRows => ({
  ...data,
  rows: data.rows.map((row, at) => Float64Array.from(change(row, at))),
});
