/**
 * Ids as they usually come: those of situations in runs, one above the other, and those of alternatives in rounds. Then
 * the group of a row is known without a number for each row, which for millions of rows is most of the time it takes.
 */
import { placeIn } from "./placeIn.ts";

/** Rows in groups, numbered by first appearance. */
export interface Numbered {
  /** Row → group. */
  readonly of: Int32Array;
  /** The group of one row. */
  readonly at: (row: number) => number;
  readonly count: number;
  /** Group → its first row. */
  readonly first: Int32Array;
  /** Whether groups lie side by side in their order, or come one by one, round after round; null for neither. */
  readonly pattern: "runs" | "rounds" | null;
}

export const numberedAs = (of: Int32Array, first: Int32Array): Numbered => ({
  ...{ of, first, count: first.length, pattern: null },
  at: (row) => of[row],
});

/** The groups of ids that never fall; null for others. */
export function runs(ids: ArrayLike<number>): Numbered | null {
  const first = new Int32Array(ids.length);
  let count = 0;
  for (let row = 0; row < ids.length; row++) {
    if (row > 0 && ids[row] === ids[row - 1]) continue;
    if (row > 0 && !(ids[row] > ids[row - 1])) return null;
    first[count++] = row;
  }
  return new Pattern("runs", ids.length, first.slice(0, count));
}

/** Rounds are not longer than this. */
const longest = 4096;

/** The groups of ids that come one by one, round after round; null for others. */
export function rounds(ids: ArrayLike<number>): Numbered | null {
  let count = 1;
  while (count < Math.min(ids.length, longest) && ids[count] !== ids[0]) count++;
  const head = Array.from({ length: count }, (_, row) => ids[row]);
  if (count >= ids.length || new Set(head).size < count) return null;
  for (let row = count; row < ids.length; row++) if (ids[row] !== ids[row - count]) return null;
  return new Pattern("rounds", ids.length, Int32Array.from(head.keys()));
}

class Pattern implements Numbered {
  readonly pattern: "runs" | "rounds";
  readonly count: number;
  readonly first: Int32Array;
  private readonly rows: number;
  private made: Int32Array | null = null;
  private last = 0;

  constructor(pattern: "runs" | "rounds", rows: number, first: Int32Array) {
    this.pattern = pattern;
    this.rows = rows;
    this.first = first;
    this.count = first.length;
  }

  get of(): Int32Array {
    this.made ??= Int32Array.from({ length: this.rows }, (_, row) => this.at(row));
    return this.made;
  }

  at = (row: number): number => (this.pattern === "rounds" ? row % this.count : this.run(row));

  /** Rows are mostly asked for one after the other. */
  private run(row: number): number {
    const { first, count } = this;
    const end = (group: number): number => (group + 1 < count ? first[group + 1] : this.rows);
    if (row >= end(this.last) && this.last + 1 < count) this.last++;
    if (row < first[this.last] || row >= end(this.last))
      this.last = placeIn(count, (group) => first[group], row);
    return this.last;
  }
}
