/** How well a model predicts persons that it has not seen. */
export { type CrossValidationOptions, compareOutOfSample, crossValidate, holdOut } from "./crossValidate.ts";
export { type FoldOptions, outOfFold } from "./outOfFold.ts";
export { type Predictions, predictionsOf } from "./predictions.ts";
