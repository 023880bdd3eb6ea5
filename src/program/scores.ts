/** The score of each situation as outputs: weight × ∂ℓ/∂β_k, whose sum is the gradient. */
import { type Expr, given, gradient, Place } from "../expr/index.ts";
import type { Program } from "./program.ts";
import { rowGradient, rowsOf } from "./rows.ts";

export function scoreOutputs(program: Program): Expr[] {
  const { utilities, term } = program.classes[0];
  const rows = rowsOf(program, utilities, [term]);
  const leaves = rows.map(({ leaf }) => leaf);
  return rowGradient(rows, gradient(term, leaves, given("weight", Place.situation)), program.free.length);
}
