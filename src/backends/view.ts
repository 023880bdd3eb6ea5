/** A look into a column: values in place where they can be, so that nothing is copied to be read. */
export interface View {
  /** Value i is `values[offset + i * step]`. */
  readonly values: Float64Array;
  readonly offset: number;
  readonly step: number;
  readonly count: number;
  /** Whether the values are those of this look alone, and not a column that is there for all of them. */
  readonly isPassing?: boolean;
}

export const plain = (values: Float64Array): View => ({ values, offset: 0, step: 1, count: values.length });

/** The values side by side: the column's own memory where they are so already. */
export function dense({ values, offset, step, count }: View): Float64Array {
  if (step === 1) return values.subarray(offset, offset + count);
  const out = new Float64Array(count);
  for (let i = 0, at = offset; i < count; i++, at += step) out[i] = values[at];
  return out;
}
