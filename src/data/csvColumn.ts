/**
 * One column of a file while it is read: numbers until the first word, labels from then on. Cells arrive
 * in batches of rows and leave as typed arrays; a cell is converted to a number once.
 *
 * Labels are kept as written if the first word comes within the first batch. Where it comes later, the
 * numbers before it are written as JavaScript writes them (1.50 becomes the label 1.5).
 */
import { plainNumber } from "./cellNumber.ts";
import { type Column, columnOf, type Mixed } from "./column.ts";
import { sharedNumbers, sharedSingles } from "./sharedNumbers.ts";
import { asWritten, inSingle } from "./singlePrecision.ts";

export interface CellRules {
  readonly missing: ReadonlySet<string>;
  /** Those of the missing cells that are written as numbers, such as -99. */
  readonly missingNumbers: readonly number[];
  readonly decimalComma: boolean;
  /** Whether numbers are kept in single precision where they survive it. */
  readonly single: boolean;
}
export type Rows = readonly (readonly string[])[];

export class ColumnBuilder {
  private readonly rules: CellRules;
  private readonly place: number;
  private numbers: (Float64Array | Float32Array)[] = [];
  private codes: Int32Array[] = [];
  private readonly codeOf = new Map<string, number>();
  private isText: boolean;
  private first: { word: string; line: number } | null = null;

  /** `place` is the column's index in each row. `isText` keeps numbers as labels from the start. */
  constructor(place: number, rules: CellRules, isText: boolean) {
    this.place = place;
    this.rules = rules;
    this.isText = isText;
  }

  append(rows: Rows, lineOf: (row: number) => number): void {
    if (!this.isText) {
      const values = new Float64Array(rows.length);
      const word = this.readNumbers(rows, values);
      if (word < 0) {
        this.numbers.push((this.rules.single && inSingle(values)) || values);
        return;
      }
      this.first = { word: rows[word][this.place].trim(), line: lineOf(word) };
      this.becomeText();
    }
    this.codes.push(this.readLabels(rows));
  }

  /** Fills the numbers; answers the row of the first word, or −1. */
  private readNumbers(rows: Rows, values: Float64Array): number {
    const { place, rules } = this;
    for (let row = 0; row < rows.length; row++) {
      const cell = rows[row][place];
      const value = rules.decimalComma ? commaNumber(cell) : plainNumber(cell);
      values[row] = value;
      if (Number.isNaN(value) && !rules.missing.has(cell.trim())) return row;
    }
    for (const code of rules.missingNumbers)
      for (let row = 0; row < values.length; row++) if (values[row] === code) values[row] = Number.NaN;
    return -1;
  }

  private readLabels(rows: Rows): Int32Array {
    const codes = new Int32Array(rows.length);
    for (let row = 0; row < rows.length; row++) {
      const label = rows[row][this.place].trim();
      codes[row] = this.codeOf.get(label) ?? this.newCode(label);
    }
    return codes;
  }

  private newCode(label: string): number {
    if (this.rules.missing.has(label)) return -1;
    const code = this.codeOf.size;
    // Joined anew: a slice of the file would keep the whole chunk that it came from alive.
    this.codeOf.set([...label].join(""), code);
    return code;
  }

  private becomeText(): void {
    this.isText = true;
    const code = (value: number): number => {
      if (Number.isNaN(value)) return -1;
      const label = String(value);
      return this.codeOf.get(label) ?? this.newCode(label);
    };
    this.codes = this.numbers.map((values) =>
      Int32Array.from(values, values instanceof Float32Array ? (value) => code(asWritten(value)) : code),
    );
    this.numbers = [];
  }

  /** The column so far. The builder is empty afterwards; it knows its labels, and takes more. */
  take(): Column {
    if (!this.isText) return columnOf(this.joinedNumbers());
    const levels = [...this.codeOf.keys()];
    const codes = joined(this.codes.splice(0), (length) => new Int32Array(length));
    return { kind: "text", codes, levels, ...(this.first && { mixed: this.mixture(codes, levels) }) };
  }

  private joinedNumbers(): Float64Array | Float32Array {
    const parts = this.numbers.splice(0);
    const isSingle = parts.every((part) => part instanceof Float32Array);
    return joined<Float64Array | Float32Array>(
      parts,
      isSingle && this.rules.single ? sharedSingles : sharedNumbers,
    );
  }

  private mixture(codes: Int32Array, levels: readonly string[]): Mixed {
    // Numbers read before the first word have become labels with a point, those after it stand as written.
    const read = this.rules.decimalComma ? commaNumber : plainNumber;
    const isNumber = levels.map((level) => !Number.isNaN(plainNumber(level)) || !Number.isNaN(read(level)));
    let numbers = 0;
    let words = 0;
    for (const code of codes) if (code >= 0) isNumber[code] ? numbers++ : words++;
    return { numbers, words, ...this.first! };
  }
}

/** Where the comma is the decimal sign, a point could only group thousands: such a cell is not read. */
const commaNumber = (cell: string): number =>
  cell.includes(".") ? Number.NaN : plainNumber(cell.replace(",", "."));

function joined<T extends Float64Array | Float32Array | Int32Array>(
  parts: T[],
  made: (length: number) => T,
): T {
  if (parts.length === 1) return parts[0];
  const all = made(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
