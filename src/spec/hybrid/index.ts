export {
  checkLatentVariables,
  hybrid,
  type Indicator,
  type LatentVariable,
  type LatentVariables,
} from "./latentVariables.ts";
export { indicatorsOf, measured, measuredAs, type ResolvedLatentVariable } from "./measured.ts";
export { naming } from "./naming.ts";
export { structural } from "./structural.ts";
export { withoutLatent } from "./withoutLatent.ts";
