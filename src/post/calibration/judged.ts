/** Which predictions are judged: those of the fit's own choices, of other data, or of persons held out. */
import { Complaint } from "../../complaint/index.ts";
import type { ChoiceData } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { outOfFold } from "../validation/outOfFold.ts";
import { type Predictions, predictionsOf } from "../validation/predictions.ts";

export interface JudgedOptions {
  /** Choices that the fit has not seen; the fit's own unless given. */
  readonly data?: ChoiceData;
  /** 2 or more: every person is predicted by a fit to the other folds. Default 0: in sample. */
  readonly folds?: number;
  /** Deals the folds and draws the bootstrap. Default 1. */
  readonly seed?: number;
}

export interface Judged {
  readonly predictions: Predictions;
  /** Whose choices, as a phrase. */
  readonly whose: string;
}

export async function judgedPredictions(
  fit: Fit,
  { data, folds = 0, seed = 1 }: JudgedOptions,
): Promise<Judged> {
  if (data && folds)
    throw new Complaint("predictions are judged on other data or on folds of the fit's own, not both");
  if (folds)
    return {
      predictions: await outOfFold(fit, { folds, seed }),
      whose: `out of sample (${folds} folds of ${unitsOf(fit.data)}, seed ${seed})`,
    };
  return {
    predictions: await predictionsOf(fit, { data }),
    whose: data ? `of ${data.situations} other choices` : "in sample",
  };
}

export const unitsOf = (data: ChoiceData): string => (data.person ? "persons" : "choices");
