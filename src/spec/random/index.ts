export * from "./calls.ts";
export { coefficient } from "./coefficient.ts";
export { type Distribution, distributions, quantileText, type Shape } from "./distributions.ts";
export { type DrawOptions, drawOptionsOf, drawsCall } from "./drawOptions.ts";
export type { ResolvedRandom } from "./expand.ts";
export {
  checkRandom,
  mixed,
  of,
  type RandomCoefficient,
  type RandomCoefficients,
  type RandomOptions,
  randomScale,
} from "./random.ts";
export { isScaled, type RandomScale } from "./scale.ts";
export { randomStarts } from "./starts.ts";
