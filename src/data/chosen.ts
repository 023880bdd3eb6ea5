/**
 * Which row was chosen in each situation of the long layout. The choice is 1 in the row of the chosen
 * alternative (a column or an expression), or names the chosen alternative in every row.
 */
import * as check from "./check.ts";
import { type Column, cell, gather, held, inMemory, type NumberColumn, type TextColumn } from "./column.ts";
import type { Grouped } from "./groups.ts";
import { heldOver } from "./rowwise.ts";
import { eachBlock, type Held } from "./stored.ts";
import type { Table } from "./table.ts";

/** The arrangement of the rows so far. */
export interface Arranged {
  readonly table: Table;
  readonly situation: Grouped;
  readonly origin: Int32Array | null;
  readonly start: Int32Array;
  /** Table row → label. */
  readonly alternative: Grouped | null;
  readonly available: { readonly values: Float64Array; readonly source: string } | null;
}

/** Situation → row. */
export function chosenRows(rows: Arranged, choice: string): Int32Array {
  const column = rows.table.columns.get(choice);
  if (column && namesAlternatives(rows, column)) return byLabel(rows, choice, inMemory(column));
  const marks = column ? markColumn(column) : heldOver(rows.table.columns, rows.table.rows, choice);
  return toRows(rows, byMark(rows, choice, marks, column));
}

/** 1 for 1, TRUE and yes, 0 for 0, FALSE and no, else missing. */
function truth(label: string): number {
  if (/^(1|true|yes)$/i.test(label)) return 1;
  return /^(0|false|no)$/i.test(label) ? 0 : Number.NaN;
}

function markColumn(column: Column): Held {
  if (column.kind === "number") return held(column);
  const marks = column.levels.map(truth);
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : marks[code]));
}

/**
 * A text column names the chosen alternative if any of its labels is one. A number column does if it holds
 * labels only, and the same one in all rows of every situation: right 0/1 marks never are.
 */
function namesAlternatives(
  { table, situation, alternative, start, origin }: Arranged,
  column: Column,
): boolean {
  if (!alternative) return false;
  const labels = new Set(Array.from({ length: alternative.count }, (_, j) => alternative.text(j)));
  if (column.kind === "text") return !isTruth(column) && column.levels.some((level) => labels.has(level));
  if (start.length - 1 === (origin ? origin.length : table.rows)) return false;
  const firsts = (gather(column, situation.first) as NumberColumn).values;
  let same = true;
  eachBlock(held(column), (values, from) => {
    for (let i = 0; i < values.length && same; i++) same = values[i] === firsts[situation.at(from + i)];
    return !same;
  });
  return same && firsts.every((value) => labels.has(String(value)));
}

const isTruth = (column: TextColumn): boolean => column.levels.every((level) => truth(level) >= 0);

/** Situation → row of the table. */
function byMark(rows: Arranged, choice: string, marks: Held, column: Column | undefined): Int32Array {
  const { table, situation, available } = rows;
  const chosen = new Int32Array(situation.count).fill(-1);
  const mark = (row: number, value: number): void => {
    if (value !== 1) throw check.notZeroOne(table, row, choice, written(row, value, column));
    const s = situation.at(row);
    if (chosen[s] >= 0) throw check.twoChoices(table, chosen[s], row, situation.text(s), choice);
    if (available && available.values[row] === 0)
      throw check.unavailableChoice(table, row, situation.text(s), available.source);
    chosen[s] = row;
  };
  eachBlock(marks, (values, from) => {
    for (let i = 0; i < values.length; i++) if (values[i] !== 0) mark(from + i, values[i]);
  });
  const none = chosen.indexOf(-1);
  if (none >= 0) throw check.noChoice(table, situation.first[none], situation.text(none), choice);
  return chosen;
}

function written(row: number, value: number, column: Column | undefined): number | string | null {
  if (column) return cell(column, row);
  return Number.isNaN(value) ? null : value;
}

function toRows({ origin, start }: Arranged, chosen: Int32Array): Int32Array {
  if (!origin) return chosen;
  return chosen.map((tableRow, s) => {
    let row = start[s];
    while (origin[row] !== tableRow) row++;
    return row;
  });
}

function byLabel(rows: Arranged, choice: string, column: Column): Int32Array {
  const { table, situation, start, origin, alternative } = rows;
  const labels = Array.from({ length: alternative!.count }, (_, j) => alternative!.text(j));
  const indexOf = new Map(labels.map((label, j) => [label, j]));
  checkSame(rows, choice, column);
  return Int32Array.from(situation.first, (first, s) => {
    const value = cell(column, first);
    if (value === null) throw check.notZeroOne(table, first, choice, null);
    const index = indexOf.get(String(value));
    if (index === undefined) throw check.unknownChoice(table, first, choice, String(value), labels);
    for (let row = start[s]; row < start[s + 1]; row++)
      if (alternative!.at(origin ? origin[row] : row) === index) return row;
    throw check.chosenNotThere(table, first, situation.text(s), choice, String(value));
  });
}

function checkSame({ table, situation }: Arranged, choice: string, column: Column): void {
  const values = column.kind === "number" ? column.values : column.codes;
  for (let row = 0; row < table.rows; row++) {
    const s = situation.at(row);
    if (values[row] === values[situation.first[s]]) continue;
    if (Number.isNaN(values[row]) && Number.isNaN(values[situation.first[s]])) continue;
    const rule = "a column that names the chosen alternative names the same one in all rows of a situation";
    throw check.changes(table, row, choice, situation.text(s), rule);
  }
}
