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
  /** The next uniform numbers, as many as there is room for. */
  fill(out: Float64Array): void;
}

/** A stream of random numbers. The same seed gives the same stream on every machine. */
export function random(seed: number): Random {
  const state = Int32Array.of(0, seed, Math.floor(seed / 2 ** 32), 1);
  const one = new Float64Array(1);
  const uniform = (): number => {
    uniforms(state, one);
    return one[0];
  };
  uniforms(state, new Float64Array(8));
  return {
    uniform,
    normal: () => normalQuantile(uniform()),
    gumbel: () => -Math.log(-Math.log(uniform())),
    below: (count) => Math.floor(uniform() * count),
    fill: (out) => uniforms(state, out),
  };
}

/** Two steps of sfc32 a number: 26 bits of each. The state stays in locals meanwhile. */
function uniforms(state: Int32Array, out: Float64Array): void {
  let [a, b, c, counter] = state;
  for (let r = 0; r < out.length; r++) {
    const high = (((a + b) | 0) + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + high) | 0;
    const low = (((a + b) | 0) + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + low) | 0;
    counter |= 0;
    out[r] = ((high >>> 6) * 2 ** 26 + (low >>> 6) + 0.5) * 2 ** -52;
  }
  state.set([a, b, c, counter]);
}
