/** The public API, on one screen. It runs in browsers and in Node; node.ts adds files. */

export { toSvg } from "./charts/index.ts";
export * as charts from "./charts/ofFit.ts";
export { Complaint } from "./complaint/index.ts";
export {
  byPerson,
  ChoiceData,
  type CsvOptions,
  classWeights,
  describe,
  type LongOptions,
  long,
  parseCsv,
  readCsv,
  reweighted,
  subset,
  type WideOptions,
  wesml,
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
  benAkivaSwait,
  calibration,
  chowTest,
  compare,
  compareOutOfSample,
  compareRecalibrations,
  crossValidate,
  derived,
  elasticities,
  hausmanMcFadden,
  holdOut,
  informationCriteria,
  likelihoodRatioTest,
  logsums,
  marginalEffects,
  marketExponent,
  matchShares,
  populationConstants,
  predict,
  predictRecalibrated,
  probabilityCurve,
  reliability,
  type Scenario,
  scoreDecomposition,
  scoreTest,
  shares,
  situationLogsums,
  smallHsiao,
  surplus,
  swaitLouviere,
  temperatureScaling,
  vuongTest,
  waldTest,
  wtp,
} from "./post/index.ts";
export { csv, html, latex, markdown, type ReportOptions, report, reportLatex } from "./report/index.ts";
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
