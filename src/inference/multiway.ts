/**
 * The filling of the sandwich where units depend on each other in several ways, such as all choices of a person and all of
 * a region: B = Σ over non-empty sets of ways of (−1)^(ways + 1) × B clustered by their intersection; with two ways
 * B_a + B_b − B_ab. It need not be positive: then negative eigenvalues are set to zero, as the source does.
 *
 * Source: Cameron, Gelbach & Miller (2011), J. of Business & Economic Statistics 29:238.
 */
import { eigen } from "../math/matrix.ts";
import { meat } from "./meat.ts";

export interface Multiway {
  readonly matrix: Float64Array;
  /** How many clusters each way has. */
  readonly clusters: readonly number[];
  /** Whether negative eigenvalues had to be set to zero. */
  readonly mended: boolean;
}

/**
 * @param scores units × K, row by row. @param ways for each way the cluster of every unit.
 * @throws Complaint where a way has no more clusters than parameters.
 */
export function multiwayMeat(
  scores: Float64Array,
  size: number,
  ways: readonly Int32Array[],
  { smallSample = false } = {},
): Multiway {
  const sum = new Float64Array(size * size);
  const clusters = ways.map(() => 0);
  for (let set = 1; set < 1 << ways.length; set++) {
    const members = ways.filter((_, way) => set & (1 << way));
    const part = meat(size);
    part.addScores(scores, intersection(members));
    const sign = members.length % 2 === 1 ? 1 : -1;
    part.matrix({ smallSample }).forEach((value, at) => {
      sum[at] += sign * value;
    });
    if (members.length === 1) clusters[ways.indexOf(members[0])] = part.units();
  }
  return ways.length === 1 ? { matrix: sum, clusters, mended: false } : { ...positive(sum), clusters };
}

/** Units in the same cluster every way, numbered by first appearance. */
function intersection(ways: readonly Int32Array[]): Int32Array {
  const [first, ...rest] = ways;
  return rest.reduce((known, way) => {
    const numbers = new Map<string, number>();
    return known.map((group, unit) => {
      const key = `${group} ${way[unit]}`;
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
  }, first);
}

function positive(matrix: Float64Array): { matrix: Float64Array; mended: boolean } {
  const { values, vectors } = eigen(matrix);
  const largest = Math.max(...values.map(Math.abs));
  if (values.every((value) => value >= -1e-12 * largest)) return { matrix, mended: false };
  const size = values.length;
  const out = new Float64Array(size * size);
  values.forEach((value, i) => {
    for (let at = 0; value > 0 && at < out.length; at++)
      out[at] += value * vectors[i][Math.floor(at / size)] * vectors[i][at % size];
  });
  return { matrix: out, mended: true };
}
