/**
 * Σ_n s_n s_nᵀ over situations, the filling of the robust covariance, as a kernel: the score of a situation is one row
 * of an outer product, as the rows of the utilities are in the Hessian. No score leaves the machine.
 */
import { given, gradient, num, Place } from "../expr/index.ts";
import type { Sink } from "./emit.ts";
import { at } from "./kernel.ts";
import { Layout } from "./layout.ts";
import type { Lowered } from "./lower.ts";
import { products } from "./products.ts";
import { type Program, rowExprs } from "./program.ts";
import { kernel, rowGradient, rowsOf } from "./rows.ts";

/** Upper triangle in the out region, rows of `width`. */
export function lowerScoreProducts(program: Program, longest: number): Lowered {
  const [{ term }] = program.classes;
  const size = program.free.length;
  const rows = rowsOf(program, rowExprs(program.classes[0]), [term]);
  const weight = given("weight", Place.situation);
  const slopes = gradient(
    term,
    rows.map(({ leaf }) => leaf),
    weight,
  );
  const layout = new Layout(size, 1, program.alternatives === null ? longest : 0);
  const scores = rowGradient(rows, slopes, size);
  const score = { leaf: num(0), index: 0, expr: num(0), slopes: scores };
  const stores = scores.flatMap((node, k): Sink[] =>
    (["A", "B"] as const).map((part) => ({ kind: "store", node, address: layout.jacobian(0, part, k) })),
  );
  const scoreProducts = kernel(layout, rows, (emitter) => [
    ...emitter.emit(stores),
    ...products(layout, [score], emitter, at("out", 0)),
  ]);
  return { layout, kernels: { scoreProducts }, outWords: size * layout.width };
}
