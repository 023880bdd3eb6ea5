/** How well a model predicts persons that it has not seen, and which of several predicts them better. */
import type { Verb } from "./verb.ts";

export const crossValidation: Verb = {
  name: "cross-validation",
  title: "Out of sample",
  question: "How well does the model predict persons that it has not seen, or which of several does?",
  fits: [1, Number.POSITIVE_INFINITY],
  options: {
    folds: { kind: "number", help: "folds of persons", default: 5 },
    repeats: { kind: "number", help: "how often the persons are dealt", default: 1 },
    seed: { kind: "number", help: "deals the folds", default: 1 },
    share: { kind: "number", help: "hold out this share of the persons instead of folds" },
  },
  async run(fit, { folds, repeats, seed, share }, around) {
    const { compareOutOfSample, crossValidate, holdOut } = await import("../post/index.ts");
    const fits = around?.fits ?? { fit };
    const dealt = { repeats: Number(repeats ?? 1), seed: Number(seed ?? 1) };
    const options =
      share === undefined ? { ...dealt, folds: Number(folds ?? 5) } : { ...dealt, share: Number(share) };
    if (Object.keys(fits).length > 1) return [await compareOutOfSample(fits, options)];
    return [await ("share" in options ? holdOut(fit, options) : crossValidate(fit, options))];
  },
};
