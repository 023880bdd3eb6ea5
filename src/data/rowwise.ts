/**
 * Expressions over the columns of a table: filters, derived columns, availability, weights.
 * A comparison with a missing value is false, also `!=`; arithmetic with one is missing.
 */
import { suggest } from "../complaint/index.ts";
import { and, compare, data, type Expr, nameLeaf, num, or, Place, parse, unreadable } from "../expr/index.ts";
import { type Column, held, type TextColumn } from "./column.ts";
import { computedFrom } from "./computedFrom.ts";
import { meaning, placeOf, type World } from "./meaning.ts";
import { blockOf, type Held } from "./stored.ts";

export type Columns = ReadonlyMap<string, Column>;

/**
 * The value of the expression in each of the rows. A text that is exactly the name of a number column is
 * that column, and its own array is handed out. Throws a Complaint on unknown names and on labels used as numbers.
 */
export function evaluateOver(columns: Columns, rows: number, source: string): Float64Array {
  const found = heldOver(columns, rows, source);
  return found instanceof Float64Array ? found : blockOf(found, 0, rows);
}

/** The same wherever the columns are: computed when it is read if any of them is stored. */
export function heldOver(columns: Columns, rows: number, source: string): Held {
  const column = columns.get(source);
  if (column?.kind === "number") return held(column);
  const expr = column
    ? meaning(nameLeaf(source), world(columns, source), source)
    : overTable(columns, source);
  return computedFrom(expr, rows, (name) => storage(columns, name));
}

/** The parsed text with its names as data leaves at the situation. */
const overTable = (columns: Columns, source: string): Expr =>
  meaning(parse(source), world(columns, source), source);

function storage(columns: Columns, name: string): Held | Int32Array {
  const column = columns.get(name)!;
  return column.kind === "number" ? held(column) : column.codes;
}

const leaf = (name: string): Expr => data(name, Place.situation);

function world(columns: Columns, source: string): World {
  const codes = (name: Expr, label: string): [Expr, Expr] => {
    const full = fullName(name);
    const code = codeOf(columns.get(full) as TextColumn, full, label, source);
    return [leaf(full), num(code)];
  };
  return {
    leaf(name) {
      const column = columns.get(fullName(name));
      if (!column) throw unknown(columns, name, source);
      return column.kind === "text" ? "text" : leaf(fullName(name));
    },
    is: (name, label) => compare("eq", ...codes(name, label)),
    isNot(name, label) {
      const [column, code] = codes(name, label);
      return and(compare("ne", column, code), compare("ge", column, num(0)));
    },
    labels: (name) => describeLabels(fullName(name), columns.get(fullName(name)) as TextColumn),
    unequal: (a, b) => or(compare("lt", a, b), compare("gt", a, b)),
  };
}

/** A column may have a dot in its name, and then needs no backticks where nothing else can be meant. */
const fullName = (name: Expr): string => (name.label ? `${name.name}.${name.label}` : name.name);

function unknown(columns: Columns, name: Expr, source: string): Error {
  const full = fullName(name);
  const at = placeOf(source, name.name);
  return unreadable(source, at, `there is no column ${full}`, suggest(full, [...columns.keys()]));
}

/** The code of a label. One that never occurs is most likely misspelled, so it is a complaint. */
export function codeOf(column: TextColumn, name: string, label: string, source: string): number {
  const code = column.levels.indexOf(label);
  if (code >= 0) return code;
  const at = Math.max(0, source.indexOf(label));
  const what = `${name} is never ${JSON.stringify(label)}`;
  throw unreadable(source, at, what, suggest(label, column.levels));
}

/** The labels of a text column in a sentence, and what made it text if most of it is numbers. */
export function describeLabels(name: string, column: TextColumn): string {
  const { mixed, levels } = column;
  if (mixed && mixed.numbers > mixed.words) {
    const { numbers, words, word, line } = mixed;
    const counted = `${numbers.toLocaleString("en")} numbers and ${words === 1 ? "1 word" : `${words} words, first`}`;
    return `${name} has ${counted} ${JSON.stringify(word)} at line ${line}: mend the file, or name the word in the option missing`;
  }
  const shown = levels.slice(0, 6).map((level) => JSON.stringify(level));
  const list = `${shown.join(", ")}${levels.length > 6 ? `, … (${levels.length} in all)` : ""}`;
  return `its labels are ${list}; compare it, as in ${name} == ${shown[0] ?? '"label"'}, or use its 0/1 columns such as ${name}_${levels[1] ?? levels[0] ?? "label"}`;
}
