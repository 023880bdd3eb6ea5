/** The public API, on one screen. It runs in browsers and in Node; node.ts adds files. */

export { toSvg } from "./charts/index.ts";
export * as charts from "./charts/ofFit.ts";
export { Complaint } from "./complaint/index.ts";
export {
  ChoiceData,
  type CsvOptions,
  describe,
  type LongOptions,
  long,
  parseCsv,
  readCsv,
  type WideOptions,
  wide,
} from "./data/index.ts";
export {
  type Fit,
  type FitOptions,
  fit,
  fitStatistics,
  logit,
  type ModelSpec,
  standardErrors,
  summary,
} from "./fit/index.ts";
export {
  compare,
  derived,
  elasticities,
  logsums,
  marginalEffects,
  predict,
  probabilityCurve,
  type Scenario,
  shares,
  situationLogsums,
  surplus,
  wtp,
} from "./post/index.ts";
export { csv, html, latex, markdown, type ReportOptions, report } from "./report/index.ts";
export { Table } from "./report/notebook.ts";
export {
  type FormulaSpec,
  type Spec,
  type Specification,
  spec,
  specificationLatex,
  specificationText,
  type Temperature,
  tempered,
} from "./spec/index.ts";
