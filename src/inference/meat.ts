/**
 * B = Σ_u s_u s_uᵀ, the filling of the sandwich, from scores that arrive in blocks. Without clusters every
 * row is a unit; with them, rows are summed within their cluster first, so that a person's situations may
 * depend on each other in any way. Holds K² numbers, or one row of K for each cluster.
 *
 * Source: Liang & Zeger (1986), Biometrika 73:13; the factor G / (G − 1): Cameron & Miller (2015), J. Human
 * Resources 50:317.
 */
import { Complaint } from "../complaint/index.ts";
import { outerProducts } from "../math/outerProducts.ts";

export interface Meat {
  /**
   * Adds rows × K scores, row by row. `cluster` gives each row its cluster, numbered from 0 in any order;
   * give it for all blocks or for none.
   */
  addScores(block: Float64Array, cluster?: Int32Array): void;
  /**
   * The K × K sum, times G / (G − 1) where asked for.
   * @throws Complaint where there are not more units than parameters: scores sum to zero at the maximum, so
   * the matrix would not have full rank and its standard errors would be too small.
   */
  matrix(options?: { readonly smallSample?: boolean }): Float64Array;
  /** G, the units seen so far that have a score. */
  units(): number;
}

/** @param size K, the number of free parameters. */
export function meat(size: number): Meat {
  const single = outerProducts(size);
  const sums = new Map<number, Float64Array>();
  let rows = 0;
  const units = (): number => rows + sums.size;
  return {
    units,
    addScores(block, cluster) {
      if (cluster) addClustered(sums, block, cluster, size);
      else single.add(block);
      if (!cluster && size > 0) rows += block.length / size;
    },
    matrix({ smallSample = false } = {}) {
      refuseFew(units(), size, sums.size > 0);
      const whole = outerProducts(size);
      for (const [, sum] of [...sums].sort(([a], [b]) => a - b)) whole.add(sum);
      const factor = smallSample ? units() / (units() - 1) : 1;
      const added = whole.matrix();
      return single.matrix().map((value, at) => (value + added[at]) * factor);
    },
  };
}

function addClustered(
  sums: Map<number, Float64Array>,
  block: Float64Array,
  cluster: Int32Array,
  size: number,
): void {
  for (let row = 0; row < cluster.length; row++) {
    let sum = sums.get(cluster[row]);
    if (!sum) sums.set(cluster[row], (sum = new Float64Array(size)));
    for (let k = 0; k < size; k++) sum[k] += block[row * size + k];
  }
}

function refuseFew(units: number, size: number, clustered: boolean): void {
  if (units > size || size === 0) return;
  const [many, one] = clustered ? ["clusters", "cluster"] : ["situations", "situation"];
  throw new Complaint(`there are ${units} ${units === 1 ? one : many} for ${size} parameters`, {
    rule: `a sandwich covariance needs more ${many} than parameters`,
    value: units,
    help: clustered
      ? 'use a finer grouping, or covariance "hessian"'
      : 'use covariance "hessian", or a model with fewer parameters',
  });
}
