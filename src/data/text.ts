/**
 * A table as characters for a terminal: aligned columns, numbers to the right, wide tables in blocks that
 * repeat the columns that name the row, long ones with their middle left out and counted.
 */
import { type Column, cell, type Display, type Format } from "./column.ts";
import { formatCell } from "./format.ts";

const width = 80;
const longest = 60;
const shownAtEnds = { first: 20, last: 5 };
const widestCell = 64;
const gap = "  ";

interface Block {
  readonly header: string;
  readonly cells: readonly string[];
  readonly size: number;
  readonly right: boolean;
}

/** The whole table as text, without a newline at its end. */
export function textOf(columns: ReadonlyMap<string, Column>, rows: number, display: Display = {}): string {
  const shown = rows > longest ? ends(rows) : Array.from({ length: rows }, (_, row) => row);
  const all = [...columns].map(([name, column]) =>
    display.figures?.includes(name)
      ? figures(name, column, shown)
      : block(name, column, shown, display.formats?.[name]),
  );
  const parts = wrapped(all, display.keys ?? 1).map((blocks) => lines(blocks, rows - shown.length));
  return [
    ...(display.title ? [display.title, ""] : []),
    ...(all.length === 0 ? ["(no columns)"] : parts.flatMap((part, i) => (i > 0 ? ["", ...part] : part))),
    ...(rows === 0 && all.length > 0 ? ["(no rows)"] : []),
    ...(display.notes?.length ? ["", ...display.notes.flatMap(folded)] : []),
  ].join("\n");
}

function ends(rows: number): number[] {
  const { first, last } = shownAtEnds;
  return Array.from({ length: first + last }, (_, i) => (i < first ? i : rows - first - last + i));
}

function block(name: string, column: Column, rows: readonly number[], format: Format | undefined): Block {
  const cells = rows.map((row) => clipped(formatCell(cell(column, row), format)));
  const header = clipped(name);
  const size = Math.max(visible(header), ...cells.map(visible));
  return { header, cells, size, right: column.kind === "number" };
}

/** Stars and brackets hang to the right of where numbers end. */
function figures(name: string, column: Column, rows: readonly number[]): Block {
  const plain = block(name, column, rows, undefined);
  const hanging = plain.cells.map((text) => /[)\]*]*$/.exec(text)![0].length);
  const room = Math.max(0, ...hanging);
  const cells = plain.cells.map((text, i) => text + " ".repeat(room - hanging[i]));
  const size = Math.max(visible(plain.header), ...cells.map(visible));
  return { header: plain.header, cells, size, right: true };
}

/** Groups of columns that fit the width; those that name the row lead each of them, as many as leave room. */
function wrapped(all: readonly Block[], keys: number): Block[][] {
  const groups: Block[][] = [];
  let taken = -gap.length;
  const names = all.slice(0, keys).filter(({ size }) => (taken += size + gap.length) <= 0.6 * width);
  let room = -1;
  for (const [i, each] of all.entries()) {
    if (room < each.size + gap.length) {
      const lead = i >= keys ? [...names] : [];
      groups.push(lead);
      room = width + gap.length - lead.reduce((sum, { size }) => sum + size + gap.length, 0);
    }
    groups.at(-1)!.push(each);
    room -= each.size + gap.length;
  }
  return groups;
}

function lines(blocks: readonly Block[], hidden: number): string[] {
  const line = (text: (each: Block) => string): string =>
    blocks
      .map((each) => padded(text(each), each))
      .join(gap)
      .trimEnd();
  const count = blocks[0]?.cells.length ?? 0;
  const body = Array.from({ length: count }, (_, row) => line((each) => each.cells[row]));
  if (hidden > 0) body.splice(shownAtEnds.first, 0, `… ${hidden.toLocaleString("en")} more rows`);
  return [line((each) => each.header), line((each) => "─".repeat(each.size)), ...body];
}

function padded(text: string, { size, right }: Block): string {
  const space = " ".repeat(Math.max(0, size - visible(text)));
  return right ? space + text : text + space;
}

const visible = (text: string): number => [...text].length;

function clipped(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return visible(line) > widestCell ? `${[...line].slice(0, widestCell - 1).join("")}…` : line;
}

/** A note broken at spaces so that it fits the width. */
function folded(note: string): string[] {
  const folds: string[] = [];
  for (const word of note.split(" ")) {
    const last = folds.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      folds[folds.length - 1] = `${last} ${word}`;
    else folds.push(word);
  }
  return folds;
}
