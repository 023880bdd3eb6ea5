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
    for (let r = 0; r < out.length; r++) {
      let number = drop + r;
      let value = 0;
      for (let k = 0; k < places; k++) {
        value = value * base + (((number % base) * factor[k] + shift[k]) % base);
        number = Math.floor(number / base);
      }
      out[r] = value * unit + rest;
    }
  },
};
