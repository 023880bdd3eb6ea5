/**
 * Fieller's confidence set for a ratio a / b, such as a willingness to pay: all ρ at which a − ρ b is not
 * significantly different from 0, (a − ρ b)² ≤ z² (V_aa − 2 ρ V_ab + ρ² V_bb). Exact where the delta method
 * pretends: when b is not clearly different from 0 the set is unbounded, and says so.
 *
 * Source: Fieller (1954), Journal of the Royal Statistical Society B 16:175.
 */
import { normalQuantile } from "../math/normalQuantile.ts";

export type FiellerSet =
  /** lower ≤ ρ ≤ upper. */
  | { readonly kind: "interval"; readonly lower: number; readonly upper: number; readonly words: string }
  /** ρ ≤ below or ρ ≥ above: all but what lies between. */
  | { readonly kind: "outside"; readonly below: number; readonly above: number; readonly words: string }
  /** Every ρ. */
  | { readonly kind: "everything"; readonly words: string };

export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
  readonly numeratorVariance: number;
  readonly denominatorVariance: number;
  readonly covariance: number;
}

export function fieller(ratio: Ratio, level = 0.95): FiellerSet {
  const { numerator: a, denominator: b } = ratio;
  const z2 = normalQuantile((1 + level) / 2) ** 2;
  const lead = b * b - z2 * ratio.denominatorVariance;
  const middle = a * b - z2 * ratio.covariance;
  const last = a * a - z2 * ratio.numeratorVariance;
  const inside = middle * middle - lead * last;
  if (lead > 0) return interval(...roots(lead, middle, last, Math.max(inside, 0)));
  if (inside > 0 && lead < 0) return outside(...roots(lead, middle, last, inside));
  if (lead === 0 && middle !== 0) {
    const edge = last / (2 * middle);
    return middle > 0 ? interval(edge, Number.POSITIVE_INFINITY) : interval(Number.NEGATIVE_INFINITY, edge);
  }
  return {
    kind: "everything",
    words: "neither the numerator nor the denominator is clear: no ratio is excluded",
  };
}

/** The two roots of lead ρ² − 2 middle ρ + last in ascending order, without cancellation. */
function roots(lead: number, middle: number, last: number, inside: number): [number, number] {
  const sum = middle + (middle < 0 ? -1 : 1) * Math.sqrt(inside);
  const [one, other] = sum === 0 ? [0, 0] : [sum / lead, last / sum];
  return one < other ? [one, other] : [other, one];
}

const interval = (lower: number, upper: number): FiellerSet => ({
  kind: "interval",
  lower,
  upper,
  words: Number.isFinite(lower + upper) ? "" : "the denominator is just not clear: the interval has one end",
});

const outside = (below: number, above: number): FiellerSet => ({
  kind: "outside",
  below,
  above,
  words: "the denominator may be zero: the ratio may be anything but what lies between these two values",
});
