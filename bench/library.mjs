/** What the benchmark uses of the built package: one door, so that a moved file is mended in one place. */

export { prepare, usePlatform } from "../dist/backends/index.js";
export { nodePlatform } from "../dist/backends/threads.node.js";
export { toSvg } from "../dist/charts/index.js";
export { messagesFor } from "../dist/data/arrow.js";
export { openArrow } from "../dist/data/arrowFile.js";
export { fileAt } from "../dist/data/fileBytes.node.js";
export { long, parseCsv, Table } from "../dist/data/index.js";
export { fit, logit } from "../dist/fit/index.js";
export { random } from "../dist/math/random.js";
export { models } from "../dist/models/index.js";
export { loadStudy } from "../dist/study/index.js";
