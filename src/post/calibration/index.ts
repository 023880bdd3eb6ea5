/** Whether predicted probabilities can be taken at their word, and what mends them. */
export { type CalibrationOptions, calibration, reliability, scoreDecomposition } from "./calibration.ts";
export { compareRecalibrations } from "./compareRecalibrations.ts";
export { type Market, marketExponent } from "./exponent.ts";
export { type Matched, type MatchOptions, matchShares } from "./matchShares.ts";
export { populationConstants } from "./populationConstants.ts";
export { predictRecalibrated, type RecalibratedOptions } from "./predictRecalibrated.ts";
export type { RecalibrationKind } from "./recalibration.ts";
export { type TemperatureScalingOptions, temperatureScaling } from "./temperatureScaling.ts";
