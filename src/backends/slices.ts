/**
 * The data as a thread gets them: whole as to their shape, with the values of its own situations only. Columns in
 * shared memory go as they are, and those that are stored go as what they are read from. Of others the thread gets an
 * array of the whole length in which its own values stand: what nobody writes to takes no memory, so that all threads
 * together hold the data once more.
 */
import { held } from "../data/column.ts";
import { sourceColumn } from "../data/sourceColumn.ts";
import { type Held, single } from "../data/stored.ts";
import { columnNames, type Program, type Source, type SourceColumn, shapeOf } from "../program/index.ts";

interface Slice {
  readonly addressing: SourceColumn["addressing"];
  readonly numbers: Held;
  /** The memory behind them that was made for the thread. */
  readonly own: Float64Array | Float32Array | null;
}

export interface SlicedSource {
  readonly shape: Omit<Source, "column">;
  readonly columns: readonly (readonly [name: string, slice: Slice])[];
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
  columns.flatMap(([, { own }]) => (own ? [own.buffer as ArrayBuffer] : []));

const isShared = ({ buffer }: Float64Array | Float32Array): boolean =>
  typeof SharedArrayBuffer === "function" && (buffer as unknown) instanceof SharedArrayBuffer;

function slice(column: SourceColumn, { start }: Source, first: number, last: number): Slice {
  const { addressing } = column;
  const numbers = held(column);
  const array = numbers instanceof Float64Array ? numbers : numbers.kind === "single" ? numbers.values : null;
  if (!array || isShared(array)) return { addressing, numbers, own: null };
  const [from, to] = addressing === "situation" ? [first, last] : [start[first], start[last]];
  const own = array instanceof Float64Array ? new Float64Array(array.length) : new Float32Array(array.length);
  own.set(array.subarray(from, to), from);
  return { addressing, own, numbers: own instanceof Float64Array ? own : single(own) };
}

/** The source again, on the other side. */
export function unsliced({ shape, columns }: SlicedSource): Source {
  const whole = new Map(
    columns.map(([name, { numbers, addressing }]) => [name, sourceColumn(numbers, addressing)]),
  );
  return { ...shape, column: (name) => whole.get(name) ?? null };
}
