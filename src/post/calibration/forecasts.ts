/**
 * Predictions as probabilities of events that happened or not: that the likeliest alternative is chosen (top
 * label), that alternative j is (one against the rest), or all alternatives together.
 */
import { chosenIn, likeliest, type Predictions } from "../validation/predictions.ts";
import { optionRows } from "../validation/scores.ts";

export interface Forecasts {
  readonly name: string;
  readonly probability: Float64Array;
  /** 1 where it happened, else 0. */
  readonly happened: Float64Array;
  readonly weight: Float64Array;
  /** The person of each, numbered from 0 to below `clusters`; the situation where no person is declared. */
  readonly cluster: Int32Array;
  readonly clusters: number;
}

/** The probability of the likeliest alternative of every situation, and whether it was chosen. */
export function topLabel(predictions: Predictions): Forecasts {
  const best = likeliest(predictions);
  return collect(predictions, "top label", (s) => [best[s]]);
}

/** The probability of every labelled alternative in the situations where it is available; of all together without labels. */
export function byAlternative(predictions: Predictions): Forecasts[] {
  const { data } = predictions;
  if (!data.labels) return [everyAlternative(predictions)];
  return optionRows(data).map(({ name, row }) =>
    collect(predictions, name, (s) => (row(s) < 0 ? [] : [row(s)])),
  );
}

/** Every available alternative of every situation. */
export function everyAlternative(predictions: Predictions): Forecasts {
  const { start } = predictions.data;
  return collect(predictions, "all alternatives", (s) =>
    Array.from({ length: start[s + 1] - start[s] }, (_, i) => start[s] + i),
  );
}

function collect(
  { data, logProbability }: Predictions,
  name: string,
  rowsOf: (situation: number) => readonly number[],
): Forecasts {
  const chosen = chosenIn(data);
  const [rows, situations]: [number[], number[]] = [[], []];
  for (let s = 0; s < data.situations; s++)
    for (const row of rowsOf(s)) {
      rows.push(row);
      situations.push(s);
    }
  return {
    name,
    probability: Float64Array.from(rows, (row) => Math.exp(logProbability[row])),
    happened: Float64Array.from(rows, (row, i) => (chosen[situations[i]] === row ? 1 : 0)),
    weight: Float64Array.from(situations, (s) => data.weight?.[s] ?? 1),
    cluster: Int32Array.from(situations, (s) => data.person?.[s] ?? s),
    clusters: data.person ? data.personCount : data.situations,
  };
}
