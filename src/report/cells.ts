/** A table as text, column by column: what every written form of a table starts from. */
import { formatCell } from "../data/format.ts";
import { cell, type Table } from "../data/table.ts";

export interface TextColumn {
  readonly name: string;
  /** Numbers stand right, so that their digits stand under each other. */
  readonly align: "left" | "right";
  readonly cells: readonly string[];
  /** Whether the cell is a number, whose sign and exponent may be dressed. */
  readonly isNumber: boolean;
}

export function textColumns(table: Table): TextColumn[] {
  return [...table.columns].map(([name, column]) => {
    const isNumber = column.kind === "number" || (table.display.figures?.includes(name) ?? false);
    const format = table.display.formats?.[name];
    const cells = Array.from({ length: table.rows }, (_, row) => formatCell(cell(column, row), format));
    return { name, align: isNumber ? "right" : "left", cells, isNumber };
  });
}

/** The rows of text columns, dressed cell by cell. */
export function textRows(
  columns: readonly TextColumn[],
  dress: (text: string, column: TextColumn) => string,
): string[][] {
  const rows = columns[0]?.cells.length ?? 0;
  return Array.from({ length: rows }, (_, row) => columns.map((column) => dress(column.cells[row], column)));
}

export interface NumberParts {
  /** "(" of a number that stands beneath another. */
  readonly open: string;
  readonly sign: string;
  readonly digits: string;
  readonly power: string;
  readonly close: string;
  readonly stars: string;
}

/** A number as it is written: brackets, sign, digits, power of ten, stars. Null where it is not one, as in `<0.001`. */
export function numberParts(text: string): NumberParts | null {
  const match = /^(\(?)(-?)(\d+(?:\.\d+)?%?|inf)(?:e(-?\d+))?(\)?)(\**)$/.exec(text);
  if (!match) return null;
  const [, open, sign, digits, power = "", close, stars] = match;
  return { open, sign, digits, power, close, stars };
}
