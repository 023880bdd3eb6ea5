/**
 * Weights of the sampling units in one bootstrap replicate. Pairs: how often each is drawn in n draws with
 * replacement (Efron 1979, Annals of Statistics 7:1). Bayesian: independent standard exponentials, scaled
 * to mean 1 (Rubin 1981, Annals of Statistics 9:130), so that no unit ever drops out.
 */
import { random } from "../../math/random.ts";

export type BootstrapKind = "pairs" | "bayesian";

/** Depends on seed, replicate and number of units alone, so any replicate can be made anew on its own. */
export function unitWeights(
  kind: BootstrapKind,
  units: number,
  seed: number,
  replicate: number,
): Float64Array {
  const stream = random(seed + (replicate + 1) * 2 ** 32);
  return kind === "pairs" ? counts(units, stream.below) : exponentials(units, stream.uniform);
}

function counts(units: number, below: (count: number) => number): Float64Array {
  const weights = new Float64Array(units);
  for (let draw = 0; draw < units; draw++) weights[below(units)] += 1;
  return weights;
}

function exponentials(units: number, uniform: () => number): Float64Array {
  const weights = Float64Array.from({ length: units }, () => -Math.log(uniform()));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / units;
  return weights.map((weight) => weight / mean);
}

/** A weight per situation: its own times that of its unit (`unit` null: each situation is one). */
export function situationWeights(
  units: Float64Array,
  unit: Int32Array | null,
  own: Float64Array | null,
  situations: number,
): Float64Array {
  return Float64Array.from({ length: situations }, (_, s) => units[unit ? unit[s] : s] * (own ? own[s] : 1));
}
