/**
 * The normal quantile by table, for draws, which pass by the million: z = q T(x) with q = p − ½ and x = p (1 − p). T is a
 * polynomial of degree 6 on each of 64 intervals of every octave of x from 1/256 to 1/4. Its coefficients are those of the
 * Taylor series in the middle: with s = q² = ¼ − x, dz/dq = √(2π) exp(z²/2) says T + 2 s dT/ds = √(2π) exp(s T²/2), from which
 * they follow one after the other. What is left out is below 1e-16 of z. The 8 in 1,000 beyond go to normalQuantile.
 */
import { centre, normalQuantile, rational } from "../expr/normalQuantile.ts";

const octaves = 6;
const degree = 6;
/** The bits below those that tell the interval, in the upper half of a double. */
export const cellShift = 14;
/** Numbers of a cell: the middle of its interval, then the coefficients. */
export const cellLength = degree + 2;
/** Smaller x are not in the table. */
export const least = 2 ** -(2 + octaves);
const perOctave = 2 ** (20 - cellShift);
/** The upper half of `least`, less the bits below the cell's. */
export const firstCell = (1023 - 2 - octaves) * perOctave;

const number = new Float64Array(1);
/** The two halves of `number`. */
const halves = new Int32Array(number.buffer);

let known: Float64Array | null = null;

/** The cells, made when they are first asked for. One more than intervals: x = ¼ has the last polynomial too. */
export function quantileTable(): Float64Array {
  if (known) return known;
  const cells = octaves * perOctave;
  known = new Float64Array((cells + 1) * cellLength);
  for (let i = 0; i < cells; i++) {
    halves[0] = 0;
    halves[1] = ((firstCell + i) << cellShift) | (1 << (cellShift - 1));
    known.set([number[0], ...series(number[0])], i * cellLength);
  }
  return known.copyWithin(cells * cellLength, (cells - 1) * cellLength, cells * cellLength);
}

/** Coefficients of T in powers of the distance from x. */
function series(x: number): number[] {
  const s = 0.25 - x;
  const q = Math.sqrt(s);
  const T = [s < 0.18 ? rational(centre, 0.180625 - s) : -normalQuantile(x / (0.5 + q)) / q];
  const exponents: number[] = [];
  const exponentials: number[] = [];
  for (let k = 0; k < degree; k++) {
    exponents[k] = (s * squared(T, k) + squared(T, k - 1)) / 2;
    exponentials[k] = k === 0 ? Math.exp(exponents[0]) : 0;
    for (let j = 1; j <= k; j++) exponentials[k] += (j * exponents[j] * exponentials[k - j]) / k;
    T[k + 1] = (Math.sqrt(2 * Math.PI) * exponentials[k] - (2 * k + 1) * T[k]) / (2 * s * (k + 1));
  }
  return T.map((coefficient, k) => (k % 2 === 0 ? coefficient : -coefficient));
}

/** The coefficient of power k in the square of a series. */
const squared = (series: readonly number[], k: number): number =>
  series.slice(0, k + 1).reduce((sum, each, j) => sum + each * series[k - j], 0);

/** Every probability becomes its quantile, in place. */
export function normalQuantiles(values: Float64Array): void {
  const table = quantileTable();
  for (let r = 0; r < values.length; r++) {
    const p = values[r];
    const x = p * (1 - p);
    if (!(x >= least)) {
      values[r] = normalQuantile(p);
      continue;
    }
    number[0] = x;
    const at = ((halves[1] >> cellShift) - firstCell) * cellLength;
    const t = x - table[at];
    let T = table[at + 7] * t + table[at + 6];
    T = T * t + table[at + 5];
    T = T * t + table[at + 4];
    T = T * t + table[at + 3];
    T = T * t + table[at + 2];
    values[r] = (p - 0.5) * (T * t + table[at + 1]);
  }
}
