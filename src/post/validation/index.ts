/** How well a model predicts persons that it has not seen. */
export { compareOutOfSample } from "./compareOutOfSample.ts";
export { type CrossValidationOptions, crossValidate, holdOut } from "./crossValidate.ts";
export type { DealOptions, HoldOutOptions } from "./deals.ts";
export { type FoldOptions, outOfFold } from "./outOfFold.ts";
export { type Predictions, predictionsOf } from "./predictions.ts";
