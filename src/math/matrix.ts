/**
 * Dense linear algebra, and the only door to ml-matrix. Symmetric matrices are K × K, row by row, in one
 * Float64Array; what is not exactly symmetric (by rounding) is averaged over its two triangles first.
 *
 * Everything is solved with unit diagonal and scaled back, because coefficients of income in dollars and
 * of a 0/1 column stand in one matrix.
 */
import { CholeskyDecomposition, EigenvalueDecomposition, Matrix } from "ml-matrix";

/** A symmetric positive definite matrix, factored: A = S L Lᵀ S with a unit diagonal inside. */
export interface Factor {
  /** A⁻¹ v. */
  solve(vector: Float64Array): Float64Array;
  /** A⁻¹, K × K, exactly symmetric. */
  inverse(): Float64Array;
  /** Smallest pivot of the unit-diagonal matrix, in (0, 1]: what the least distinguishable row keeps of its own. */
  readonly pivot: number;
}

/** Eigenvalues in ascending order; `vectors[i]` has length 1 and belongs to `values[i]`. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/** The Cholesky factor, or null where the matrix is not positive definite (or not finite). */
export function factor(matrix: Float64Array): Factor | null {
  const size = order(matrix);
  const scale = Float64Array.from({ length: size }, (_, k) => 1 / Math.sqrt(matrix[k * size + k]));
  if (!scale.every((s) => s > 0 && Number.isFinite(s)) || !matrix.every(Number.isFinite)) return null;
  const cholesky = new CholeskyDecomposition(wrap(symmetric(scaled(matrix, scale)), size));
  if (!cholesky.isPositiveDefinite()) return null;
  const root = cholesky.lowerTriangularMatrix;
  const pivot = scale.reduce((least, _, k) => Math.min(least, root.get(k, k) ** 2), 1);
  return {
    pivot,
    solve: (vector) => {
      const right = Matrix.columnVector(vector.map((v, k) => v * scale[k]));
      return Float64Array.from(cholesky.solve(right).getColumn(0), (v, k) => v * scale[k]);
    },
    inverse: () => scaled(symmetric(flat(cholesky.solve(Matrix.eye(size)))), scale),
  };
}

/** Whether the matrix is positive definite, to rounding. */
export const isPositiveDefinite = (matrix: Float64Array): boolean => factor(matrix) !== null;

/** The inverse of a symmetric positive definite matrix, or null where it is not one. */
export const inverse = (matrix: Float64Array): Float64Array | null => factor(matrix)?.inverse() ?? null;

/** Eigenvalues (ascending) and eigenvectors of a symmetric matrix. */
export function eigen(matrix: Float64Array): Eigen {
  const size = order(matrix);
  if (size === 0) return { values: new Float64Array(0), vectors: [] };
  const given = wrap(withoutDust(symmetric(matrix)), size);
  const found = new EigenvalueDecomposition(given, { assumeSymmetric: true });
  const rank = found.realEigenvalues.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  return {
    values: Float64Array.from(rank, ({ value }) => value),
    vectors: rank.map(({ i }) => Float64Array.from(found.eigenvectorMatrix.getColumn(i))),
  };
}

/** Entries whose squares beside the largest one's underflow send ml-matrix 6.15 beyond its arrays: they are 0 here. */
function withoutDust(matrix: Float64Array): Float64Array {
  const dust = 1e-150 * matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return matrix.map((value) => (Math.abs(value) < dust ? 0 : value));
}

/** uᵀ v. */
export function dot(u: ArrayLike<number>, v: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < u.length; k++) sum += u[k] * v[k];
  return sum;
}

/** ‖v‖. */
export const length = (v: ArrayLike<number>): number => Math.sqrt(dot(v, v));

/** A v, for a matrix of any number of rows, row by row, with as many columns as v is long. */
export function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const columns = vector.length;
  const out = new Float64Array(columns === 0 ? 0 : matrix.length / columns);
  for (let i = 0; i < out.length; i++) out[i] = dot(matrix.subarray(i * columns, (i + 1) * columns), vector);
  return out;
}

/** uᵀ A v. */
export const quadratic = (u: Float64Array, matrix: Float64Array, v: Float64Array = u): number =>
  dot(u, times(matrix, v));

/** J A Jᵀ for a J of any number of rows: the covariance of J x where A is that of x. M × M, symmetric. */
export function congruence(jacobian: Float64Array, matrix: Float64Array): Float64Array {
  const size = order(matrix);
  const J = wrap(jacobian, size);
  return symmetric(flat(J.mmul(wrap(matrix, size)).mmul(J.transpose())));
}

/** Both triangles set to their mean. */
export function symmetric(matrix: Float64Array): Float64Array {
  const size = order(matrix);
  const out = Float64Array.from(matrix);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++)
      out[i * size + j] = out[j * size + i] = (matrix[i * size + j] + matrix[j * size + i]) / 2;
  return out;
}

/** The rows and columns of the wanted indices only. */
export function submatrix(matrix: Float64Array, wanted: readonly number[]): Float64Array {
  const size = order(matrix);
  const out = new Float64Array(wanted.length ** 2);
  wanted.forEach((row, i) => {
    wanted.forEach((column, j) => {
      out[i * wanted.length + j] = matrix[row * size + column];
    });
  });
  return out;
}

/** K of a K × K matrix. */
export const order = (matrix: Float64Array): number => Math.round(Math.sqrt(matrix.length));

/** s_i A_ij s_j. */
export function scaled(matrix: Float64Array, scale: Float64Array): Float64Array {
  const size = scale.length;
  return matrix.map((value, at) => value * (scale[Math.floor(at / size)] * scale[at % size]));
}

const wrap = (values: Float64Array, columns: number): Matrix =>
  Matrix.from1DArray(values.length / Math.max(columns, 1), columns, values);
const flat = (matrix: Matrix): Float64Array => Float64Array.from(matrix.to1DArray());
