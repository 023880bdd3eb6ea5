/**
 * The normal and the chi-square law: probabilities that keep their digits far in the tails, where p-values
 * live. Packages tried lose them there (platform notes), hence these lines on the incomplete gamma function:
 * P(Z > z) = Q(½, z²/2) / 2 for z > 0, P(χ²_k > x) = Q(k/2, x/2).
 */
import { gammaTails } from "./gamma.ts";

/** Φ(z), the probability that a standard normal is below z. */
export const normalLower = (z: number): number => normalUpper(-z);

/** 1 − Φ(z), the probability that a standard normal is above z, without cancellation. */
export function normalUpper(z: number): number {
  const { lower, upper } = gammaTails(0.5, (z * z) / 2);
  return z > 0 ? upper / 2 : 0.5 + lower / 2;
}

/** The density φ(z). */
export const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** P(|Z| > |z|): the two-sided p-value of a z. */
export const twoSided = (z: number): number => 2 * normalUpper(Math.abs(z));

/** P(χ² > x) with `degrees` degrees of freedom (any positive number). 1 for x ≤ 0. */
export const chiSquareUpper = (x: number, degrees: number): number =>
  x <= 0 ? 1 : gammaTails(degrees / 2, x / 2).upper;
