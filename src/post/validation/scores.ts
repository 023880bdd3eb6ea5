/**
 * Scores of predictions, one number per situation, and their weighted means with errors clustered by person.
 *
 *   log score  −ln P of the chosen;  Brier  Σ_j (P_j − y_j)²;  hit  the likeliest was chosen (1 / m where
 *   m are likeliest together). The first two are proper: no model is better off saying what it does not believe.
 *
 * Source: Brier (1950), Monthly Weather Review 78:1; Gneiting & Raftery (2007), JASA 102:359.
 */
import type { ChoiceData } from "../../data/index.ts";
import { chosenIn, type Predictions } from "./predictions.ts";

export interface Score {
  readonly name: string;
  /** Situation → score. */
  readonly of: (predictions: Predictions) => Float64Array;
  readonly better: "higher" | "lower";
}

export const scores: readonly Score[] = [
  { name: "log score", of: logScores, better: "lower" },
  { name: "Brier score", of: brierScores, better: "lower" },
  { name: "hit rate", of: hits, better: "higher" },
];

export function logScores({ data, logProbability }: Predictions): Float64Array {
  return Float64Array.from(chosenIn(data), (row) => -logProbability[row]);
}

export function brierScores({ data, logProbability }: Predictions): Float64Array {
  return Float64Array.from(chosenIn(data), (chosen, s) => {
    let total = 0;
    for (let row = data.start[s]; row < data.start[s + 1]; row++)
      total += (Math.exp(logProbability[row]) - (row === chosen ? 1 : 0)) ** 2;
    return total;
  });
}

export function hits({ data, logProbability }: Predictions): Float64Array {
  return Float64Array.from(chosenIn(data), (chosen, s) => {
    const all = logProbability.subarray(data.start[s], data.start[s + 1]);
    const best = all.reduce((a, b) => Math.max(a, b));
    if (logProbability[chosen] < best) return 0;
    return 1 / all.reduce((count, value) => count + (value === best ? 1 : 0), 0);
  });
}

export interface Mean {
  readonly value: number;
  readonly standardError: number;
}

/**
 * Σ w x / Σ w, and its standard error from the deviations summed by person (by situation where none is
 * declared), with the factor G / (G − 1).
 */
export function clusteredMean(data: ChoiceData, values: ArrayLike<number>): Mean {
  const weight = (s: number): number => data.weight?.[s] ?? 1;
  let [total, all] = [0, 0];
  for (let s = 0; s < data.situations; s++) {
    total += weight(s) * values[s];
    all += weight(s);
  }
  const value = total / all;
  const deviations = new Float64Array(data.person ? data.personCount : data.situations);
  for (let s = 0; s < data.situations; s++)
    deviations[data.person?.[s] ?? s] += weight(s) * (values[s] - value);
  const squares = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0);
  const { length } = deviations;
  return { value, standardError: Math.sqrt((squares * length) / (length - 1)) / all };
}

/** Predicted minus observed share: one array over situations for each alternative. Mean zero where shares are right. */
export function shareErrors({ data, logProbability }: Predictions): { name: string; values: Float64Array }[] {
  const chosen = chosenIn(data);
  return optionRows(data).map(({ name, row }) => ({
    name,
    values: Float64Array.from({ length: data.situations }, (_, s) => {
      const at = row(s);
      return at < 0 ? 0 : Math.exp(logProbability[at]) - (at === chosen[s] ? 1 : 0);
    }),
  }));
}

/** The alternatives of the data and where they stand: by label, or by place in unlabelled choice sets. */
export function optionRows(
  data: ChoiceData,
): { readonly name: string; readonly row: (situation: number) => number }[] {
  if (data.labels) return data.labels.map((name, j) => ({ name, row: (s) => data.rowAt(s, j) }));
  let longest = 0;
  for (let s = 0; s < data.situations; s++) longest = Math.max(longest, data.start[s + 1] - data.start[s]);
  return Array.from({ length: longest }, (_, place) => ({
    name: String(place + 1),
    row: (s) => (data.start[s] + place < data.start[s + 1] ? data.start[s] + place : -1),
  }));
}
