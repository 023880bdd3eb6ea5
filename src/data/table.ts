/**
 * A table: immutable typed columns of equal length. Data come in as tables and every result goes out as
 * one, so whatever can be read, printed, charted or saved, can be so in one way.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { type Column, columnOf, type Display, gather, lengthOf, numbers } from "./column.ts";
import { evaluateOver, heldOver } from "./rowwise.ts";
import { eachBlock, type Held } from "./stored.ts";
import { textOf } from "./text.ts";

export {
  type Column,
  cell,
  columnOf,
  type Display,
  type Format,
  type NumberColumn,
  type TextColumn,
} from "./column.ts";

export class Table {
  readonly columns: ReadonlyMap<string, Column>;
  readonly rows: number;
  readonly display: Display;
  /** The line of the file each row stands on, where that is not simply row + 2 (the header is line 1). */
  readonly lines: Int32Array | null;

  constructor(columns: ReadonlyMap<string, Column>, display: Display = {}, lines: Int32Array | null = null) {
    this.columns = columns;
    this.display = display;
    this.rows = commonLength(columns);
    this.lines = lines;
  }

  /** From plain arrays: numbers make number columns, strings text columns (null or undefined = missing). */
  static of(
    columns: Readonly<Record<string, ArrayLike<number> | readonly (string | number | null | undefined)[]>>,
    display: Display = {},
  ): Table {
    const entries = Object.entries(columns).map(([name, values]) => [name, columnOf(values)] as const);
    return new Table(new Map(entries), display);
  }

  /** From one object a row: the columns are the keys of all of them, in order of first appearance. */
  static from(
    records: readonly Readonly<Record<string, string | number | null | undefined>>[],
    display: Display = {},
  ): Table {
    const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
    const columns = names.map((name) => [name, columnOf(records.map((record) => record[name]))] as const);
    return new Table(new Map(columns), display);
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

  /** The line of the file that a row stands on; the header is line 1. */
  line(row: number): number {
    return this.lines ? this.lines[row] : row + 2;
  }

  /**
   * The value of an expression in every row, for example "cost / 100 + (season == 1)".
   * A text that is exactly a column's name is that column.
   */
  evaluate(expression: string): Float64Array {
    return evaluateOver(this.columns, this.rows, expression);
  }

  /** The rows for which the expression is neither 0 nor missing, for example "age >= 18 and region == \"north\"". */
  filter(expression: string): Table {
    const rows = rowsWhere(heldOver(this.columns, this.rows, expression));
    return rows.length === this.rows ? this : this.at(rows);
  }

  /** The rows of these numbers, in this order. */
  at(rows: Int32Array): Table {
    const columns = new Map<string, Column>();
    for (const [name, column] of this.columns) columns.set(name, gather(column, rows));
    return new Table(
      columns,
      this.display,
      Int32Array.from(rows, (row) => this.line(row)),
    );
  }

  /** The table with columns added or replaced; each expression may use those before it. */
  derive(expressions: Readonly<Record<string, string>>): Table {
    const columns = new Map(this.columns);
    for (const [name, expression] of Object.entries(expressions)) {
      if (name === "") throw new Complaint("a derived column has no name", { value: expression });
      const copied = columns.get(expression);
      columns.set(name, copied ?? numbers(heldOver(columns, this.rows, expression)));
    }
    return new Table(columns, this.display, this.lines);
  }

  /** The columns of these names, in this order. Throws a Complaint that names the nearest one. */
  select(names: readonly string[]): Table {
    return new Table(new Map(names.map((name) => [name, this.column(name)])), this.display, this.lines);
  }

  /** The same numbers shown otherwise: title, notes, formats. */
  displayed(display: Display): Table {
    return new Table(this.columns, { ...this.display, ...display }, this.lines);
  }

  toString(): string {
    return textOf(this.columns, this.rows, this.display);
  }
}

function rowsWhere(keep: Held): Int32Array {
  const rows = new Int32Array(keep.length);
  let count = 0;
  eachBlock(keep, (values, from) => {
    for (let i = 0; i < values.length; i++) if (isTrue(values[i])) rows[count++] = from + i;
  });
  return rows.slice(0, count);
}

const isTrue = (value: number): boolean => value !== 0 && !Number.isNaN(value);

function commonLength(columns: ReadonlyMap<string, Column>): number {
  let rows = -1;
  for (const [name, column] of columns) {
    const length = lengthOf(column);
    if (rows >= 0 && length !== rows)
      throw new Complaint(`column ${name} has ${length} rows where the others have ${rows}`);
    rows = length;
  }
  return Math.max(rows, 0);
}
