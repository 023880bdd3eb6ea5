/**
 * Random numbers that are the same everywhere for the same seed. Small fast counter: 128 bits of state,
 * period at least 2^64, passes PractRand. Source: Doty-Humphrey (2010), sfc32, PractRand.
 */
import { normalQuantile } from "./normalQuantile.ts";

export interface Random {
  /** Uniform on the open interval (0, 1), with 52 random bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Standard Gumbel (type I extreme value): location 0, scale 1. */
  gumbel(): number;
  /** A whole number from 0 to below `count`, all equally likely. */
  below(count: number): number;
}

/** A stream of random numbers. The same seed gives the same stream on every machine. */
export function random(seed: number): Random {
  const next = sfc32(seed);
  const uniform = (): number => ((next() >>> 6) * 2 ** 26 + (next() >>> 6) + 0.5) / 2 ** 52;
  return {
    uniform,
    normal: () => normalQuantile(uniform()),
    gumbel: () => -Math.log(-Math.log(uniform())),
    below: (count) => Math.floor(uniform() * count),
  };
}

function sfc32(seed: number): () => number {
  let [a, b, c, counter] = [0, seed | 0, Math.floor(seed / 2 ** 32) | 0, 1];
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return result;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}
