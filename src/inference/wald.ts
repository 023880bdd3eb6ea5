/**
 * z, p and confidence interval of an estimate against its value of no effect, and of several at once:
 * z = (θ − θ₀) / se, W = (Rθ − r)ᵀ (R V Rᵀ)⁻¹ (Rθ − r) ~ χ².
 *
 * Source: Wald (1943), Trans. AMS 54:426.
 */
import { chiSquareUpper, twoSided } from "../math/distributions.ts";
import { factor, quadratic } from "../math/matrix.ts";
import { normalQuantile } from "../math/normalQuantile.ts";

export interface Wald {
  readonly estimate: number;
  readonly standardError: number;
  /** Distance from the value of no effect in standard errors. */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * @param neutral the value of no effect: 0, or 1 for a scale.
 * @param level of the interval. NaN standard errors (fixed, at a bound) give NaN throughout.
 */
export function wald(estimate: number, standardError: number, neutral = 0, level = 0.95): Wald {
  const z = (estimate - neutral) / standardError;
  const reach = normalQuantile((1 + level) / 2) * standardError;
  return { estimate, standardError, z, p: twoSided(z), lower: estimate - reach, upper: estimate + reach };
}

export interface ChiSquareTest {
  readonly statistic: number;
  readonly degrees: number;
  readonly p: number;
}

/**
 * That several estimates are all at their value of no effect.
 * @param distance estimates minus those values. @param covariance of the estimates, K × K.
 * Statistic NaN where the covariance is not positive definite.
 */
export function jointWald(distance: Float64Array, covariance: Float64Array): ChiSquareTest {
  const solved = factor(covariance);
  const statistic = solved ? quadratic(distance, solved.inverse()) : Number.NaN;
  return { statistic, degrees: distance.length, p: chiSquareUpper(statistic, distance.length) };
}
