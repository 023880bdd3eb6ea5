/** What charts take out of a table: rows as plain records, and columns of one kind. */
import { Complaint } from "../complaint/index.ts";
import { cell, type Table } from "../data/table.ts";

export type Row = { readonly [column: string]: number | string | null };

/** Every row with the columns named; a missing or infinite number is null, as in JSON. */
export function rowsOf(table: Table, names: readonly string[]): Row[] {
  const columns = names.map((name) => table.column(name));
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(names.map((name, i) => [name, finite(cell(columns[i], row))])),
  );
}

const finite = (value: number | string | null): number | string | null =>
  typeof value === "number" && !Number.isFinite(value) ? null : value;

/** The numbers of a column, missing ones NaN. Throws a Complaint where it holds text. */
export function numbersOf(table: Table, name: string): Float64Array {
  const column = table.column(name);
  if (column.kind === "number") return column.values;
  throw new Complaint(`column ${name} holds text where the chart needs numbers`, { value: column.levels[0] });
}

/** The labels of a column as text, whatever its kind. */
export function labelsOf(table: Table, name: string): string[] {
  const column = table.column(name);
  return Array.from({ length: table.rows }, (_, row) => String(cell(column, row) ?? ""));
}

/** A probability, brought back between 0 and 1: the ends of symmetric intervals may lie beyond. */
export const inRange = (value: number): number | null =>
  Number.isNaN(value) ? null : Math.min(Math.max(value, 0), 1);

/** Of these columns, those that the table has. */
export const present = (table: Table, ...names: string[]): string[] =>
  names.filter((name) => table.columns.has(name));

export const distinct = (labels: readonly string[]): string[] => [...new Set(labels)];
