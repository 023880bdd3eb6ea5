/** Memory for views that are used up before the next is asked for, or that are kept. */
import type { SourceColumn } from "../data/sourceColumn.ts";
import { read, type Stored } from "../data/stored.ts";
import type { Expr } from "../expr/index.ts";
import { plain, type View } from "./view.ts";

export interface Room {
  /** So many numbers for a leaf, whatever was in them. */
  numbers(leaf: Expr, count: number): Float64Array;
  /** A column's numbers from `from` up to `to`. */
  block(stored: Stored, from: number, to: number): Float64Array;
}

/** New memory for each. */
export const fresh: Room = {
  numbers: (_, count) => new Float64Array(count),
  block: (stored, from, to) => filled(stored, from, new Float64Array(to - from)),
};

function filled(stored: Stored, from: number, values: Float64Array): Float64Array {
  read(stored, from, values);
  return values;
}

/** The same memory again and again, as long as no count is larger. A block that is asked for again is not read again. */
export function sameRoom(): Room {
  const known = new Map<Expr | Stored, Float64Array>();
  const blocks = new Map<Stored, { from: number; values: Float64Array }>();
  const roomOf = (key: Expr | Stored, count: number): Float64Array => {
    const found = known.get(key);
    if (found && found.length >= count) return found.subarray(0, count);
    const made = new Float64Array(count);
    known.set(key, made);
    return made;
  };
  return {
    numbers: roomOf,
    block(stored, from, to) {
      const last = blocks.get(stored);
      if (last && last.from === from && last.values.length === to - from) return last.values;
      const values = filled(stored, from, roomOf(stored, to - from));
      blocks.set(stored, { from, values });
      return values;
    },
  };
}

/** A look at a column from `from` up to `to`: in place where it is in memory. */
export function lookAt(column: SourceColumn, from: number, to: number, room: Room): View {
  const { stored } = column;
  if (!stored) return { values: column.values, offset: from, step: 1, count: to - from };
  return { ...plain(room.block(stored, from, to)), isPassing: true };
}
