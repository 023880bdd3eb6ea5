/** Whether the utilities are over-confident, and what mends predictions. */
import type { Verb } from "./verb.ts";

export const recalibration: Verb = {
  name: "recalibration",
  title: "Recalibration",
  question: "Are these utilities over- or under-confident about new persons?",
  options: {
    folds: { kind: "number", help: "folds of persons", default: 5 },
    seed: { kind: "number", help: "deals the folds", default: 1 },
  },
  async run(fit, { folds, seed }) {
    const { compareRecalibrations, temperatureScaling } = await import("../post/index.ts");
    const options = { folds: Number(folds ?? 5), seed: Number(seed ?? 1) };
    return [await temperatureScaling(fit, options), await compareRecalibrations(fit, options)];
  },
};
