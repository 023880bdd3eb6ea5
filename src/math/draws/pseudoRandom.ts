/** Independent random numbers, a stream for every person and dimension. */
import { random } from "../random.ts";
import { hash } from "./hash.ts";
import type { DrawRule } from "./kind.ts";

export const pseudoRandom: DrawRule = {
  title: "Pseudo-random",
  source: "Doty-Humphrey (2010), sfc32",
  fill(out, dimension, { seed, key }) {
    random(hash(seed, key, dimension)).fill(out);
  },
};
