/**
 * CSV to table, in chunks, and the only door to papaparse. Text arrives in pieces of any size, papaparse
 * cuts it into rows of cells, and csvColumn.ts turns those into typed columns, so that the text and its
 * rows are never in memory whole.
 */
import Papa from "papaparse";
import { Complaint } from "../complaint/index.ts";
import type { Column } from "./column.ts";
import { checkHeader, checkIsCsv, checkSeparated, openQuote, raggedRow } from "./csvChecks.ts";
import { ColumnBuilder, type Rows } from "./csvColumn.ts";
import { type ByteSource, textPieces } from "./decode.ts";
import { Table } from "./table.ts";

export interface CsvOptions {
  /** Found by itself: comma, semicolon, tab or |. */
  readonly separator?: string;
  /** Found by itself where the separator is not the comma and cells look like 12,5. */
  readonly decimal?: "." | ",";
  /** Cells that are missing values. Instead of: empty, NA, NaN, nan, `.`, null, NULL. */
  readonly missing?: readonly string[];
  /** Columns to keep as labels although they look like numbers. */
  readonly labels?: readonly string[];
  /** "float32" keeps numbers in half the memory and to seven digits; a column of whole numbers that need more keeps them all. */
  readonly numbers?: "float64" | "float32";
  /** Of bytes; UTF-8, or windows-1252 where that cannot be, or UTF-16 by its mark. */
  readonly encoding?: string;
}

const missingCells = ["", "NA", "NaN", "nan", ".", "null", "NULL"];
const separators = [",", ";", "\t", "|"];
/** Characters that are parsed in one go. */
const batch = 1 << 20;
/** A quoted text longer than this is one whose quote was never closed. */
const longestCell = 1 << 24;

/** Takes the text of a file piece by piece. */
export interface CsvReader {
  push(piece: string): void;
  /** The table. Throws a Complaint if there was no header or no row. */
  finish(): Table;
}

/** Reads a text that is in memory. Throws a Complaint that names the line of whatever cannot be read. */
export function parseCsv(text: string, options: CsvOptions = {}): Table {
  const reader = csvReader(options);
  for (let at = 0; at < text.length; at += batch) reader.push(text.slice(at, at + batch));
  return reader.finish();
}

/**
 * Reads a URL, a File, a Blob, a fetch Response or any stream of bytes or text, without ever holding it whole.
 * Paths of files are read by the function of the same name in `node.ts`.
 */
export async function readCsv(source: ByteSource, options: CsvOptions = {}): Promise<Table> {
  const reader = csvReader(options);
  for await (const piece of textPieces(source, options.encoding)) reader.push(piece);
  return reader.finish();
}

/** @param onRows gets the columns of some rows each time there are `rowsAtOnce`, and of the last ones; the table is then empty. */
export const csvReader = (options: CsvOptions = {}, onRows: OnRows | null = null): CsvReader =>
  new Reader(options, onRows);

type OnRows = (columns: ReadonlyMap<string, Column>) => void;
const rowsAtOnce = 1 << 16;

class Reader implements CsvReader {
  private readonly options: CsvOptions;
  private readonly onRows: OnRows | null;
  private handedOver = 0;
  private separator = ",";
  private parser: Papa.Parser | null = null;
  private columns: ColumnBuilder[] = [];
  private names: string[] = [];
  private rest = "";
  /** The line the next row starts on. */
  private line = 1;
  private rows = 0;
  private lines: number[] | null = null;

  constructor(options: CsvOptions, onRows: OnRows | null) {
    this.options = options;
    this.onRows = onRows;
  }

  push(piece: string): void {
    this.rest += piece;
    if (this.rest.length >= batch) this.read(false);
  }

  finish(): Table {
    this.read(true);
    if (this.rows === 0) checkIsCsv("");
    this.handOver(1);
    return new Table(this.taken(), {}, this.lines && Int32Array.from(this.lines));
  }

  /** The rows since the last time, if they are enough. */
  private handOver(enough: number): void {
    if (!this.onRows || this.rows - this.handedOver < enough) return;
    this.handedOver = this.rows;
    this.onRows(this.taken());
  }

  private taken(): Map<string, Column> {
    return new Map(this.columns.map((column, i) => [this.names[i], column.take()]));
  }

  private read(last: boolean): void {
    // A carriage return at the end may be half of a line break.
    const held = !last && this.rest.endsWith("\r") ? "\r" : "";
    const whole = held ? this.rest.slice(0, -1) : this.rest;
    const text = whole.includes("\r") ? whole.replaceAll(/\r\n?/g, "\n") : whole;
    const start = this.parser ? text : this.begin(text);
    const { data, errors, meta } = this.parser!.parse(start, 0, !last) as {
      data: string[][];
      errors: { row: number }[];
      meta: { cursor: number };
    };
    this.rest = last ? "" : start.slice(meta.cursor) + held;
    if (this.rest.length > longestCell) throw openQuote(this.line + data.length);
    this.take(data, errors, start.slice(0, meta.cursor), last);
  }

