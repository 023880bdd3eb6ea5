export { hessianCovariance, sandwich, spread, standardErrors } from "./covariance.ts";
export { delta, deltaCovariance } from "./deltaMethod.ts";
export { type FiellerSet, fieller, type Ratio } from "./fieller.ts";
export { aic, bic, type FitStatistics, type Fitted, likelihoodRatio, rhoSquared } from "./fitStatistics.ts";
export { type Meat, meat } from "./meat.ts";
export { type ChiSquareTest, jointWald, type Wald, wald } from "./wald.ts";
