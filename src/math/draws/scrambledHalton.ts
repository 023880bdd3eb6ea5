/**
 * The Halton sequence with random digits: digit k of a point in base b becomes (m_k digit + c_k) mod b, with
 * m_k and c_k drawn for every person, dimension and place. Unlike the plain sequence it is unbiased, and
 * large primes are not correlated.
 * Source: Matoušek (1998), Journal of Complexity 14:527 (random linear digit scrambling).
 */
import { random } from "../random.ts";
import { hash } from "./hash.ts";
import type { DrawRule } from "./kind.ts";
import { prime } from "./primes.ts";

export const scrambledHalton: DrawRule = {
  title: "Halton with scrambled digits",
  source: "Matoušek (1998)",
  fill(out, dimension, { seed, key, drop }) {
    const base = prime(dimension);
    const places = Math.ceil(40 / Math.log2(base));
    const { below, uniform } = random(hash(seed, key, dimension));
    const factor = Array.from({ length: places }, () => 1 + below(base - 1));
    const shift = Array.from({ length: places }, () => below(base));
    const unit = base ** -places;
    const rest = uniform() * unit;
    const worth = (k: number, digit: number): number =>
      ((digit * factor[k] + shift[k]) % base) * base ** (places - 1 - k);
    // All numbers below a power of the base, by their last digits: each place adds its own to those before.
    let [length, known] = [1, 0];
    for (; length * base <= Math.max(out.length, base); known++, length *= base) {
      grow(length * base);
      for (let digit = base - 1; digit >= 0; digit--) {
        const added = worth(known, digit);
        for (let at = 0; at < length; at++) low[digit * length + at] = (known > 0 ? low[at] : 0) + added;
      }
    }
    for (let r = 0; r < out.length; ) {
      let higher = 0;
      for (let k = known, number = Math.floor((drop + r) / length); k < places; k++) {
        higher += worth(k, number % base);
        number = Math.floor(number / base);
      }
      const from = (drop + r) % length;
      const until = Math.min(length - from, out.length - r);
      for (let i = 0; i < until; i++) out[r + i] = (low[from + i] + higher) * unit + rest;
      r += until;
    }
  },
};

/** The sums of the last digits, as whole numbers; used again for every person. */
let low = new Float64Array(4096);

function grow(length: number): void {
  if (length <= low.length) return;
  const longer = new Float64Array(2 * length);
  longer.set(low);
  low = longer;
}
