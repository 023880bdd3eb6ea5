/** Numbers in single precision, where they survive it: seven digits of a fraction, but all of a whole number. */

/**
 * The same numbers in half the memory. null if a whole number would change, which may be an id (beyond 16,777,216 not
 * all of them exist in single precision), or a number is too large or too small to be one.
 */
export function inSingle(values: Float64Array): Float32Array | null {
  const narrow = Float32Array.from(values);
  for (let i = 0; i < values.length; i++) {
    const [value, kept] = [values[i], narrow[i]];
    if (kept === value || Number.isNaN(value)) continue;
    if (Number.isInteger(value) || kept === 0 || !Number.isFinite(kept)) return null;
  }
  return narrow;
}

/** A number as it was written, if that was with up to seven digits. */
export const asWritten = (kept: number): number => Number(kept.toPrecision(7));
