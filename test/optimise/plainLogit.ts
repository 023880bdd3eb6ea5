/** The multinomial logit as plain loops over rows, with all derivatives: the judge of the optimiser's tests. */
import { outerProducts } from "../../src/math/outerProducts.ts";
import type { Evaluation, Objective, Want } from "../../src/optimise/objective.ts";

export interface LogitRows {
  /** Rows of K attributes; situation i owns the rows from starts[i] to starts[i + 1]. */
  readonly rows: readonly Float64Array[];
  readonly starts: readonly number[];
  /** Row that was chosen in each situation. */
  readonly chosen: readonly number[];
}

export interface PlainLogit extends Objective {
  readonly calls: Record<Want, number>;
}

export function plainLogit(data: LogitRows): PlainLogit {
  const dimension = data.rows[0].length;
  const calls = { value: 0, gradient: 0, hessian: 0 };
  return {
    dimension,
    calls,
    async evaluate(point, want) {
      calls[want]++;
      return evaluate(data, point, want);
    },
    async products(point) {
      const { value, gradient } = evaluate(data, point, "gradient");
      const sum = outerProducts(dimension);
      sum.add(scoresOf(data, point));
      return { value, gradient: gradient!, products: sum.matrix() };
    },
  };
}

/** One row of K for each situation: x_chosen − E x. */
export function scoresOf(data: LogitRows, point: Float64Array): Float64Array {
  const out = new Float64Array(data.chosen.length * point.length);
  data.chosen.forEach((_, i) => {
    out.set(situation(data, point, i).score, i * point.length);
  });
  return out;
}

function evaluate(data: LogitRows, point: Float64Array, want: Want): Evaluation {
  const K = point.length;
  let value = 0;
  const gradient = new Float64Array(K);
  const hessian = new Float64Array(K * K);
  for (let i = 0; i < data.chosen.length; i++) {
    const { logProbability, score, mean, probabilities } = situation(data, point, i);
    value += logProbability;
    for (let k = 0; k < K; k++) gradient[k] += score[k];
    if (want === "hessian") addHessian(hessian, data, i, mean, probabilities);
  }
  return { value, gradient, hessian: want === "hessian" ? hessian : undefined };
}

function situation(data: LogitRows, point: Float64Array, i: number) {
  const rows = data.rows.slice(data.starts[i], data.starts[i + 1]);
  const utility = rows.map((row) => row.reduce((sum, x, k) => sum + x * point[k], 0));
  const top = Math.max(...utility);
  const total = utility.reduce((sum, v) => sum + Math.exp(v - top), 0);
  const probabilities = utility.map((v) => Math.exp(v - top) / total);
  const chosen = data.chosen[i] - data.starts[i];
  const mean = point.map((_, k) => rows.reduce((sum, row, j) => sum + probabilities[j] * row[k], 0));
  const score = mean.map((m, k) => rows[chosen][k] - m);
  return { logProbability: utility[chosen] - top - Math.log(total), score, mean, probabilities };
}

function addHessian(
  hessian: Float64Array,
  data: LogitRows,
  i: number,
  mean: Float64Array,
  probabilities: readonly number[],
): void {
  const K = mean.length;
  probabilities.forEach((p, j) => {
    const row = data.rows[data.starts[i] + j];
    for (let a = 0; a < K; a++)
      for (let b = 0; b < K; b++) hessian[a * K + b] -= p * (row[a] - mean[a]) * (row[b] - mean[b]);
  });
}
