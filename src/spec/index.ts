export * from "./classes/index.ts";
export {
  type Equation,
  latentEquations,
  specificationEquations,
  specificationLatex,
  specificationText,
} from "./equations.ts";
export { expandFormula } from "./formula.ts";
export * from "./hybrid/index.ts";
export { type Unit, unitOf } from "./money.ts";
export { meansOverPersons, reader, valuesBySituation } from "./probe.ts";
export * from "./random/index.ts";
export { asSpec, resolveSpec } from "./resolveSpec.ts";
export { replaceNames } from "./rewrite.ts";
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
export { tempered } from "./temperature.ts";
export { writtenOut } from "./writtenOut.ts";
export { wtpSpace, wtpStarts } from "./wtpSpace.ts";
