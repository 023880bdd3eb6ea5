/**
 * A table as CSV: RFC 4180, numbers with all their digits, a missing value as nothing between the commas
 * and an empty label as two quotes, so that what is read back is what was written.
 */
import { cell, type Table } from "../data/table.ts";

/** The table with a header line. Title and notes have no place in CSV. */
export function csv(table: Table): string {
  const columns = [...table.columns.values()];
  const lines = [table.names.map(quote).join(",")];
  for (let row = 0; row < table.rows; row++)
    lines.push(columns.map((column) => field(cell(column, row))).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

const field = (value: number | string | null): string =>
  typeof value === "string" ? quote(value) : value === null ? "" : String(value);

const quote = (text: string): string =>
  text === "" || /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
