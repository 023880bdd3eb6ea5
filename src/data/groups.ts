/**
 * Rows that share an id, numbered by first appearance. Ids are numbers or labels, in one column or several,
 * and never become text unless someone asks for it. Sorted numbers need no look-up at all.
 */
import { type Column, cell } from "./column.ts";
import { type Numbered, numberedAs, rounds, runs } from "./patterns.ts";
import { eachBlock, type Held, type Stored } from "./stored.ts";

export interface Groups {
  /** Row → group. */
  readonly of: Int32Array;
  readonly count: number;
  /** Group → its first row. */
  readonly first: Int32Array;
  /** The id as written. */
  readonly text: (group: number) => string;
}

/** Groups as `groupBy` finds them. */
export type Grouped = Groups & Numbered;

/** The rows grouped by the ids in the columns together. No id may be missing. */
export function groupBy(columns: readonly Column[]): Grouped {
  const [head, ...tail] = columns;
  const groups = tail.reduce((known, column) => crossed(known, numbered(column)), numbered(head));
  const text = (group: number): string =>
    columns.map((column) => String(cell(column, groups.first[group]))).join(" / ");
  return Object.assign(groups, { text });
}

function numbered(column: Column): Numbered {
  if (column.kind === "number" && column.stored) return byBlock(column.stored);
  const ids = column.kind === "number" ? column.values : column.codes;
  const pattern = runs(ids) ?? rounds(ids);
  if (pattern) return pattern;
  return column.kind === "number" ? byNumber(column.values) : byCode(column.codes, column.levels.length);
}

/** Groups of the pairs: the number of the one and of the other as one number. */
function crossed(a: Numbered, b: Numbered): Numbered {
  const pairs = new Float64Array(a.of.length);
  for (let row = 0; row < pairs.length; row++) pairs[row] = a.of[row] * b.count + b.of[row];
  return runs(pairs) ?? byNumber(pairs);
}

function byCode(codes: Int32Array, levels: number): Numbered {
  const group = new Int32Array(levels).fill(-1);
  const of = new Int32Array(codes.length);
  const first: number[] = [];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    if (group[code] < 0) group[code] = first.push(row) - 1;
    of[row] = group[code];
  }
  return numberedAs(of, Int32Array.from(first));
}

/** Whole numbers from 0 up to here are found in a table. */
const few = 4096;
const isFew = (value: number): boolean => (value | 0) === value && value >= 0 && value < few;

/**
 * A number above all before is new; only one that is neither new nor small makes a look-up necessary. What the loop
 * carries on is whole numbers, since others would be boxed until the engine has compiled it.
 */
function byNumber(values: Float64Array): Numbered {
  const of = new Int32Array(values.length);
  const first = new Int32Array(values.length);
  const small = new Int32Array(few).fill(-1);
  let large: Map<number, number> | null = null;
  let count = 0;
  let top = 0;
  for (let row = 0; row < values.length; row++) {
    if (row > 0 && values[row] === values[row - 1]) {
      of[row] = of[row - 1];
      continue;
    }
    const value = values[row];
    let group = count;
    if (row > 0 && !(value > values[top])) {
      if (!isFew(value)) large ??= numbersOf(values, first.subarray(0, count));
      group = (isFew(value) ? small[value] : large!.get(value)) ?? -1;
      if (group < 0) group = count;
    } else top = row;
    if (group === count) {
      first[count++] = row;
      if (isFew(value)) small[value] = group;
      else large?.set(value, group);
    }
    of[row] = group;
  }
  return numberedAs(of, first.slice(0, count));
}

const numbersOf = (values: Float64Array, first: Int32Array): Map<number, number> =>
  new Map(Array.from(first, (row, group) => [values[row], group]));

/** A block at a time: the groups of a block are those before, or new ones. */
function byBlock(ids: Stored): Numbered {
  const of = new Int32Array(ids.length);
  const [first, distinct]: [number[], number[]] = [[], []];
  let known: Map<number, number> | null = null;
  let top = Number.NEGATIVE_INFINITY;
  eachBlock(ids, (values, from) => {
    const own = byNumber(values);
    const groups = new Int32Array(own.count);
    // Local, since what a closure changes is boxed anew each time.
    let most = top;
    for (let i = 0; i < own.count; i++) {
      const value = values[own.first[i]];
      if (value <= most) known ??= new Map(distinct.map((each, group) => [each, group]));
      groups[i] = (value > most ? undefined : known!.get(value)) ?? first.length;
      if (groups[i] < first.length) continue;
      first.push(from + own.first[i]);
      distinct.push(value);
      known?.set(value, groups[i]);
      if (value > most) most = value;
    }
    top = most;
    for (let i = 0; i < values.length; i++) of[from + i] = groups[own.of[i]];
  });
  return numberedAs(of, Int32Array.from(first));
}

/** Whether any row differs from the first of its group: whole groups lie side by side from their starts on. */
export const differsWithin = (numbers: Held, start: Int32Array): boolean => firstOther(numbers, start) >= 0;

/** The place of the first row that differs from the first of its group, or −1. Two missing values are equal. */
export function firstOther(numbers: Held, start: Int32Array): number {
  if (numbers instanceof Float64Array) return firstDifference(numbers, start, null);
  let [group, expected, found] = [-1, Number.NaN, -1];
  eachBlock(numbers, (values, from) => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (from + i === start[group + 1]) {
        while (from + i === start[group + 1]) group++;
        expected = value;
      } else if (value !== expected && !(Number.isNaN(value) && Number.isNaN(expected))) {
        found = from + i;
        return true;
      }
    }
    return false;
  });
  return found;
}

/** The same of numbers that lie otherwise: `origin` says where each is. */
export function firstDifference(
  values: ArrayLike<number>,
  start: Int32Array,
  origin: Int32Array | null,
): number {
  for (let group = 0; group + 1 < start.length; group++) {
    const end = start[group + 1];
    const expected = values[origin ? origin[start[group]] : start[group]];
    for (let row = start[group] + 1; row < end; row++) {
      const value = values[origin ? origin[row] : row];
      if (value !== expected && !(Number.isNaN(value) && Number.isNaN(expected))) return row;
    }
  }
  return -1;
}
