/** Tests of fits, each a function (fit…, options) → Table with its verdict in words. */
export { chowTest, type SegmentOptions } from "./chow.ts";
export { type HausmanOptions, hausmanMcFadden, type IiaOptions } from "./hausmanMcFadden.ts";
export { type CriteriaOptions, informationCriteria } from "./informationTable.ts";
export { type LikelihoodRatioOptions, likelihoodRatioTest } from "./likelihoodRatioTest.ts";
export { benAkivaSwait, type VuongOptions, vuongTest } from "./nonNested.ts";
export { type ScoreOptions, scoreTest } from "./scoreTest.ts";
export { type SmallHsiaoOptions, smallHsiao } from "./smallHsiao.ts";
export { type SwaitLouviereOptions, swaitLouviere } from "./swaitLouviere.ts";
export type { TestOptions } from "./verdict.ts";
export { waldTest } from "./waldTest.ts";
