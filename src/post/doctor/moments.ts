/** Lengths and cosines of columns that lie row by row. */
import { outerProducts } from "../../math/outerProducts.ts";

/** √ Σ x² of each of the K columns. */
export function normsOf(rows: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let at = 0; at < rows.length; at++) sums[at % size] += rows[at] * rows[at];
  return sums.map(Math.sqrt);
}

/** K × K cosines between the columns; 0 for columns of zeros. */
export function crossProducts(rows: Float64Array, norms: Float64Array): Float64Array {
  const size = norms.length;
  const sums = outerProducts(size);
  sums.add(rows);
  return sums.matrix().map((value, at) => {
    const unit = norms[Math.floor(at / size)] * norms[at % size];
    return unit > 0 ? value / unit : 0;
  });
}
