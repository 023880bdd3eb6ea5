/**
 * The Sobol sequence, scrambled anew for every person and dimension by nested uniform scrambling, so that
 * each person's draws are evenly spread, unbiased, and unrelated to all others'. Counts that are powers of
 * two are balanced best.
 *
 * Sources: Sobol (1967); Joe & Kuo (2008); scrambling: Owen (1995), by the hash of Laine & Karras (2011) as
 * improved by Vegdahl, in Burley (2020), Journal of Computer Graphics Techniques 9(4).
 */
import { hash } from "./hash.ts";
import type { DrawRule } from "./kind.ts";
import { reversed } from "./scramble.ts";
import { directions } from "./sobolDirections.ts";

export const sobol: DrawRule = {
  title: "Sobol with Owen scrambling",
  source: "Joe & Kuo (2008); Owen (1995); Burley (2020)",
  dimensions: directions.length + 1,
  fill(out, dimension, { seed, key }, { scrambled }) {
    scrambled(mirrored(dimension, out.length), hash(seed, key, dimension), out);
  },
};

/** The first points of the sequence as it is, in the order of the Gray code: 0, 1/2, 3/4, 1/4, … */
export const sobolPoints = (dimension: number, count: number): Float64Array =>
  Float64Array.from(
    mirrored(dimension, count).subarray(0, count),
    (bits) => (reversed(bits) >>> 0) / 2 ** 32,
  );

const known = new Map<number, Int32Array>();

/** The points with their bits back to front: that is how scrambling wants them. */
function mirrored(dimension: number, count: number): Int32Array {
  const found = known.get(dimension);
  if (found && found.length >= count) return found;
  const steps = directionBits(dimension);
  const points = new Int32Array(Math.max(count, 1024));
  for (let r = 1, bits = 0; r < points.length; r++) {
    bits ^= steps[31 - Math.clz32(r & -r)];
    points[r] = reversed(bits);
  }
  known.set(dimension, points);
  return points;
}

/** The 32 direction numbers v_1, v_2, … as binary fractions. */
function directionBits(dimension: number): Int32Array {
  const steps = new Int32Array(32);
  if (dimension === 0) return steps.map((_, i) => 1 << (31 - i));
  const { polynomial, initial } = directions[dimension - 1];
  const degree = initial.length;
  for (let i = 0; i < 32; i++) {
    if (i < degree) {
      steps[i] = initial[i] << (31 - i);
      continue;
    }
    steps[i] = steps[i - degree] ^ (steps[i - degree] >>> degree);
    for (let k = 1; k < degree; k++) if ((polynomial >> (degree - k)) & 1) steps[i] ^= steps[i - k];
  }
  return steps;
}
