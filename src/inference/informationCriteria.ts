/**
 * Information criteria, all on the scale of −2L, smaller is better: AIC = 2K − 2L, BIC = K ln n − 2L, and
 *
 * - AICc = AIC + 2K(K + 1)/(n − K − 1), corrected for small samples. Source: Hurvich & Tsai (1989), Biometrika 76:297;
 * - CAIC = K (ln n + 1) − 2L, consistent. Source: Bozdogan (1987), Psychometrika 52:345;
 * - HQ = 2K ln ln n − 2L. Source: Hannan & Quinn (1979), J. Royal Statistical Society B 41:190.
 */
import { aic, bic } from "./fitStatistics.ts";

/** NaN where n is not above K + 1. */
export function aicCorrected(logLikelihood: number, parameters: number, observations: number): number {
  const left = observations - parameters - 1;
  return left > 0 ? aic(logLikelihood, parameters) + (2 * parameters * (parameters + 1)) / left : Number.NaN;
}

export const caic = (logLikelihood: number, parameters: number, observations: number): number =>
  bic(logLikelihood, parameters, observations) + parameters;

export const hannanQuinn = (logLikelihood: number, parameters: number, observations: number): number =>
  2 * parameters * Math.log(Math.log(observations)) - 2 * logLikelihood;
