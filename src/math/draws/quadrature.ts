/**
 * Gaussian quadrature: the nodes are the eigenvalues of a tridiagonal matrix, the weights the squared first
 * components of its eigenvectors. A rule of n nodes is exact for polynomials up to degree 2n − 1.
 * Source: Golub & Welsch (1969), Mathematics of Computation 23:221.
 */
import { eigen } from "../matrix.ts";

export interface Rule {
  readonly nodes: Float64Array;
  /** They sum to 1. */
  readonly weights: Float64Array;
}

/** For a standard normal variable (Gauss–Hermite). */
export const hermite = (count: number): Rule => ruleOf(count, Math.sqrt);

/** For a uniform variable on (0, 1) (Gauss–Legendre). */
export function legendre(count: number): Rule {
  const { nodes, weights } = ruleOf(count, (k) => k / Math.sqrt(4 * k * k - 1));
  return { nodes: nodes.map((node) => (node + 1) / 2), weights };
}

function ruleOf(count: number, beside: (k: number) => number): Rule {
  const matrix = new Float64Array(count * count);
  for (let k = 1; k < count; k++) matrix[k * count + k - 1] = matrix[(k - 1) * count + k] = beside(k);
  const { values, vectors } = eigen(matrix);
  const nodes = values.map((node, i) => (node - values[count - 1 - i]) / 2);
  const weights = Float64Array.from(
    vectors,
    (vector, i) => (vector[0] ** 2 + vectors[count - 1 - i][0] ** 2) / 2,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { nodes, weights: weights.map((weight) => weight / total) };
}
