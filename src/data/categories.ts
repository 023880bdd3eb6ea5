/**
 * Text columns as 0/1 columns against a reference: `region` becomes `region_north`, `region_west`, …
 * Dummy coding is 1 on the level and 0 elsewhere; effects coding is also −1 on the reference, so that
 * coefficients are distances from the mean of the levels.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { held, lengthOf, type NumberColumn, type TextColumn } from "./column.ts";
import { eachBlock } from "./stored.ts";

export interface CategoryOptions {
  /** The level without a column; the first one in sorted order unless named. */
  readonly reference?: string | number;
  readonly coding?: "dummy" | "effects";
  /** All levels there are, also those that these data do not hold. Another one in the data is complained about. */
  readonly levels?: readonly string[];
}

export interface Category {
  readonly reference: string;
  /** All levels that occur, sorted. */
  readonly levels: readonly string[];
  readonly coding: "dummy" | "effects";
  /** The names of the columns, one for each level but the reference. */
  readonly columns: readonly string[];
  /** Whether the user said that it is one; else it is one because it holds words. */
  readonly declared: boolean;
}

export const levelName = (name: string, level: string): string => `${name}_${level}`;

/** The name of a column that is 1 on the level and 0 elsewhere, whatever the coding. */
export const levelTest = (name: string, level: string): string => `${name} == ${JSON.stringify(level)}`;

/** The level of the category that a name such as `region_north` or `region == "north"` stands for, or null. */
export function levelNamed(
  written: string,
  name: string,
  known: () => Category,
): { level: string; opposite?: string } | null {
  if (!written.startsWith(name)) return null;
  const test = /^ == (".*")$/s.exec(written.slice(name.length));
  if (test) return { level: JSON.parse(test[1]) as string };
  if (written[name.length] !== "_") return null;
  const { columns, coding, reference } = known();
  if (!columns.includes(written)) return null;
  const level = written.slice(name.length + 1);
  return coding === "effects" ? { level, opposite: reference } : { level };
}

export function category(name: string, found: readonly string[], declared?: CategoryOptions): Category {
  const options = declared ?? {};
  const levels = options.levels ?? found;
  const unknown = found.find((level) => !levels.includes(level));
  if (unknown !== undefined) {
    throw new Complaint(`${name} has a level that is not among those declared`, {
      value: unknown,
      help: suggest(unknown, levels),
    });
  }
  const reference = options.reference === undefined ? levels[0] : String(options.reference);
  if (!levels.includes(reference)) {
    throw new Complaint(`${name} has no level ${JSON.stringify(reference)} to be its reference`, {
      help: suggest(reference, levels),
    });
  }
  const columns = levels.filter((level) => level !== reference).map((level) => levelName(name, level));
  return { reference, levels, coding: options.coding ?? "dummy", columns, declared: declared !== undefined };
}

/** The labels that occur, in sorted order: as numbers if all are, else by their characters. */
export function usedLevels(column: TextColumn): string[] {
  const used = new Uint8Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) used[code] = 1;
  return sorted(column.levels.filter((_, code) => used[code] === 1));
}

export function sorted(levels: readonly string[]): string[] {
  const numeric = levels.every((level) => level.trim() !== "" && Number.isFinite(Number(level)));
  return levels.toSorted(numeric ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** 1 on the level, 0 elsewhere, or −1 on the `opposite` level; missing where the label is. */
export function indicator(column: TextColumn, level: string, opposite?: string): Float64Array {
  const value = new Float64Array(column.levels.length);
  column.levels.forEach((label, code) => {
    value[code] = label === level ? 1 : label === opposite ? -1 : 0;
  });
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : value[code]));
}

/** A number column as labels, for one that is declared a category. */
export function asLabels(column: NumberColumn): TextColumn {
  const codeOf = new Map<number, number>();
  const codeFor = (value: number): number => {
    if (Number.isNaN(value)) return -1;
    const code = codeOf.get(value) ?? codeOf.size;
    if (code === codeOf.size) codeOf.set(value, code);
    return code;
  };
  const codes = new Int32Array(lengthOf(column));
  eachBlock(held(column), (values, from) => {
    for (let i = 0; i < values.length; i++) codes[from + i] = codeFor(values[i]);
  });
  return { kind: "text", codes, levels: [...codeOf.keys()].map(String) };
}
