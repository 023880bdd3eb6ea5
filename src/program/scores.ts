/** Weight × ℓ of each situation, then weight × ∂ℓ/∂β_k, as outputs: their sums are value and gradient. */
import { type Expr, given, gradient, mul, Place } from "../expr/index.ts";
import type { Program } from "./program.ts";
import { rowGradient, rowsOf } from "./rows.ts";

export function scoreOutputs(program: Program): Expr[] {
  const { utilities, term } = program.classes[0];
  const rows = rowsOf(program, utilities, [term]);
  const leaves = rows.map(({ leaf }) => leaf);
  const weight = given("weight", Place.situation);
  return [mul(weight, term), ...rowGradient(rows, gradient(term, leaves, weight), program.free.length)];
}
