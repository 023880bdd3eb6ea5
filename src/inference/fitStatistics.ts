/**
 * How well a model fits, from log-likelihoods alone: McFadden's ρ² = 1 − L/L₀, its adjusted form
 * 1 − (L − K)/L₀, AIC = 2K − 2L, BIC = K ln n − 2L, and the likelihood ratio test 2(L − L_r) ~ χ².
 *
 * Source: McFadden (1974), in Zarembka (ed.), Frontiers in Econometrics; Ben-Akiva & Lerman (1985), section
 * 7.4; Akaike (1974); Schwarz (1978); Wilks (1938).
 */
import { Complaint } from "../complaint/index.ts";
import { chiSquareUpper } from "../math/distributions.ts";
import type { ChiSquareTest } from "./wald.ts";

export interface FitStatistics {
  /** Against the reference; NaN where that is 0, since then nothing was left to explain. */
  readonly rhoSquared: number;
  readonly rhoSquaredAdjusted: number;
}

/** @param reference log-likelihood of equal shares, or of constants. @param parameters K, the free ones. */
export function rhoSquared(logLikelihood: number, reference: number, parameters: number): FitStatistics {
  const share = (value: number): number => (reference === 0 ? Number.NaN : 1 - value / reference);
  return { rhoSquared: share(logLikelihood), rhoSquaredAdjusted: share(logLikelihood - parameters) };
}

export const aic = (logLikelihood: number, parameters: number): number => 2 * parameters - 2 * logLikelihood;

/** @param observations n: the independent units, situations or persons. */
export const bic = (logLikelihood: number, parameters: number, observations: number): number =>
  parameters * Math.log(observations) - 2 * logLikelihood;

/** A model that has been fitted, as far as a likelihood ratio needs it. */
export interface Fitted {
  readonly logLikelihood: number;
  readonly parameters: number;
}

/**
 * That the restrictions hold which lead from the full to the restricted model.
 * @throws Complaint where the two cannot be nested: no fewer parameters, or a better fit with fewer.
 */
export function likelihoodRatio(restricted: Fitted, full: Fitted): ChiSquareTest {
  const degrees = full.parameters - restricted.parameters;
  const statistic = 2 * (full.logLikelihood - restricted.logLikelihood);
  const rule = "the restricted model must be a special case of the full one, on the same data";
  if (!(degrees > 0))
    throw new Complaint("the restricted model has no fewer parameters than the full one", {
      rule,
      value: `${restricted.parameters} and ${full.parameters}`,
    });
  if (statistic < -1e-6 * Math.max(1, Math.abs(full.logLikelihood)))
    throw new Complaint("the restricted model fits better than the full one", {
      rule,
      value: `log-likelihoods ${restricted.logLikelihood} and ${full.logLikelihood}`,
    });
  const positive = Math.max(statistic, 0);
  return { statistic: positive, degrees, p: chiSquareUpper(positive, degrees) };
}
