/** The data in the order of persons: what a kernel that runs person by person reads as one stream. */
import { held, picked } from "../data/column.ts";
import { sourceColumn } from "../data/sourceColumn.ts";
import { isByPerson, type Program, type Source, type SourceColumn } from "../program/core.ts";

export interface People {
  /** The data with the situations of every person side by side. */
  readonly source: Source;
  /** First situation of every person there, and the end. */
  readonly first: Int32Array;
  /** Every person's number in the data, by which its draws are known. */
  readonly person: Int32Array;
  /** For every situation there its number in the data, or null where the order is the same. */
  readonly order: Int32Array | null;
}

/** Persons in order of first appearance; without persons, or with terms of its own, every situation is one. */
export function peopleOf(program: Program, source: Source): People {
  const { situations } = source;
  const person = isByPerson(program) ? source.person : null;
  if (!person) {
    const each = Int32Array.from({ length: situations + 1 }, (_, s) => s);
    return { source, first: each, person: each.subarray(0, situations), order: null };
  }
  const members = new Map<number, number[]>();
  for (let s = 0; s < situations; s++) {
    const known = members.get(person[s]);
    if (known) known.push(s);
    else members.set(person[s], [s]);
  }
  const first = new Int32Array(members.size + 1);
  let next = 0;
  [...members.values()].forEach((own, i) => {
    next += own.length;
    first[i + 1] = next;
  });
  const order = Int32Array.from([...members.values()].flat());
  const isSorted = order.every((s, i) => s === i);
  return {
    source: isSorted ? source : arranged(source, order),
    first,
    person: Int32Array.from(members.keys()),
    order: isSorted ? null : order,
  };
}

/** The same data with their situations in another order; one may be there more than once, or not at all. */
export function arranged(source: Source, order: Int32Array): Source {
  const { start } = source;
  const moved = new Int32Array(order.length + 1);
  for (const [i, s] of order.entries()) moved[i + 1] = moved[i] + start[s + 1] - start[s];
  const rows = new Int32Array(moved[order.length]);
  const shift = new Int32Array(order.length);
  for (const [i, s] of order.entries()) {
    shift[i] = moved[i] - start[s];
    for (let row = start[s]; row < start[s + 1]; row++) rows[row + shift[i]] = row;
  }
  const width = source.labels?.length ?? 0;
  const columns = new Map<string, SourceColumn | null>();
  return {
    ...{ situations: order.length, rows: rows.length, labels: source.labels, drawKeys: source.drawKeys },
    start: moved,
    rowOf:
      source.rowOf &&
      Int32Array.from({ length: order.length * width }, (_, at) => {
        const i = Math.floor(at / width);
        const row = source.rowOf![order[i] * width + (at % width)];
        return row < 0 ? row : row + shift[i];
      }),
    chosen: source.chosen && order.map((s, i) => source.chosen![s] + shift[i]),
    outcome: source.outcome && {
      kind: source.outcome.kind,
      columns: Object.fromEntries(
        Object.entries(source.outcome.columns).map(([name, values]) => [
          name,
          Float64Array.from(rows, (row) => values[row]),
        ]),
      ),
    },
    weight: source.weight && Float64Array.from(order, (s) => source.weight![s]),
    person: source.person && order.map((s) => source.person![s]),
    column(name) {
      if (!columns.has(name)) columns.set(name, rearranged(source.column(name), order, rows));
      return columns.get(name)!;
    },
  };
}

function rearranged(column: SourceColumn | null, order: Int32Array, rows: Int32Array): SourceColumn | null {
  if (!column) return null;
  const places = column.addressing === "situation" ? order : rows;
  return sourceColumn(picked(held(column), places), column.addressing);
}
