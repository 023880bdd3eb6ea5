/**
 * Covariances of estimates. With H the Hessian of the log-likelihood at the maximum and s_u the score of an
 * independent unit u (a situation, or a person whose situations are summed first):
 *
 * - Hessian: (−H)⁻¹, right where the model is;
 * - robust and clustered: (−H)⁻¹ (Σ_u s_u s_uᵀ) (−H)⁻¹, right also where the spread, or the dependence
 *   within a person, is not as modelled. Scores are those of the weighted log-likelihood.
 *
 * Source: Huber (1967), Fifth Berkeley Symposium 1:221; White (1982), Econometrica 50:1; Liang & Zeger
 * (1986), Biometrika 73:13. Matrices are K × K, row by row, over the parameters that are free.
 */
import { Complaint } from "../complaint/index.ts";
import { congruence, inverse } from "../math/matrix.ts";

/**
 * Inverse of minus the Hessian.
 * @throws Complaint where minus the Hessian is not positive definite: there is no maximum to speak of.
 */
export function hessianCovariance(hessian: Float64Array): Float64Array {
  const found = inverse(hessian.map((value) => -value));
  if (found) return found;
  throw new Complaint("there are no standard errors at this point", {
    rule: "minus the Hessian of the log-likelihood must be positive definite",
    help: "the point is not a maximum, or a direction is flat: see the outcome of the fit",
  });
}

/** (−H)⁻¹ B (−H)⁻¹ with B from `meat`. Complains as hessianCovariance does. */
export const sandwich = (hessian: Float64Array, meat: Float64Array): Float64Array =>
  congruence(hessianCovariance(hessian), meat);

/** √ of the diagonal. */
export function standardErrors(covariance: Float64Array): Float64Array {
  const size = Math.round(Math.sqrt(covariance.length));
  return Float64Array.from({ length: size }, (_, k) => Math.sqrt(covariance[k * size + k]));
}

/** The matrix over all K parameters from that over the free ones: NaN where a parameter is fixed or at a bound. */
export function spread(covariance: Float64Array, free: readonly number[], size: number): Float64Array {
  const out = new Float64Array(size * size).fill(Number.NaN);
  free.forEach((row, i) => {
    free.forEach((column, j) => {
      out[row * size + column] = covariance[i * free.length + j];
    });
  });
  return out;
}
