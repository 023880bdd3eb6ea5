/**
 * Forecasts summed by person and bin. Bin means, their clustered variance and every bootstrap draw over
 * persons need only these sums, with r = happened − probability:
 *
 *   W = Σ w,  P = Σ w p,  Y = Σ w y,  d = (Y − P) / W,
 *   Var(d) = G/(G − 1) Σ_g (Σ_{i ∈ g} w_i (r_i − d))² / W²,  G the persons in the bin.
 */
import { type BinOptions, binsOf } from "./bins.ts";
import type { Forecasts } from "./forecasts.ts";

/** One entry for every person and bin that meet. */
export interface Binned {
  readonly upper: Float64Array;
  readonly person: Int32Array;
  readonly bin: Int32Array;
  readonly weight: Float64Array;
  readonly predicted: Float64Array;
  readonly observed: Float64Array;
  readonly persons: number;
}

export function binned(forecasts: Forecasts, options: BinOptions = {}): Binned {
  const { upper, of } = binsOf(forecasts, options);
  const entry = new Map<number, number>();
  const [person, bin, weight, predicted, observed]: number[][] = [[], [], [], [], []];
  forecasts.probability.forEach((p, i) => {
    const key = forecasts.cluster[i] * upper.length + of[i];
    let at = entry.get(key);
    if (at === undefined) {
      entry.set(key, (at = person.push(forecasts.cluster[i]) - 1));
      bin.push(of[i]);
      weight.push(0);
      predicted.push(0);
      observed.push(0);
    }
    const w = forecasts.weight[i];
    weight[at] += w;
    predicted[at] += w * p;
    observed[at] += w * forecasts.happened[i];
  });
  return {
    upper,
    person: Int32Array.from(person),
    bin: Int32Array.from(bin),
    weight: Float64Array.from(weight),
    predicted: Float64Array.from(predicted),
    observed: Float64Array.from(observed),
    persons: forecasts.clusters,
  };
}

export interface BinSums {
  /** By bin: Σ w, mean predicted, mean observed, observed − predicted, its clustered variance; NaN where empty. */
  readonly weight: Float64Array;
  readonly predicted: Float64Array;
  readonly observed: Float64Array;
  readonly gap: Float64Array;
  readonly variance: Float64Array;
}

/** @param times how often each person counts (a bootstrap draw); left out, once. */
export function binSums(of: Binned, times?: Float64Array): BinSums {
  const size = of.upper.length;
  const [weight, predicted, observed] = [0, 1, 2].map(() => new Float64Array(size));
  of.bin.forEach((b, e) => {
    const n = times?.[of.person[e]] ?? 1;
    weight[b] += n * of.weight[e];
    predicted[b] += n * of.predicted[e];
    observed[b] += n * of.observed[e];
  });
  const gap = weight.map((w, b) => (observed[b] - predicted[b]) / w);
  return {
    weight,
    predicted: predicted.map((sum, b) => sum / weight[b]),
    observed: observed.map((sum, b) => sum / weight[b]),
    gap,
    variance: variances(of, weight, gap, times),
  };
}

function variances(of: Binned, weight: Float64Array, gap: Float64Array, times?: Float64Array): Float64Array {
  const squares = new Float64Array(weight.length);
  const persons = new Float64Array(weight.length);
  of.bin.forEach((b, e) => {
    const n = times?.[of.person[e]] ?? 1;
    persons[b] += n;
    squares[b] += n * (of.observed[e] - of.predicted[e] - gap[b] * of.weight[e]) ** 2;
  });
  return squares.map((sum, b) => (sum * persons[b]) / (persons[b] - 1) / weight[b] ** 2);
}
