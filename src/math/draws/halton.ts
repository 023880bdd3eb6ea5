/**
 * The Halton sequence as it is, 0, 1/2, 1/4, 3/4, … in base 2: one prime per dimension, the first `drop` points
 * left out (always the 0), then `count` in a row per person in order of appearance. With the same drop, the
 * draws of mlogit and xlogit. Dimensions of
 * neighbouring large primes are strongly correlated over few draws.
 * Source: Halton (1960); Train (2009), Discrete Choice Methods with Simulation, section 9.3.3.
 */
import type { DrawRule } from "./kind.ts";
import { prime } from "./primes.ts";

export const halton: DrawRule = {
  title: "Halton",
  source: "Halton (1960)",
  fill(out, dimension, { index, drop }) {
    const base = prime(dimension);
    radicalInverses(Math.max(drop, 1) + index * out.length, base, out);
  },
};

/** n written in base b, mirrored at the point. */
export function radicalInverse(index: number, base: number): number {
  let value = 0;
  let fraction = 1 / base;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base), fraction /= base)
    value += (rest % base) * fraction;
  return value;
}

/**
 * The radical inverses of a run of numbers. The last digits of neighbours come from a table and what the others add is the
 * same for all until the last ones are through.
 */
export function radicalInverses(first: number, base: number, out: Float64Array): void {
  const { low, unit } = lastDigits(base);
  for (let r = 0; r < out.length; ) {
    const number = first + r;
    const higher = radicalInverse(Math.floor(number / low.length), base) * unit;
    const from = number % low.length;
    const length = Math.min(low.length - from, out.length - r);
    for (let i = 0; i < length; i++) out[r + i] = low[from + i] + higher;
    r += length;
  }
}

interface LastDigits {
  /** Radical inverses of all numbers below a power of the base. */
  readonly low: Float64Array;
  /** How much less the other digits count than if they were the first. */
  readonly unit: number;
}

const known = new Map<number, LastDigits>();

function lastDigits(base: number): LastDigits {
  const found = known.get(base);
  if (found) return found;
  let length = base;
  while (length * base <= 4096) length *= base;
  const made = {
    low: Float64Array.from({ length }, (_, number) => radicalInverse(number, base)),
    unit: 1 / length,
  };
  known.set(base, made);
  return made;
}
