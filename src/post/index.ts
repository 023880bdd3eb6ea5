/** What can be asked of a fit. Every answer is a table; every number that is estimated has its interval. */

export * from "./answers.ts";
export * from "./calibration/index.ts";
export { compare } from "./compare.ts";
export { conditionals } from "./conditionals.ts";
export type { CurveOptions } from "./curve.ts";
export type { DiversionOptions } from "./diversion.ts";
export type { EffectOptions } from "./effects.ts";
export { errorCovariances } from "./errorCovariances.ts";
export { type AmountOptions, expectedAmounts } from "./expectedAmounts.ts";
export {
  type Bootstrap,
  type BootstrapOptions,
  type BootstrapState,
  bootstrap,
  bootstrapTable,
  type IntervalOptions,
  type KrinskyRobbOptions,
  krinskyRobb,
  type ParameterDraws,
  type Profile,
  type ProfileOptions,
  percentiles,
  profile,
} from "./intervals/index.ts";
export { predict } from "./predict.ts";
export type { Circumstances, Scenario } from "./scene.ts";
export { type SimulateOptions, simulate } from "./simulate.ts";
export { type SpecificationOptions, specificationTable } from "./specificationTable.ts";
export { type SurplusOptions, situationLogsums } from "./surplus.ts";
export * from "./tests/index.ts";
export * from "./validation/index.ts";
export type { WtpOptions } from "./wtp.ts";
