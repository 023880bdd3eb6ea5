/**
 * Calibration errors of binned forecasts. With d_b the observed minus the predicted mean of bin b, of weight
 * share s_b, and V_b its variance over persons:
 *
 *   expected  Σ s_b |d_b|,  maximum  max |d_b|,  mean square  Σ s_b d_b²,  debiased  Σ s_b (d_b² − V_b).
 *
 * The first three are positive even for a perfect model, by sampling alone; the last has mean zero there and
 * may be negative. Its root is on the scale of probabilities. Intervals: persons drawn with replacement, and
 * since a draw centres on the plug-in value m of the mean square, the interval of the debiased value D is
 * [D − (q₀.₉₇₅ − m), D − (q₀.₀₂₅ − m)] with q the quantiles of the debiased value over draws.
 *
 * Source: Guo, Pleiss, Sun & Weinberger (2017), ICML; Kumar, Liang & Ma (2019), Verified uncertainty
 * calibration, NeurIPS, with the variance clustered by person.
 */
import { random } from "../../math/random.ts";
import { type Binned, type BinSums, binSums } from "./binned.ts";

export interface CalibrationError {
  readonly expected: number;
  readonly maximum: number;
  /** Roots of mean squares; the debiased one 0 where its square is negative. */
  readonly root: number;
  readonly debiased: number;
  readonly debiasedSquare: number;
  /** 95 % interval of the debiased root; 0 below where the square is negative. */
  readonly lower: number;
  readonly upper: number;
}

export interface BootstrapOptions {
  /** Default 1000. */
  readonly draws?: number;
  /** Default 1. */
  readonly seed?: number;
}

export function calibrationError(
  of: Binned,
  { draws = 1000, seed = 1 }: BootstrapOptions = {},
): CalibrationError {
  const sums = binSums(of);
  const plain = squares(sums);
  const found = drawn(of, draws, seed).map((times) => squares(binSums(of, times)).debiased);
  const sorted = Float64Array.from(found.filter(Number.isFinite)).sort();
  const end = (share: number): number => plain.debiased - (quantile(sorted, share) - plain.plugIn);
  return {
    expected: mean(sums, sums.gap.map(Math.abs)),
    maximum: sums.gap.reduce((most, gap) => (Math.abs(gap) > most ? Math.abs(gap) : most), 0),
    root: Math.sqrt(plain.plugIn),
    debiased: rootOf(plain.debiased),
    debiasedSquare: plain.debiased,
    lower: rootOf(end(0.975)),
    upper: rootOf(end(0.025)),
  };
}

const rootOf = (square: number): number => (square < 0 ? 0 : Math.sqrt(square));

/**
 * The mean square, and what is left of it without what sampling adds. A bin with one person tells no
 * variance: its whole square is taken for sampling.
 */
function squares(sums: BinSums): { plugIn: number; debiased: number } {
  const each = sums.gap.map((gap) => gap ** 2);
  const left = each.map((square, b) => (Number.isFinite(sums.variance[b]) ? square - sums.variance[b] : 0));
  return { plugIn: mean(sums, each), debiased: mean(sums, left) };
}

/** Over the bins that hold something, by their weight. */
export function mean({ weight }: BinSums, values: Float64Array): number {
  let [total, all] = [0, 0];
  weight.forEach((w, b) => {
    if (w === 0) return;
    total += w * values[b];
    all += w;
  });
  return total / all;
}

/** How often each person is drawn, draw by draw. */
function drawn({ persons }: Binned, draws: number, seed: number): Float64Array[] {
  const { below } = random(seed);
  return Array.from({ length: draws }, () => {
    const times = new Float64Array(persons);
    for (let i = 0; i < persons; i++) times[below(persons)]++;
    return times;
  });
}

/** Of sorted numbers, interpolated linearly. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
