/**
 * The two kinds of column. Numbers are one Float64Array, or are stored otherwise (stored.ts); labels are small integers into a list of levels,
 * so that a million repeated words cost four bytes each. Nothing here knows about tables.
 */

import { blockOf, type Held, numberAt, type Stored, single, whole } from "./stored.ts";

/** Numbers; NaN is a missing value. */
export interface NumberColumn {
  readonly kind: "number";
  /** All of them; read or computed anew where they are stored otherwise. */
  readonly values: Float64Array;
  /** Numbers in single precision, in a file, or computed when they are read. */
  readonly stored?: Stored;
}

/** The numbers of a column, wherever they are. */
export const held = (column: { readonly values: Float64Array; readonly stored?: Stored }): Held =>
  column.stored ?? column.values;

/** A column of numbers, wherever they are. */
export const numbers = (from: Held): NumberColumn =>
  from instanceof Float64Array ? { kind: "number", values: from } : new StoredColumn(from);

/** The same column with all of its numbers in memory, for what looks at single rows of all of them. */
export const inMemory = (column: Column): Column =>
  column.kind === "number" ? { kind: "number", values: column.values } : column;

class StoredColumn implements NumberColumn {
  readonly kind = "number";
  readonly stored: Stored;

  constructor(stored: Stored) {
    this.stored = stored;
  }

  get values(): Float64Array {
    return whole(this.stored);
  }
}

/** Labels: `levels[codes[row]]`; code −1 is a missing value. */
export interface TextColumn {
  readonly kind: "text";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  /** What kept a column that is mostly numbers from being one: said when it is used as a number. */
  readonly mixed?: Mixed;
}

/** How many cells were numbers and how many words, and the first word with its line in the file. */
export interface Mixed {
  readonly numbers: number;
  readonly words: number;
  readonly word: string;
  readonly line: number;
}

export type Column = NumberColumn | TextColumn;

/** How a result is shown; the numbers themselves stay whole. */
export interface Display {
  readonly title?: string;
  /** Sentences under the table: what was assumed, which covariance, how many people. */
  readonly notes?: readonly string[];
  /** Per column: decimal places (fixed), "p" for a p-value, "percent", "integer", "general" (six significant digits),
   * "statistic" (whole numbers whole, else three or four decimals). */
  readonly formats?: Readonly<Record<string, Format>>;
  /** Text columns whose cells are written numbers, "-0.31**" and "(0.12)": they stand right, one point under the other. */
  readonly figures?: readonly string[];
  /** How many columns, from the first, name the row: where a wide table is broken they lead every part. Default 1. */
  readonly keys?: number;
}
export type Format = number | "p" | "percent" | "integer" | "general" | "statistic";

/** A cell as a value: a number, a label, or null where it is missing. */
export function cell(column: Column, row: number): number | string | null {
  if (column.kind === "number") {
    const value = numberAt(held(column), row);
    return Number.isNaN(value) ? null : value;
  }
  return column.codes[row] < 0 ? null : column.levels[column.codes[row]];
}

export const lengthOf = (column: Column): number =>
  column.kind === "number" ? held(column).length : column.codes.length;

/** The rows asked for, in that order. */
export function gather(column: Column, rows: Int32Array): Column {
  if (column.kind === "number") return numbers(picked(held(column), rows));
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]];
  return { ...column, codes };
}

export function gatherNumbers(values: Float64Array, rows: Int32Array): Float64Array {
  const gathered = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) gathered[i] = values[rows[i]];
  return gathered;
}

/** Rows of stored numbers that are few enough to be brought into memory. */
const few = 1 << 17;

/** The rows asked for, in that order, of numbers wherever they are. */
export function picked(from: Held, rows: Int32Array): Held {
  if (from instanceof Float64Array) return gatherNumbers(from, rows);
  if (from.kind === "single") return single(Float32Array.from(rows, (row) => from.values[row]));
  const stored: Stored = { kind: "picked", length: rows.length, of: from, rows };
  return rows.length > few ? stored : blockOf(stored, 0, rows.length);
}

/** A typed column from plain values: text as soon as one of them is a string; null or undefined is missing. */
export function columnOf(
  values: ArrayLike<number> | readonly (string | number | null | undefined)[],
): Column {
  const list = values as ArrayLike<unknown>;
  let isText = false;
  for (let i = 0; i < list.length && !isText; i++) isText = typeof list[i] === "string";
  return isText ? textColumn(list) : numberColumn(list);
}

function numberColumn(list: ArrayLike<unknown>): NumberColumn {
  if (list instanceof Float64Array) return numbers(list);
  if (list instanceof Float32Array) return numbers(single(list));
  return {
    kind: "number",
    values: Float64Array.from(list, (value) => (value == null ? Number.NaN : Number(value))),
  };
}

function textColumn(list: ArrayLike<unknown>): TextColumn {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(list, (value) => {
    if (value == null) return -1;
    const label = String(value);
    const known = codeOf.get(label);
    if (known !== undefined) return known;
    codeOf.set(label, codeOf.size);
    return codeOf.size - 1;
  });
  return { kind: "text", codes, levels: [...codeOf.keys()] };
}
