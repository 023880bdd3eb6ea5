/**
 * Programs as backends see them: plain data, and the kernels that they are lowered to. How models become programs is
 * not in it, so that a worker has less to load.
 */
export { affine, dataOnly, parametersIn } from "./affine.ts";
export { type Averaged, averagesIn } from "./averages.ts";
export {
  type ExprsJson,
  exprsFromJson,
  exprsToJson,
  type ProgramJson,
  programFromJson,
  programToJson,
} from "./json.ts";
export * from "./kernel.ts";
export { type DrawRows, Layout } from "./layout.ts";
export { type Lowered, lowerLikelihood, outAt } from "./lower.ts";
export { expectationOf, isByPerson, isMixture, posteriorOf } from "./mixture.ts";
export { lowerNest } from "./nest.ts";
export { lowerNestEach, lowerNestSums } from "./nestOutputs.ts";
export { lowerEach, lowerSums, type OutputSlot } from "./outputs.ts";
export * from "./program.ts";
export { rowsOf } from "./rows.ts";
export { lowerScoreProducts } from "./scoreProducts.ts";
export { scoreOutputs } from "./scores.ts";
