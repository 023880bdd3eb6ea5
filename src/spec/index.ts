export {
  everyAlternative,
  type FormulaSpec,
  type Parameter,
  type ParameterOptions,
  type Resolved,
  type ResolvedTemperature,
  type Spec,
  type Specification,
  spec,
  type Temperature,
} from "./spec.ts";
