/**
 * Modified Latin hypercube sampling: R evenly spaced points, moved together by one random number and put in a
 * random order, for every person and dimension.
 * Source: Hess, Train & Polak (2006), Transportation Research B 40:147.
 */
import { random } from "../random.ts";
import { hash } from "./hash.ts";
import { type DrawRule, shuffle } from "./kind.ts";

export const mlhs: DrawRule = {
  title: "Modified Latin hypercube",
  source: "Hess, Train & Polak (2006)",
  fill(out, dimension, { seed, key }) {
    const dice = random(hash(seed, key, dimension));
    const move = dice.uniform();
    for (let r = 0; r < out.length; r++) out[r] = (r + move) / out.length;
    shuffle(out, dice);
  },
};
