/**
 * BHHH: the curvature is the sum of the outer products of the scores, A = Σ_i s_i s_iᵀ, which at the truth
 * has the same expectation as minus the Hessian and is never indefinite. Along the last step the curvature is
 * known better, from the change of the gradient, and is put right there: A alone is too steep far from the maximum.
 *
 * Source: Berndt, Hall, Hall & Hausman (1974), Annals of Economic and Social Measurement 3:653.
 */
import { secant } from "./secant.ts";
import type { Solver } from "./solver.ts";

export const bhhh: Solver = {
  want: "products",
  curvature(here, before) {
    if (!before) return here.products!;
    const step = here.point.map((value, k) => value - before.point[k]);
    const change = here.gradient.map((slope, k) => before.gradient[k] - slope);
    return secant(here.products!, step, change);
  },
};
