/**
 * Bins of probabilities: B of equal width, ((b − 1)/B, b/B], or of equal mass, between quantiles of the
 * predictions, where equal predictions stay together (so there may be fewer).
 */
import { Complaint } from "../../complaint/index.ts";
import type { Forecasts } from "./forecasts.ts";

export interface BinOptions {
  /** Default 15. */
  readonly bins?: number;
  /** "width": equal width; "mass": equally many predictions in each. Default "width". */
  readonly by?: "width" | "mass";
}

export interface Bins {
  /** Upper ends, ascending; the last is 1. A bin is open at its lower end, the first closed. */
  readonly upper: Float64Array;
  /** Forecast → bin. */
  readonly of: Int32Array;
}

export function binsOf(forecasts: Forecasts, { bins = 15, by = "width" }: BinOptions = {}): Bins {
  if (!Number.isInteger(bins) || bins < 1)
    throw new Complaint("the number of bins is a whole number, 1 or more", { value: bins });
  if (by !== "width" && by !== "mass")
    throw new Complaint("there are no such bins", { value: by, help: 'by is "width" or "mass"' });
  const upper = by === "width" ? equalWidth(bins) : equalMass(forecasts, bins);
  return { upper, of: Int32Array.from(forecasts.probability, (p) => place(p, upper)) };
}

const equalWidth = (bins: number): Float64Array =>
  Float64Array.from({ length: bins }, (_, b) => (b + 1) / bins);

function equalMass({ probability, weight }: Forecasts, bins: number): Float64Array {
  const order = Array.from(probability.keys()).sort((a, b) => probability[a] - probability[b]);
  const total = weight.reduce((sum, w) => sum + w, 0);
  const ends: number[] = [];
  let mass = 0;
  order.forEach((i, rank) => {
    mass += weight[i];
    const isLast = rank + 1 === order.length;
    const tied = !isLast && probability[order[rank + 1]] === probability[i];
    if (tied || isLast) return;
    // Half of a prediction's own weight is slack, so that rounding of the sums moves no boundary.
    if (mass + weight[i] / 2 >= ((ends.length + 1) * total) / bins && ends.length + 1 < bins)
      ends.push(probability[i]);
  });
  return Float64Array.from([...ends, 1]);
}

/** The first bin whose upper end is not below p. */
function place(p: number, upper: Float64Array): number {
  let [low, high] = [0, upper.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upper[middle] >= p) high = middle;
    else low = middle + 1;
  }
  return low;
}
