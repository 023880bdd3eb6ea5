/**
 * BFGS: the curvature is learned from the change of the gradient. For objectives whose Hessian costs too
 * much. Damped, so that it stays positive definite where the function is not concave.
 *
 * A⁺ = A − A p pᵀA / pᵀAp + r rᵀ / rᵀp, r = θ y + (1 − θ) A p, y = g − g⁺.
 * Source: Powell (1978), Lecture Notes in Mathematics 630; Nocedal & Wright (2006), procedure 18.2.
 */
import { dot, times } from "../math/matrix.ts";
import { roughCurvature, type Solver } from "./solver.ts";

export const bfgs: Solver = {
  want: "gradient",
  async curvature(_, here, before) {
    if (!before) return diagonal(here.gradient.map((slope) => roughCurvature(slope, here.value) || 1));
    const step = here.point.map((value, k) => value - before.point[k]);
    const change = here.gradient.map((slope, k) => before.gradient[k] - slope);
    return update(before.curvature, step, change);
  },
};

function update(curvature: Float64Array, step: Float64Array, change: Float64Array): Float64Array {
  const size = step.length;
  const bent = times(curvature, step);
  const expected = dot(step, bent);
  const seen = dot(step, change);
  if (!(expected > 0)) return curvature;
  const damping = seen >= 0.2 * expected ? 1 : (0.8 * expected) / (expected - seen);
  const learned = change.map((value, k) => damping * value + (1 - damping) * bent[k]);
  const norm = dot(step, learned);
  return curvature.map((value, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return value - (bent[row] * bent[column]) / expected + (learned[row] * learned[column]) / norm;
  });
}

function diagonal(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length ** 2);
  values.forEach((value, k) => {
    out[k * values.length + k] = value;
  });
  return out;
}
