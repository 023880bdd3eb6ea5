/** What can be asked of a fit. Every answer is a table; every number that is estimated has its interval. */

export * from "./calibration/index.ts";
export { compare } from "./compare.ts";
export { type CurveOptions, probabilityCurve } from "./curve.ts";
export { derived } from "./derived.ts";
export { type EffectOptions, elasticities, marginalEffects } from "./effects.ts";
export { predict } from "./predict.ts";
export type { Circumstances, Scenario } from "./scene.ts";
export { shares } from "./shares.ts";
export { type SimulateOptions, simulate } from "./simulate.ts";
export { type SpecificationOptions, specificationTable } from "./specificationTable.ts";
export { logsums, type SurplusOptions, situationLogsums, surplus } from "./surplus.ts";
export * from "./tests/index.ts";
export * from "./validation/index.ts";
export { type WtpOptions, wtp } from "./wtp.ts";
