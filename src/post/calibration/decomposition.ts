/**
 * A proper score of binary forecasts taken apart (Murphy's reliability, resolution and uncertainty) over bins:
 *
 *   S(p) = uncertainty − resolution + reliability + within,
 *   uncertainty = S(ȳ),  resolution = S(ȳ) − S(ȳ_b),  reliability = S(p̄_b) − S(ȳ_b),  within = S(p) − S(p̄_b),
 *
 * where S(q) is the mean score of forecasting q, ȳ the share that happened, ȳ_b and p̄_b the means of a bin. For
 * the Brier score reliability is Σ s_b (p̄_b − ȳ_b)², for the log score a Kullback–Leibler divergence; `within`
 * is what predictions that differ inside a bin add, so that the sum is exact.
 *
 * Source: Murphy (1973), J. Applied Meteorology 12:595; Bröcker (2009), QJRMS 135:1512; Stephenson, Coelho &
 * Jolliffe (2008), Weather and Forecasting 23:752.
 */
import { type BinOptions, binsOf } from "./bins.ts";
import type { Forecasts } from "./forecasts.ts";

export interface Decomposition {
  readonly score: number;
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
  readonly within: number;
}

/** The score of forecasting p for what happened (1) or not (0). */
type BinaryScore = (p: number, happened: number) => number;

export const binaryScores: Readonly<Record<string, BinaryScore>> = {
  "Brier score": (p, happened) => (p - happened) ** 2,
  "log score": (p, happened) => -(happened === 1 ? Math.log(p) : Math.log1p(-p)),
};

export function decomposed(
  forecasts: Forecasts,
  score: BinaryScore,
  options: BinOptions = {},
): Decomposition {
  const { upper, of } = binsOf(forecasts, options);
  const { probability, happened } = forecasts;
  const sums = groupMeans(forecasts, of, upper.length);
  const [overall] = groupMeans(forecasts, new Int32Array(of.length), 1);
  const scoreOf = (forecast: (i: number) => number): number =>
    weightedMean(forecasts, (i) => score(forecast(i), happened[i]));
  const given = scoreOf((i) => probability[i]);
  const byBin = scoreOf((i) => sums[of[i]].predicted);
  const right = scoreOf((i) => sums[of[i]].observed);
  const uncertainty = scoreOf(() => overall.observed);
  return {
    score: given,
    reliability: byBin - right,
    resolution: uncertainty - right,
    uncertainty,
    within: given - byBin,
  };
}

function groupMeans({ probability, happened, weight }: Forecasts, of: Int32Array, groups: number) {
  const sums = Array.from({ length: groups }, () => ({ weight: 0, predicted: 0, observed: 0 }));
  of.forEach((group, i) => {
    const sum = sums[group];
    sum.weight += weight[i];
    sum.predicted += weight[i] * probability[i];
    sum.observed += weight[i] * happened[i];
  });
  return sums.map((sum) => ({ predicted: sum.predicted / sum.weight, observed: sum.observed / sum.weight }));
}

function weightedMean({ weight }: Forecasts, value: (i: number) => number): number {
  let [total, all] = [0, 0];
  weight.forEach((w, i) => {
    if (w > 0) total += w * value(i);
    all += w;
  });
  return total / all;
}
