/** Weight × ℓ of each situation, then weight × ∂ℓ/∂β_k, as outputs: their sums are value and gradient. */
import { type Expr, given, gradient, mul, Place } from "../expr/index.ts";
import { type Program, rowExprs } from "./program.ts";
import { rowGradient, rowsOf } from "./rows.ts";

export function scoreOutputs(program: Program): Expr[] {
  const [{ term }] = program.classes;
  const rows = rowsOf(program, rowExprs(program.classes[0]), [term]);
  const leaves = rows.map(({ leaf }) => leaf);
  const weight = given("weight", Place.situation);
  return [mul(weight, term), ...rowGradient(rows, gradient(term, leaves, weight), program.free.length)];
}
