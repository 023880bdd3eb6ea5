/**
 * Points of the Halton sequence in a random order: a run of the sequence from a random place on, shuffled
 * for every person and dimension, which breaks the correlation between large primes.
 * Sources: Hess & Polak (2003), the shuffled Halton sequence; Wang & Hickernell (2000), random starts.
 */
import { random } from "../random.ts";
import { radicalInverses } from "./halton.ts";
import { hash } from "./hash.ts";
import { type DrawRule, shuffle } from "./kind.ts";
import { prime } from "./primes.ts";

export const shuffledHalton: DrawRule = {
  title: "Halton, shuffled",
  source: "Hess & Polak (2003)",
  fill(out, dimension, { seed, key, drop }) {
    const base = prime(dimension);
    const dice = random(hash(seed, key, dimension));
    const first = drop + 1 + dice.below(2 ** 24);
    radicalInverses(first, base, out);
    shuffle(out, dice);
  },
};
