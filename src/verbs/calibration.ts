/** Whether predicted probabilities can be taken at their word. */
import type { Verb } from "./verb.ts";

export const calibration: Verb = {
  name: "calibration",
  title: "Calibration",
  question: "Of the choices predicted with 30 %, were 30 % made?",
  options: {
    folds: {
      kind: "number",
      help: "predict every person by a fit to the others, in so many folds",
      default: 5,
    },
    bins: { kind: "number", help: "number of bins", default: 15 },
    by: {
      kind: "text",
      help: '"width" (equal width) or "mass" (equally many predictions)',
      default: "width",
    },
    seed: { kind: "number", help: "deals the folds and draws the bootstrap", default: 1 },
  },
  async run(fit, { folds, bins, by, seed }) {
    const options = {
      folds: Number(folds ?? 5),
      bins: Number(bins ?? 15),
      by: (by ?? "width") as "width" | "mass",
      seed: Number(seed ?? 1),
    };
    const { calibration: errors, reliability, scoreDecomposition } = await import("../post/index.ts");
    const [main, rows, scores] = [errors, reliability, scoreDecomposition].map((of) => of(fit, options));
    return [await main, await rows, await scores];
  },
  chart: async (tables, options) => (await import("../charts/index.ts")).reliability(tables[1], options),
};
