export { type Bootstrap, type BootstrapOptions, type BootstrapState, bootstrap } from "./bootstrap.ts";
export { bootstrapTable } from "./bootstrapTable.ts";
export { type KrinskyRobbOptions, krinskyRobb } from "./krinskyRobb.ts";
export type { ParameterDraws } from "./parameterDraws.ts";
export { fitAt, percentiles, quantile } from "./percentiles.ts";
export { type Profile, type ProfileOptions, profile } from "./profile.ts";
export { type RefitProblem, type Replicate, refit } from "./refit.ts";
export { type SimulatedOptions, simulatedValues } from "./simulatedValues.ts";
export { type IntervalOptions, withIntervals } from "./withIntervals.ts";
