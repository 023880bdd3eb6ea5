/**
 * Nested uniform scrambling of points in base 2: every bit is flipped or not by what stands above it. A multiplication only
 * carries upwards, so the bits of the points stand back to front.
 * Source: Laine & Karras (2011), as improved by Vegdahl, in Burley (2020), Journal of Computer Graphics Techniques 9(4).
 */

/** The four multipliers, in their order; the second stands for the upper half of the seed. */
export const multipliers = [0x3d20adea, 0x05526c56, 0x53a22864] as const;

/** Scrambles as many points as there is room for, and puts them in the middle of their cells of 2^-32. */
export function scrambled(mirrored: Int32Array, seed: number, out: Float64Array): void {
  const [first, second, third] = multipliers;
  const middle = (seed >>> 16) | 1;
  for (let r = 0; r < out.length; r++) {
    let bits = mirrored[r];
    bits ^= Math.imul(bits, first);
    bits = Math.imul((bits + seed) | 0, middle);
    bits ^= Math.imul(bits, second);
    bits ^= Math.imul(bits, third);
    out[r] = ((reversed(bits) >>> 0) + 0.5) * 2 ** -32;
  }
}

/** The bits of a number back to front. */
export function reversed(value: number): number {
  let bits = value;
  bits = ((bits >>> 1) & 0x55555555) | ((bits & 0x55555555) << 1);
  bits = ((bits >>> 2) & 0x33333333) | ((bits & 0x33333333) << 2);
  bits = ((bits >>> 4) & 0x0f0f0f0f) | ((bits & 0x0f0f0f0f) << 4);
  bits = ((bits >>> 8) & 0x00ff00ff) | ((bits & 0x00ff00ff) << 8);
  return (bits >>> 16) | (bits << 16);
}
