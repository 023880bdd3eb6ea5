/**
 * Calibration errors of binned forecasts. With d_b the observed minus the predicted mean of bin b, of weight
 * share s_b, and V_b its variance over persons:
 *
 *   expected  Σ s_b |d_b|,  maximum  max |d_b|,  mean square  Σ s_b d_b²,  debiased  T = Σ s_b (d_b² − V_b).
 *
 * The first three are positive even for a perfect model, by sampling alone; the last has mean zero there and
 * may be negative. Its root is on the scale of probabilities.
 *
 * Test and interval: persons are drawn with replacement, which moves d_b by e_b. Were the true gaps λ d_b, T
 * would vary as T(λ) = Σ s_b ((λ d_b + e_b)² − V_b) does over draws. p is the share of draws with T(0) ≥ T; the
 * interval holds every λ at which T is between the 2.5 and 97.5 % points of T(λ). (Plain percentiles would not
 * do: a draw adds its noise to that of the sample.)
 *
 * Source: Guo, Pleiss, Sun & Weinberger (2017), ICML; Kumar, Liang & Ma (2019), Verified uncertainty
 * calibration, NeurIPS, with the variance clustered by person; Hansen (1999), Review of Economics and
 * Statistics 81:594, for the inverted bootstrap.
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
  /** 95 % interval of the debiased root. */
  readonly lower: number;
  readonly upper: number;
  /** Of perfect calibration. */
  readonly p: number;
}

export interface BootstrapOptions {
  /** Default 1000; 0 for no test and no interval. */
  readonly draws?: number;
  /** Default 1. */
  readonly seed?: number;
}

export function calibrationError(
  of: Binned,
  { draws = 1000, seed = 1 }: BootstrapOptions = {},
): CalibrationError {
  const sums = binSums(of);
  const square = mean(sums, (b) => sums.gap[b] ** 2);
  const debiased = mean(sums, (b) => sums.gap[b] ** 2 - sampling(sums, b, sums.gap[b]));
  const drawn = movements(of, sums, draws, seed);
  const asLarge = drawn.filter(({ noise }) => noise >= debiased).length;
  const [lower, upper] = draws > 0 ? inverted(drawn, debiased, square) : [Number.NaN, Number.NaN];
  return {
    expected: mean(sums, (b) => Math.abs(sums.gap[b])),
    maximum: sums.gap.reduce((most, gap) => (Math.abs(gap) > most ? Math.abs(gap) : most), 0),
    root: Math.sqrt(square),
    debiased: Math.sqrt(Math.max(0, debiased)),
    debiasedSquare: debiased,
    lower,
    upper,
    p: draws > 0 ? (1 + asLarge) / (1 + draws) : Number.NaN,
  };
}

/** V_b; a bin with one person tells no variance, so all of its square is taken for sampling. */
const sampling = ({ variance }: BinSums, b: number, gap: number): number =>
  Number.isFinite(variance[b]) ? variance[b] : gap ** 2;

/** Over the bins that hold something, by their weight. */
function mean({ weight }: BinSums, value: (bin: number) => number): number {
  let [total, all] = [0, 0];
  weight.forEach((w, b) => {
    if (w === 0) return;
    total += w * value(b);
    all += w;
  });
  return total / all;
}

/** T(λ) = λ² pattern + 2 λ cross + noise in one draw. */
interface Movement {
  readonly pattern: number;
  readonly cross: number;
  readonly noise: number;
}

function movements(of: Binned, { gap }: BinSums, draws: number, seed: number): Movement[] {
  const { below } = random(seed);
  return Array.from({ length: draws }, () => {
    const times = new Float64Array(of.persons);
    for (let i = 0; i < of.persons; i++) times[below(of.persons)]++;
    const sums = binSums(of, times);
    const moved = (b: number): number => sums.gap[b] - gap[b];
    return {
      pattern: mean(sums, (b) => gap[b] ** 2),
      cross: mean(sums, (b) => gap[b] * moved(b)),
      noise: mean(sums, (b) => moved(b) ** 2 - sampling(sums, b, moved(b))),
    };
  });
}

/** The ends of the interval as roots: λ times the root of the mean square. */
function inverted(drawn: readonly Movement[], found: number, square: number): [number, number] {
  const point = (lambda: number, share: number): number =>
    quantile(
      Float64Array.from(
        drawn,
        ({ pattern, cross, noise }) => lambda ** 2 * pattern + 2 * lambda * cross + noise,
      ).sort(),
      share,
    );
  const root = Math.sqrt(square);
  return [0.975, 0.025].map((share) => root * crossing((lambda) => point(lambda, share) - found)) as [
    number,
    number,
  ];
}

/** The λ ≥ 0 from which on an increasing function is positive; 0 where it always is. */
function crossing(excess: (lambda: number) => number): number {
  if (excess(0) >= 0) return 0;
  let [low, high] = [0, 1];
  while (excess(high) < 0 && high < 1e6) [low, high] = [high, 2 * high];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

/** Of sorted numbers, interpolated linearly. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
