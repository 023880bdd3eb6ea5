/**
 * A table: immutable typed columns of equal length. Data come in as tables and every result goes out as
 * one, so whatever can be read, printed, charted or saved, can be so in one way.
 */
import { Complaint, suggest } from "../complaint/index.ts";

/** Numbers; NaN is a missing value. */
export interface NumberColumn {
  readonly kind: "number";
  readonly values: Float64Array;
}

/** Labels: `levels[codes[row]]`; code −1 is a missing value. */
export interface TextColumn {
  readonly kind: "text";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type Column = NumberColumn | TextColumn;

/** How a result is shown; the numbers themselves stay whole. */
export interface Display {
  readonly title?: string;
  /** Sentences under the table: what was assumed, which covariance, how many people. */
  readonly notes?: readonly string[];
  /** Per column: decimal places (fixed), "p" for a p-value, "percent", "integer", "general" (six significant digits). */
  readonly formats?: Readonly<Record<string, Format>>;
}
export type Format = number | "p" | "percent" | "integer" | "general";

export class Table {
  readonly columns: ReadonlyMap<string, Column>;
  readonly rows: number;
  readonly display: Display;

  constructor(columns: ReadonlyMap<string, Column>, display: Display = {}) {
    this.columns = columns;
    this.display = display;
    this.rows = lengthOf(columns);
  }

  /** From plain arrays: numbers make number columns, strings text columns (null or undefined = missing). */
  static of(
    columns: Readonly<Record<string, ArrayLike<number> | readonly (string | null | undefined)[]>>,
    display: Display = {},
  ): Table {
    return new Table(
      new Map(Object.entries(columns).map(([name, values]) => [name, columnOf(values)])),
      display,
    );
  }

  get names(): readonly string[] {
    return [...this.columns.keys()];
  }

  /** The column of that name. Throws a Complaint that names the nearest one. */
  column(name: string): Column {
    const found = this.columns.get(name);
    if (!found) throw new Complaint(`there is no column ${name}`, { help: suggest(name, this.names) });
    return found;
  }
}

/** A cell as a value: a number, a label, or null where it is missing. */
export function cell(column: Column, row: number): number | string | null {
  if (column.kind === "number") return Number.isNaN(column.values[row]) ? null : column.values[row];
  return column.codes[row] < 0 ? null : column.levels[column.codes[row]];
}

function lengthOf(columns: ReadonlyMap<string, Column>): number {
  let rows = -1;
  for (const [name, column] of columns) {
    const length = column.kind === "number" ? column.values.length : column.codes.length;
    if (rows >= 0 && length !== rows) {
      throw new Complaint(`column ${name} has ${length} rows where the others have ${rows}`);
    }
    rows = length;
  }
  return Math.max(rows, 0);
}

/** A typed column from plain values: text as soon as one of them is a string. */
export function columnOf(values: ArrayLike<number> | readonly (string | null | undefined)[]): Column {
  const list = values as ArrayLike<unknown>;
  let isText = false;
  for (let i = 0; i < list.length && !isText; i++) isText = typeof list[i] === "string";
  return isText ? textColumn(list as ArrayLike<string | null | undefined>) : numberColumn(list);
}

function numberColumn(list: ArrayLike<unknown>): NumberColumn {
  if (list instanceof Float64Array) return { kind: "number", values: list };
  return {
    kind: "number",
    values: Float64Array.from(list, (value) => (value == null ? Number.NaN : Number(value))),
  };
}

function textColumn(list: ArrayLike<string | null | undefined>): TextColumn {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(list, (value) => {
    if (value == null) return -1;
    const known = codeOf.get(value);
    if (known !== undefined) return known;
    codeOf.set(value, codeOf.size);
    return codeOf.size - 1;
  });
  return { kind: "text", codes, levels: [...codeOf.keys()] };
}
