/**
 * Newton's method: the curvature is minus the exact Hessian, so the last steps double the correct digits.
 *
 * Far from the maximum the Hessian can be blind. Where probabilities are all but 0 or 1 a log-likelihood is
 * a facetted hill: nearly flat facets, with the bend in the edges between them. The Hessian sees a facet;
 * the change of the gradient over a step sees the edges. Where the two disagree, the secant is believed.
 */
import { dot, times } from "../math/matrix.ts";
import { secant } from "./secant.ts";
import { roughCurvature, type Solver } from "./solver.ts";

/** The gradient changed this many times more than the Hessians at both ends say it should. */
const disagreement = 5;

export const newton: Solver = {
  want: "hessian",
  curvature(here, before) {
    const exact = here.hessian!.map((value) => -value);
    if (!before?.hessian)
      return exact.map((value, at) => value + missing(here.gradient, here.value, exact, at));
    const step = here.point.map((value, k) => value - before.point[k]);
    const change = here.gradient.map((slope, k) => before.gradient[k] - slope);
    const told = (dot(step, times(exact, step)) - dot(step, times(before.hessian, step))) / 2;
    const blind = told >= 0 && dot(step, change) > disagreement * told;
    return blind ? secant(before.curvature, step, change) : exact;
  },
};

/** What a diagonal element lacks for the promise along that parameter to be no more than all there is. */
function missing(gradient: Float64Array, value: number, exact: Float64Array, at: number): number {
  const [row, column] = [Math.floor(at / gradient.length), at % gradient.length];
  const least = roughCurvature(gradient[row], value);
  return row === column && exact[at] >= 0 && exact[at] < least ? least : 0;
}
