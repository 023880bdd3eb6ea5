/**
 * How well a model predicts persons that it has not seen: k folds of persons, each predicted by a fit to the
 * others; or one or several random hold-outs. Intervals are over persons.
 *
 * Source: Stone (1974), JRSS B 36:111; the interval leaves out that other training samples would give other
 * estimates, and is somewhat short for it: Bates, Hastie & Tibshirani (2024), JASA 119:1434.
 */
import { Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { type DealOptions, dealsOf, dealtWords, type HoldOutOptions } from "./deals.ts";
import { intervalNote, judge, scoreRows } from "./judged.ts";
import type { FoldOptions } from "./outOfFold.ts";
import { predictionsOf } from "./predictions.ts";

/** As DealOptions, without a part held out. */
export type CrossValidationOptions = FoldOptions & Pick<HoldOutOptions, "repeats">;

/**
 * One row per score: in sample, out of sample, std. error, lower, upper (95 %, over persons). Log score,
 * Brier score, hit rate, then the share error (predicted minus observed) of every alternative.
 */
export const crossValidate = (fit: Fit, options: CrossValidationOptions = {}): Promise<Table> =>
  outOfSample(fit, options);

/**
 * The same for persons held out: `share` of them (default 0.3), predicted by a fit to the others, once or `repeats`
 * times. A person held out several times counts once, with the mean of the scores.
 */
export const holdOut = (fit: Fit, options: HoldOutOptions = {}): Promise<Table> =>
  outOfSample(fit, { share: 0.3, ...options });

async function outOfSample(fit: Fit, options: DealOptions): Promise<Table> {
  const own = judge(fit.data, [{ predictions: await predictionsOf(fit), situations: null }]);
  const out = judge(fit.data, await dealsOf(fit, options));
  const left = never(fit, out.data.person ? out.data.personCount : out.data.situations, options);
  return Table.from(scoreRows(own, out), {
    title: `Out of sample: ${dealtWords(fit, options)}`,
    notes: [meaning, ...left, intervalNote(fit, options)],
    formats,
  });
}

/** Who was never held out, where several deals leave some. */
function never({ data }: Fit, seen: number, { share, repeats = 1 }: DealOptions): string[] {
  const left = (data.person ? data.personCount : data.situations) - seen;
  if (share === undefined || repeats === 1 || left === 0) return [];
  return [`${left} ${data.person ? "persons" : "choices"} were held out in no deal.`];
}

const formats = Object.fromEntries(
  ["in sample", "out of sample", "std. error", "lower", "upper"].map((name) => [name, 4]),
);

const meaning =
  "Log score: minus the mean log probability of what was chosen. Brier score: mean squared distance, 0 to 2. For both, less is better. Share error: predicted minus observed.";
