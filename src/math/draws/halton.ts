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
    const first = Math.max(drop, 1) + index * out.length;
    for (let r = 0; r < out.length; r++) out[r] = radicalInverse(first + r, base);
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
