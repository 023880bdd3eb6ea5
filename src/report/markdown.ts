/** A table as Markdown, in the dialect of GitHub; the source is aligned, so that it also reads as text. */
import type { Table } from "../data/table.ts";
import { type TextColumn, textColumns, textRows } from "./cells.ts";

/** The table with its title above in bold and its notes beneath. */
export function markdown(table: Table): string {
  const columns = textColumns(table);
  const { title, notes = [] } = table.display;
  const head = columns.map((column) => escapeCell(column.name));
  const body = textRows(columns, escapeCell);
  const widths = columns.map((_, i) => Math.max(4, ...[head, ...body].map((row) => [...row[i]].length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, i) => pad(text, widths[i], columns[i])).join(" | ")} |`;
  return [
    ...(title ? [`**${escapeCell(title)}**`, ""] : []),
    line(head),
    line(columns.map((column, i) => rule(column, widths[i]))),
    ...body.map(line),
    ...notes.flatMap((note) => ["", escapeCell(note)]),
    "",
  ].join("\n");
}

const rule = ({ align }: TextColumn, width: number): string =>
  align === "right" ? `${"-".repeat(width - 1)}:` : "-".repeat(width);

function pad(text: string, width: number, { align }: TextColumn): string {
  const space = " ".repeat(width - [...text].length);
  return align === "right" ? space + text : text + space;
}

/** Characters that would end a cell or start a style. An underscore inside a name does neither. */
const escapeCell = (text: string): string =>
  text
    .replaceAll(/[\\|*`[\]~]|<(?=[\p{L}/!?])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replaceAll(/\s+/g, " ");
