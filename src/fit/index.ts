export { type FitOptions, fit } from "./fit.ts";
export { logit, type ModelSpec, maxdiff } from "./modelSpec.ts";
export type { Covariance, CovarianceKind, Fit, FitParameter } from "./result.ts";
export { covarianceWords, fitStatistics, freeCount, standardErrors, summary, titleOf } from "./tables.ts";
