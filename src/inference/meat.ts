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
  /** The same from a column of scores for each of the K parameters. */
  addColumns(columns: readonly Float64Array[], cluster?: Int32Array): void;
  /** Adds the sum of the outer products of so many units, each by itself. */
  addProducts(sum: Float64Array, units: number): void;
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
  const clusters = new Clusters(size);
  const given = new Float64Array(size * size);
  let rows = 0;
  const units = (): number => rows + clusters.count;
  const addColumns: Meat["addColumns"] = (columns, cluster) => {
    if (cluster) clusters.add(columns, cluster);
    else single.addColumns(columns);
    if (!cluster && size > 0) rows += columns[0].length;
  };
  return {
    units,
    addColumns,
    addScores: (block, cluster) => addColumns(columnsOf(block, size), cluster),
    addProducts(sum, count) {
      for (const [at, value] of sum.entries()) given[at] += value;
      rows += count;
    },
    matrix({ smallSample = false } = {}) {
      refuseFew(units(), size, clusters.count > 0);
      const whole = outerProducts(size);
      whole.add(clusters.sums);
      const factor = smallSample ? units() / (units() - 1) : 1;
      const added = whole.matrix();
      return single.matrix().map((value, at) => (value + given[at] + added[at]) * factor);
    },
  };
}

function columnsOf(block: Float64Array, size: number): Float64Array[] {
  const columns = Array.from({ length: size }, () => new Float64Array(block.length / size));
  for (const [k, column] of columns.entries())
    for (let row = 0; row < column.length; row++) column[row] = block[row * size + k];
  return columns;
}

/** The sum of the scores of every cluster: a row of K for each number up to the largest. */
class Clusters {
  sums = new Float64Array(0);
  count = 0;
  private seen = new Uint8Array(0);
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  add(columns: readonly Float64Array[], cluster: Int32Array): void {
    this.reach(cluster.reduce((most, number) => Math.max(most, number), 0) + 1);
    const { sums, seen, size } = this;
    for (const number of cluster) {
      this.count += 1 - seen[number];
      seen[number] = 1;
    }
    for (const [k, column] of columns.entries())
      for (let row = 0; row < cluster.length; row++) sums[cluster[row] * size + k] += column[row];
  }

  /** Room for so many clusters, with as much again wherever it is too little. */
  private reach(clusters: number): void {
    if (clusters <= this.seen.length) return;
    const room = Math.max(clusters, 2 * this.seen.length);
    const [sums, seen] = [new Float64Array(room * this.size), new Uint8Array(room)];
    sums.set(this.sums);
    seen.set(this.seen);
    [this.sums, this.seen] = [sums, seen];
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
