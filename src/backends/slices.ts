/**
 * The data as a thread gets them: whole as to their shape, with the values of its own situations only. Columns in
 * shared memory go as they are. Of others the thread gets an array of the whole length in which its own values
 * stand: what nobody writes to takes no memory, so that all threads together hold the data once more.
 */
import { columnNames, type Program, type Source, type SourceColumn, shapeOf } from "../program/index.ts";

export interface SlicedSource {
  readonly shape: Omit<Source, "column">;
  readonly columns: readonly (readonly [name: string, column: SourceColumn])[];
}

/** What the program reads of the situations from `first` up to `last`. */
export function sliced(program: Program, source: Source, first: number, last: number): SlicedSource {
  return {
    shape: shapeOf(source, program.draws !== null),
    columns: columnNames(program).map((name) => [name, slice(source.column(name)!, source, first, last)]),
  };
}

/** Memory that can be handed over, since it was made for the thread. */
export const handedOver = ({ columns }: SlicedSource): ArrayBuffer[] =>
  columns.flatMap(([, { values }]) => (isShared(values) ? [] : [values.buffer as ArrayBuffer]));

const isShared = ({ buffer }: Float64Array): boolean =>
  typeof SharedArrayBuffer === "function" && (buffer as unknown) instanceof SharedArrayBuffer;

function slice(column: SourceColumn, { start }: Source, first: number, last: number): SourceColumn {
  const { values, addressing } = column;
  if (isShared(values)) return column;
  const [from, to] = addressing === "situation" ? [first, last] : [start[first], start[last]];
  const own = new Float64Array(values.length);
  own.set(values.subarray(from, to), from);
  return { addressing, values: own };
}

/** The source again, on the other side. */
export function unsliced({ shape, columns }: SlicedSource): Source {
  const whole = new Map(columns);
  return { ...shape, column: (name) => whole.get(name) ?? null };
}
