export { drawStability } from "./drawStability.ts";
export { type FitOptions, fit } from "./fit.ts";
export * from "./kernelSpecs.ts";
export { type LatentClassOptions, latentClass } from "./latentClass.ts";
export {
  logit,
  type MdcevOptions,
  type ModelSpec,
  maxdiff,
  mdcev,
  type OrderedOptions,
  orderedLogit,
  orderedProbit,
} from "./modelSpec.ts";
export { type MultiStart, type MultiStartOptions, multiStart } from "./multiStart.ts";
export { type ReadModel, readModel } from "./readModel.ts";
export type { Covariance, CovarianceKind, Fit, FitParameter } from "./result.ts";
export { covarianceWords, fitStatistics, freeCount, standardErrors, summary, titleOf } from "./tables.ts";
