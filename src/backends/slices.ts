/**
 * The data as a thread gets them: whole as to their shape, with the values of its own situations only. A large
 * array that nobody writes to takes no memory, so that all threads together hold the data once.
 */
import { type Expr, topological } from "../expr/index.ts";
import type { Program, Source, SourceColumn } from "../program/index.ts";

/** Values of a column from `from` on, of so many in all. */
interface Slice {
  readonly addressing: SourceColumn["addressing"];
  readonly length: number;
  readonly from: number;
  readonly values: Float64Array;
}

export interface SlicedSource {
  readonly shape: Omit<Source, "column">;
  readonly columns: readonly (readonly [name: string, slice: Slice])[];
}

/** What the program reads of the situations from `first` up to `last`. */
export function sliced(program: Program, source: Source, first: number, last: number): SlicedSource {
  const { situations, rows, start, labels, rowOf, chosen, outcome, weight, person, drawKeys } = source;
  return {
    shape: { situations, rows, start, labels, rowOf, chosen, outcome, weight, person, drawKeys },
    columns: columnsOf(program).map((name) => [name, slice(source.column(name)!, source, first, last)]),
  };
}

function slice({ values, addressing }: SourceColumn, { start }: Source, first: number, last: number): Slice {
  const [from, to] = addressing === "situation" ? [first, last] : [start[first], start[last]];
  return { addressing, length: values.length, from, values: values.slice(from, to) };
}

/** The source again, on the other side. */
export function unsliced({ shape, columns }: SlicedSource): Source {
  const whole = new Map(
    columns.map(([name, { addressing, length, from, values }]) => {
      const all = new Float64Array(length);
      all.set(values, from);
      return [name, { values: all, addressing }] as const;
    }),
  );
  return { ...shape, column: (name) => whole.get(name) ?? null };
}

function columnsOf({ classes }: Program): string[] {
  const roots = classes.flatMap(({ logWeight, utilities, term }): Expr[] => [
    ...(logWeight ? [logWeight] : []),
    ...utilities,
    term,
  ]);
  const names = topological(roots).flatMap((node) => (node.op === "data" ? [node.name] : []));
  return [...new Set(names)];
}
