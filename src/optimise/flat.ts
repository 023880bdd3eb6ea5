/**
 * Directions along which a function does not curve: the null space of its curvature with unit diagonal,
 * turned so that each direction involves as few parameters as it can. Two independent flat pairs come out
 * as two pairs, not as two mixtures of four.
 */
import { eigen, length } from "../math/matrix.ts";

/** Eigenvalues of a matrix with unit diagonal below this are rounding of the sums that made it. */
const threshold = 1e-11;

export interface NullSpace {
  /** Each of length 1. */
  readonly directions: readonly Float64Array[];
  /** The smallest eigenvalue. */
  readonly least: number;
}

export function nullSpace(curvature: Float64Array): NullSpace {
  const { values, vectors } = eigen(curvature);
  const flat = vectors.filter((_, i) => Math.abs(values[i]) <= threshold);
  return { directions: sparse(flat), least: values[0] ?? Number.NaN };
}

/** Gauss–Jordan with complete pivoting over the rows; what is then rounding becomes 0. */
function sparse(basis: readonly Float64Array[]): Float64Array[] {
  const rows = basis.map((row) => Float64Array.from(row));
  const left = new Set(rows.keys());
  while (left.size > 0) {
    const { row, column } = largest(rows, left);
    const pivot = rows[row][column];
    rows[row] = rows[row].map((value) => value / pivot);
    rows.forEach((other, i) => {
      const factor = other[column];
      if (i !== row) rows[i] = other.map((value, k) => value - factor * rows[row][k]);
    });
    left.delete(row);
  }
  return rows.map((row) => normalised(row.map((value) => (Math.abs(value) < 1e-5 ? 0 : value))));
}

function largest(rows: readonly Float64Array[], left: ReadonlySet<number>): { row: number; column: number } {
  let best = { row: -1, column: -1, size: -1 };
  for (const row of left)
    rows[row].forEach((value, column) => {
      if (Math.abs(value) > best.size) best = { row, column, size: Math.abs(value) };
    });
  return best;
}

const normalised = (row: Float64Array): Float64Array => {
  const size = length(row);
  return row.map((value) => value / size);
};
