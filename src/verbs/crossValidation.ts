/** How well a model predicts persons that it has not seen. */
import { crossValidate } from "../post/index.ts";
import type { Verb } from "./verb.ts";

export const crossValidation: Verb = {
  name: "cross-validation",
  title: "Out of sample",
  question: "How well does the model predict persons that it has not seen?",
  options: {
    folds: { kind: "number", help: "folds of persons", default: 5 },
    repeats: { kind: "number", help: "how often the persons are dealt", default: 1 },
    seed: { kind: "number", help: "deals the folds", default: 1 },
  },
  run: async (fit, { folds, repeats, seed }) => [
    await crossValidate(fit, {
      folds: Number(folds ?? 5),
      repeats: Number(repeats ?? 1),
      seed: Number(seed ?? 1),
    }),
  ],
};
