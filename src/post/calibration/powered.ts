/** Shares that probabilities raised to a power predict, P_j^e / Σ_k P_k^e, and their derivatives in the power. */
import type { Predictions } from "../validation/predictions.ts";

/** Shares of every market, one after the other, and their derivatives in the exponent. */
export function sharesAt(predictions: readonly Predictions[], exponent: number) {
  const each = predictions.map((market) => marketShares(market, exponent));
  return {
    shares: Float64Array.from(each.flatMap(({ shares }) => [...shares])),
    slopes: Float64Array.from(each.flatMap(({ slopes }) => [...slopes])),
  };
}

function marketShares({ data, logProbability }: Predictions, exponent: number) {
  const [shares, slopes] = [0, 1].map(() => new Float64Array(data.labels!.length));
  const { start, alternative } = data;
  let all = 0;
  for (let s = 0; s < data.situations; s++) {
    const weight = data.weight?.[s] ?? 1;
    const [first, end] = [start[s], start[s + 1]];
    let [peak, total, tilt] = [Number.NEGATIVE_INFINITY, 0, 0];
    for (let row = first; row < end; row++) peak = Math.max(peak, logProbability[row]);
    for (let row = first; row < end; row++) {
      const power = Math.exp(exponent * (logProbability[row] - peak));
      total += power;
      if (power > 0) tilt += power * logProbability[row];
    }
    for (let row = first; row < end; row++) {
      const p = Math.exp(exponent * (logProbability[row] - peak)) / total;
      shares[alternative![row]] += weight * p;
      if (p > 0) slopes[alternative![row]] += weight * p * (logProbability[row] - tilt / total);
    }
    all += weight;
  }
  return { shares: shares.map((share) => share / all), slopes: slopes.map((slope) => slope / all) };
}
