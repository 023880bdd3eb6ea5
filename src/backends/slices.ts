/**
 * The data as a thread gets them. Where memory can be shared all threads read the same, and what is stored is read by
 * each for itself. Else a thread gets an array of the whole length in which the values of its own situations stand:
 * what nobody writes to takes no memory, so that all threads together hold the data once more.
 */
import { held } from "../data/column.ts";
import { sourceColumn } from "../data/sourceColumn.ts";
import { type Held, single } from "../data/stored.ts";
import { columnNames, type Program, type Source, type SourceColumn, shapeOf } from "../program/core.ts";
import { cleanColumns, knownClean } from "./looking.ts";
import { canShare, withShared } from "./sharing.ts";

interface Slice {
  readonly addressing: SourceColumn["addressing"];
  readonly numbers: Held;
  /** The memory behind them that was made for the thread. */
  readonly own: Float64Array | Float32Array | null;
}

export interface SlicedSource {
  readonly shape: Omit<Source, "column">;
  readonly columns: readonly (readonly [name: string, slice: Slice])[];
  /** Columns all of whose values are known to be finite, so that they need not be looked at again. */
  readonly clean: readonly string[];
}

/** What the program reads: of the situations from `first` up to `last` where it cannot be shared. */
export function sliced(program: Program, source: Source, first: number, last: number): SlicedSource {
  const shape = shapeOf(source, program.draws !== null);
  const names = columnNames(program);
  const part = canShare() ? shared : slice;
  return {
    shape: canShare() ? withShared(shape) : shape,
    columns: names.map((name) => [name, part(source.column(name)!, source, first, last)]),
    clean: cleanColumns(source, names),
  };
}

/** Memory that can be handed over, since it was made for the thread. */
export const handedOver = ({ columns }: SlicedSource): ArrayBuffer[] =>
  columns.flatMap(([, { own }]) => (own ? [own.buffer as ArrayBuffer] : []));

const shared = (column: SourceColumn): Slice => ({
  addressing: column.addressing,
  numbers: withShared(held(column)),
  own: null,
});

function slice(column: SourceColumn, { start }: Source, first: number, last: number): Slice {
  const { addressing } = column;
  const numbers = held(column);
  const array = numbers instanceof Float64Array ? numbers : numbers.kind === "single" ? numbers.values : null;
  if (!array) return { addressing, numbers, own: null };
  const [from, to] = addressing === "situation" ? [first, last] : [start[first], start[last]];
  const own = array instanceof Float64Array ? new Float64Array(array.length) : new Float32Array(array.length);
  own.set(array.subarray(from, to), from);
  return { addressing, own, numbers: own instanceof Float64Array ? own : single(own) };
}

/** The source again, on the other side. */
export function unsliced({ shape, columns, clean }: SlicedSource): Source {
  const whole = new Map(
    columns.map(([name, { numbers, addressing }]) => [name, sourceColumn(numbers, addressing)]),
  );
  const source = { ...shape, column: (name: string) => whole.get(name) ?? null };
  knownClean(source, clean);
  return source;
}
