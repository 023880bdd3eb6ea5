/** Σ_i s_i s_iᵀ over rows that arrive in blocks: the upper triangle is summed, the matrix mirrored at the end. */
export interface OuterProducts {
  /** Adds rows × K numbers, row by row. */
  add(block: Float64Array): void;
  /** Adds the same numbers given as K columns. */
  addColumns(columns: readonly Float64Array[]): void;
  /** The K × K sum so far. */
  matrix(): Float64Array;
}

export function outerProducts(size: number): OuterProducts {
  const sum = new Float64Array(size * size);
  return {
    add(block) {
      for (let from = 0; from < block.length; from += size) addRow(sum, block, from, size);
    },
    addColumns(columns) {
      for (let row = 0; row < size; row++) addProducts(sum, columns, row);
    },
    matrix() {
      return sum.map((_, at) => {
        const [row, column] = [Math.floor(at / size), at % size];
        return sum[Math.min(row, column) * size + Math.max(row, column)];
      });
    },
  };
}

function addRow(sum: Float64Array, block: Float64Array, from: number, size: number): void {
  for (let row = 0; row < size; row++) {
    const weight = block[from + row];
    if (weight === 0) continue;
    for (let column = row; column < size; column++) sum[row * size + column] += weight * block[from + column];
  }
}

/** One row of the sums, four columns at a time: their additions do not wait for each other. */
function addProducts(sum: Float64Array, columns: readonly Float64Array[], row: number): void {
  const size = columns.length;
  const own = columns[row];
  for (let first = row; first < size; first += 4) {
    const column = (next: number): Float64Array => columns[Math.min(first + next, size - 1)];
    const [a, b, c, d] = [column(0), column(1), column(2), column(3)];
    let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
    for (let i = 0; i < own.length; i++) {
      const weight = own[i];
      sumA += weight * a[i];
      sumB += weight * b[i];
      sumC += weight * c[i];
      sumD += weight * d[i];
    }
    const all = [sumA, sumB, sumC, sumD];
    for (let next = 0; next < Math.min(4, size - first); next++) sum[row * size + first + next] += all[next];
  }
}
