export { dataOnly, parametersIn } from "./affine.ts";
export { alternativesOf, type Compiled, closed, compile, type Utilities } from "./compile.ts";
export * from "./kernel.ts";
export { Layout } from "./layout.ts";
export { type Lowered, lowerLikelihood, outAt } from "./lower.ts";
export { lowerEach, lowerSums, type OutputSlot } from "./outputs.ts";
export * from "./program.ts";
export { rowsOf } from "./rows.ts";
export { scoreOutputs } from "./scores.ts";
