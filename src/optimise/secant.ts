/**
 * Curvature learned from the change of the gradient over a step: the BFGS update, damped so that it stays
 * positive definite where the function is not concave.
 *
 * A⁺ = A − A p pᵀA / pᵀAp + r rᵀ / rᵀp, r = θ y + (1 − θ) A p, y = g − g⁺.
 * Source: Powell (1978), Lecture Notes in Mathematics 630; Nocedal & Wright (2006), procedure 18.2.
 */
import { dot, times } from "../math/matrix.ts";

/** @param step p. @param change y, the gradient before minus the gradient after. */
export function secant(curvature: Float64Array, step: Float64Array, change: Float64Array): Float64Array {
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
