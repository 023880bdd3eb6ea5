/** BFGS: curvature from gradients alone, for objectives whose Hessian costs too much. */
import { secant } from "./secant.ts";
import { roughCurvature, type Solver } from "./solver.ts";

export const bfgs: Solver = {
  want: "gradient",
  curvature(here, before) {
    if (!before) return diagonal(here.gradient.map((slope) => roughCurvature(slope, here.value) || 1));
    const step = here.point.map((value, k) => value - before.point[k]);
    const change = here.gradient.map((slope, k) => before.gradient[k] - slope);
    return secant(before.curvature, step, change);
  },
};

function diagonal(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length ** 2);
  values.forEach((value, k) => {
    out[k * values.length + k] = value;
  });
  return out;
}
