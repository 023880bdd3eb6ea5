/**
 * The only door to yalps. Maximises c · x over the box −1 ≤ x ≤ 1 under constraints a · x ≥ least.
 *
 * In p = 1 − s x, s the signs of c, the best corner of the box is p = 0, and all steps of the simplex
 * are those that take violated constraints in one by one (dual simplex): the search never stands at a
 * degenerate point, as it would where all constraints meet, unless numbers of c tie.
 * Source: Vanderbei (2020), Linear Programming, chapter 5.
 */
import { solve } from "yalps";
import { dot } from "../math/matrix.ts";

/** Numbers below are zero to the solver; solutions are rounded to it. */
const precision = 1e-11;
const mostPivots = 20_000;

/** The maximum x, or null where nothing in the box satisfies the constraints, or the search does not end. */
export function maximiseInBox(
  objective: Float64Array,
  constraints: readonly Float64Array[],
  least: number,
): Float64Array | null {
  const signs = objective.map((value) => (value < 0 ? -1 : 1));
  const { status, variables } = solve<number, string | number>(
    {
      direction: "maximize",
      objective: "c",
      constraints: [
        ...constraints.map((row, i) => [i, { min: least - dot(row, signs) }] as const),
        ...Array.from(objective, (_, k) => [`width ${k}`, { max: 2 }] as const),
      ],
      variables: Array.from(objective, (value, k) => [
        k,
        [
          ["c", -Math.abs(value)],
          [`width ${k}`, 1],
          ...constraints.map((row, i) => [i, -signs[k] * row[k]] as const),
        ],
      ]),
    },
    { precision, maxPivots: mostPivots, includeZeroVariables: true },
  );
  if (status !== "optimal") return null;
  return Float64Array.from(variables, ([k, p]) => signs[k] * (1 - p));
}
