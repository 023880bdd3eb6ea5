/**
 * Isotonic recalibration: the nondecreasing step function of the predicted probability that is nearest, in
 * weighted squares, to what happened (pool adjacent violators); one for each labelled alternative, or one for
 * all; then made to sum to one over the choice set. Nothing is assumed of the shape, so it takes many choices.
 * It may change which alternative is best.
 *
 * Source: Ayer, Brunk, Ewing, Reid & Silverman (1955), Annals of Mathematical Statistics 26:641; Zadrozny &
 * Elkan (2002), KDD, for several classes.
 */
import type { ChoiceData } from "../../data/index.ts";
import { normalised, type Predictions } from "../validation/predictions.ts";
import { byAlternative, type Forecasts } from "./forecasts.ts";

/** Right-continuous steps: `value[i]` from `from[i]` on, both ascending. */
export interface Steps {
  readonly from: Float64Array;
  readonly value: Float64Array;
}

interface Block {
  readonly from: number;
  readonly weight: number;
  readonly sum: number;
}

/** Pool adjacent violators over forecasts sorted by probability; equal probabilities are one point. */
export function isotonic(forecasts: Forecasts): Steps {
  const blocks: Block[] = [];
  for (const point of points(forecasts)) {
    let block = point;
    let top = blocks.at(-1);
    while (top && top.sum * block.weight >= block.sum * top.weight) {
      block = { from: top.from, weight: top.weight + block.weight, sum: top.sum + block.sum };
      blocks.pop();
      top = blocks.at(-1);
    }
    blocks.push(block);
  }
  return {
    from: Float64Array.from(blocks, ({ from }) => from),
    value: Float64Array.from(blocks, ({ sum, weight }) => sum / weight),
  };
}

function points({ probability, happened, weight }: Forecasts): Block[] {
  const order = Array.from(probability.keys()).sort((a, b) => probability[a] - probability[b]);
  const found: Block[] = [];
  for (const i of order) {
    if (weight[i] === 0) continue;
    const last = found.at(-1);
    const sum = weight[i] * happened[i];
    if (last?.from === probability[i])
      found[found.length - 1] = { from: last.from, weight: last.weight + weight[i], sum: last.sum + sum };
    else found.push({ from: probability[i], weight: weight[i], sum });
  }
  return found;
}

/** The step that p stands on; below the first, the first. */
export function stepAt({ from, value }: Steps, p: number): number {
  let [low, high] = [0, from.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (from[middle] <= p) low = middle;
    else high = middle - 1;
  }
  return value[low];
}

/** One step function per labelled alternative; exactly one for unlabelled choice sets. */
export const isotonicFit = (predictions: Predictions): Steps[] => byAlternative(predictions).map(isotonic);

/** A step at 0 would rule out what can happen; this share of the prediction is kept. */
const kept = 1e-3;

export function isotonicApplied(steps: readonly Steps[], { data, logProbability }: Predictions): Predictions {
  const values = logProbability.map((logP, row) => {
    const p = Math.exp(logP);
    return Math.log((1 - kept) * stepAt(steps[stepOf(data, row)], p) + kept * Math.max(p, 1e-300));
  });
  return normalised(data, values);
}

const stepOf = (data: ChoiceData, row: number): number => data.alternative?.[row] ?? 0;
