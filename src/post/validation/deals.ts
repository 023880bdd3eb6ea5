/**
 * Persons dealt once or several times: to folds, each predicted by a fit to the others, or to a part that is held
 * out and predicted by a fit to the rest.
 */
import { Complaint } from "../../complaint/index.ts";
import type { Fit } from "../../fit/index.ts";
import { type FoldOptions, heldOutPredictions, outOfFold } from "./outOfFold.ts";
import type { Predictions } from "./predictions.ts";

export interface HoldOutOptions {
  /** The share of the persons that is held out. Default 0.3. */
  readonly share?: number;
  readonly seed?: number;
  /** Persons are dealt this many times, with seeds `seed`, `seed` + 1, …. Default 1. */
  readonly repeats?: number;
}

/** Folds; or, where `share` is given, a part held out. */
export type DealOptions = FoldOptions & HoldOutOptions;

/** Predictions, and which situations of the fit's data they are of: null for all, in their order. */
export interface Deal {
  readonly predictions: Predictions;
  readonly situations: Int32Array | null;
}

/** Rejects with a Complaint for numbers that make no sense, and where one of the fits finds no maximum. */
export async function dealsOf(fit: Fit, options: DealOptions): Promise<Deal[]> {
  const { repeats = 1, seed = 1 } = options;
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new Complaint("repeats is a whole number, 1 or more", { value: repeats });
  const deals: Deal[] = [];
  for (let r = 0; r < repeats; r++) deals.push(await dealOf(fit, { ...options, seed: seed + r }));
  return deals;
}

async function dealOf(fit: Fit, options: DealOptions & { readonly seed: number }): Promise<Deal> {
  const { share, seed } = options;
  if (share !== undefined) return heldOutPredictions(fit, share, seed);
  return { predictions: await outOfFold(fit, options), situations: null };
}

/** As a phrase: "5 folds of persons, dealt 2 times (seed 1)". */
export function dealtWords(fit: Fit, { folds = 5, share, repeats = 1, seed = 1 }: DealOptions): string {
  const what = fit.data.person ? "persons" : "choices";
  const times = repeats > 1 ? `, dealt ${repeats} times` : "";
  if (share === undefined) return `${folds} folds of ${what}${times} (seed ${seed})`;
  const all = fit.data.person ? fit.data.personCount : fit.data.situations;
  return `${Math.round(share * all)} of ${all} ${what} held out${times} (seed ${seed})`;
}
