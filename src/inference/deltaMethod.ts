/**
 * The delta method: a smooth function h of estimates is, in large samples, normal with variance
 * ∇hᵀ V ∇h. For several functions at once, J V Jᵀ.
 *
 * Source: Oehlert (1992), The American Statistician 46:27.
 */
import { congruence, order } from "../math/matrix.ts";
import { type Wald, wald } from "./wald.ts";

/** @param gradient ∂h/∂θ at the estimates, K numbers. @param covariance of the estimates, K × K. */
export const delta = (
  value: number,
  gradient: Float64Array,
  covariance: Float64Array,
  { neutral = 0, level = 0.95 } = {},
): Wald => wald(value, Math.sqrt(deltaCovariance(gradient, covariance)[0]), neutral, level);

/**
 * J V Jᵀ, M × M. A function that uses a parameter without a variance (fixed, at a bound: NaN) has none
 * either; to the others that parameter is a constant.
 * @param jacobian M × K, row by row.
 */
export function deltaCovariance(jacobian: Float64Array, covariance: Float64Array): Float64Array {
  const size = order(covariance);
  const known = covariance.map((value) => (Number.isNaN(value) ? 0 : value));
  const lost = Uint8Array.from({ length: size }, (_, k) =>
    Number.isNaN(covariance[k * (size + 1)]) ? 1 : 0,
  );
  const rows = size === 0 ? 0 : jacobian.length / size;
  const uses = Uint8Array.from({ length: rows }, (_, m) =>
    jacobian.subarray(m * size, (m + 1) * size).some((slope, k) => slope !== 0 && lost[k] === 1) ? 1 : 0,
  );
  return congruence(jacobian, known).map((value, at) =>
    uses[Math.floor(at / rows)] || uses[at % rows] ? Number.NaN : value,
  );
}
