/** Σ_i s_i s_iᵀ over rows that arrive in blocks: the upper triangle is summed, the matrix mirrored at the end. */
export interface OuterProducts {
  /** Adds rows × K numbers, row by row. */
  add(block: Float64Array): void;
  /** The K × K sum so far. */
  matrix(): Float64Array;
}

export function outerProducts(size: number): OuterProducts {
  const sum = new Float64Array(size * size);
  return {
    add(block) {
      for (let from = 0; from < block.length; from += size) addRow(sum, block, from, size);
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
