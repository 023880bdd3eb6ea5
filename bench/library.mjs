/** What the benchmark uses of the built package: one door, so that a moved file is mended in one place. */

export { long, parseCsv, Table } from "../dist/data/index.js";
export { fit, logit } from "../dist/fit/index.js";
export { random } from "../dist/math/random.js";
export { loadStudy } from "../dist/study/index.js";