  /** Finds separator and decimal sign from the first piece; answers it without marks. */
  private begin(piece: string): string {
    const text = piece.replace(/^\ufeff/, "");
    const named = /^sep=(.)\n/.exec(text);
    const head = named ? text.slice(named[0].length) : text;
    checkIsCsv(head.slice(0, 4096));
    if (named) this.line++;
    this.separator = this.options.separator ?? named?.[1] ?? guessSeparator(head);
    this.parser = new Papa.Parser({ delimiter: this.separator, newline: "\n" });
    return head;
  }

  private take(data: Rows, errors: readonly { row: number }[], text: string, last: boolean): void {
    const lineOf = this.numberLines(data, text, last);
    const broken = errors.find(({ row }) => row < data.length || last);
    if (broken) throw openQuote(lineOf(Math.min(broken.row, data.length - 1)));
    let from = 0;
    while (this.columns.length === 0 && from < data.length && isBlank(data[from])) from++;
    if (this.columns.length === 0 && from < data.length) this.header(data, from++, lineOf);
    const kept = this.keep(data, from, lineOf);
    const lineOfKept = (row: number): number => this.lines?.[this.rows + row] ?? this.rows + row + 2;
    for (const column of this.columns) column.append(kept, lineOfKept);
    this.rows += kept.length;
    this.handOver(rowsAtOnce);
  }

  /** The line that each row of the batch starts on, and the line after the batch. */
  private numberLines(data: Rows, text: string, last: boolean): (row: number) => number {
    const first = this.line;
    let breaks = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) breaks++;
    this.line += breaks;
    if (breaks === data.length - (last ? 1 : 0)) return (row) => first + row;
    const starts: number[] = [];
    let line = first;
    for (const cells of data) {
      starts.push(line);
      line += 1 + cells.reduce((sum, each) => sum + each.split("\n").length - 1, 0);
    }
    return (row) => starts[row];
  }

  private header(data: Rows, at: number, lineOf: (row: number) => number): void {
    this.names = data[at].map((name) => name.trim());
    if (this.names.length === 1)
      checkSeparated(
        data
          .slice(at, at + 20)
          .filter((row) => !isBlank(row))
          .map(([line]) => line),
      );
    checkHeader(this.names, lineOf(at));
    const { missing = missingCells, labels = [], decimal } = this.options;
    const rules = {
      missing: new Set(missing).add(""),
      missingNumbers: missing
        .filter((cell) => cell.trim() !== "")
        .map(Number)
        .filter(Number.isFinite),
      single: isSingle(this.options.numbers),
      decimalComma: decimal ? decimal === "," : this.separator !== "," && commasAreDecimal(data),
    };
    this.columns = this.names.map((name, i) => new ColumnBuilder(i, rules, labels.includes(name)));
    if (lineOf(at) !== 1) this.lines = [];
  }

  /** The rows that hold something, checked for their length; remembers lines once they are not simply in order. */
  private keep(data: Rows, from: number, lineOf: (row: number) => number): Rows {
    const width = this.names.length;
    const kept: (readonly string[])[] = [];
    for (let row = from; row < data.length; row++) {
      const cells = data[row];
      if (cells[0] === "" && isBlank(cells)) continue;
      if (cells.length !== width) throw raggedRow(cells, this.names, lineOf(row));
      const at = this.rows + kept.length;
      if (!this.lines && lineOf(row) !== at + 2) this.lines = Array.from({ length: at }, (_, i) => i + 2);
      this.lines?.push(lineOf(row));
      kept.push(cells);
    }
    return kept;
  }
}

function isSingle(numbers: CsvOptions["numbers"]): boolean {
  if (numbers === undefined || numbers === "float64" || numbers === "float32") return numbers === "float32";
  throw new Complaint("numbers are float64 or float32", { value: numbers });
}

const isBlank = (cells: readonly string[]): boolean => cells.every((each) => each.trim() === "");

function guessSeparator(head: string): string {
  const sample = head.slice(0, 1 << 16);
  const { meta } = Papa.parse<string[]>(sample, { preview: 20, delimitersToGuess: separators });
  return meta.delimiter;
}

/** Whether cells like 12,5 are more frequent than cells like 12.5. */
function commasAreDecimal(data: Rows): boolean {
  let balance = 0;
  for (const cells of data.slice(0, 2000))
    for (const each of cells)
      balance += /^\s*[-+]?\d*,\d+\s*$/.test(each) ? 1 : /^\s*[-+]?\d*\.\d+\s*$/.test(each) ? -1 : 0;
  return balance > 0;
}
