/**
 * Program → kernels. The chain rule is applied at the utilities (the rows): A = ∂row/∂β comes from the
 * specification, w = ∂ℓ/∂row from the model, and
 *
 *   gradient = Aᵀ w,    Hessian = Aᵀ B + Σ_r w_r ∂²row_r/∂β²,    B = (∂w/∂row) A,
 *
 * where column k of B is the movement of w when the rows move by column k of A: forward mode over the
 * reverse-mode gradient, in a loop over k. Nothing of size K² is ever written out as code, and for a logit
 * with linear utilities this is the outer-product form. Parameters that the model itself uses (a scale, a
 * nest's λ) are rows of their own, with a 1 in their column.
 */
import { given, gradient, mul, Place, parameter } from "../expr/index.ts";
import type { Sink } from "./emit.ts";
import { hessianKernel } from "./hessian.ts";
import { at, type Kernel } from "./kernel.ts";
import type { Layout } from "./layout.ts";
import { freeNames, type Program, rowExprs } from "./program.ts";
import { kernel, layoutOf, rowGradient, rowsOf } from "./rows.ts";

export interface Lowered {
  readonly layout: Layout;
  readonly kernels: Readonly<Record<string, Kernel>>;
  readonly outWords: number;
  /** Words recorded for each person. */
  readonly recordWords?: number;
}

export const outAt = { value: 0, gradient: 1, hessian: (layout: Layout) => 1 + layout.parameters };

/** The likelihood of a Program with one class and no draws, for choice sets of at most `longest`. */
export function lowerLikelihood(program: Program, longest: number): Lowered {
  const [{ term }] = program.classes;
  const rows = rowsOf(program, rowExprs(program.classes[0]), [term]);
  const layout = layoutOf(program, rows, longest);
  const weight = given("weight", Place.situation);
  const value: Sink = { kind: "add", node: mul(weight, term), address: at("out", outAt.value) };
  const slopes = gradient(
    term,
    rows.map(({ leaf }) => leaf),
    weight,
  );
  const gradients = rowGradient(rows, slopes, layout.parameters);
  const gradientSinks = gradients.map(
    (node, k): Sink => ({ kind: "add", node, address: at("out", outAt.gradient + k) }),
  );
  const kernels = {
    value: kernel(layout, rows, (emitter) => emitter.emit([value])),
    gradient: kernel(layout, rows, (emitter) => emitter.emit([value, ...gradientSinks])),
    hessian: hessianKernel(
      {
        layout,
        rows,
        slopes,
        leaves: freeNames(program).map(parameter),
        base: at("out", outAt.hessian(layout)),
      },
      [value, ...gradientSinks],
    ),
  };
  return { layout, kernels, outWords: 1 + layout.parameters + layout.parameters * layout.width };
}
