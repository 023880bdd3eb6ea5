/**
 * The wide layout: one row for each situation, and for each alternative columns of its own.
 */
import { Complaint } from "../complaint/index.ts";
import { type AttributeOptions, Attributes } from "./attributes.ts";
import * as check from "./check.ts";
import { ChoiceData } from "./choiceData.ts";
import { cell, columnOf } from "./column.ts";
import { groupBy } from "./groups.ts";
import { type CommonOptions, checkOptions, commonOptions, prepared, referenceLabel } from "./prepare.ts";
import { Store } from "./store.ts";
import type { Table } from "./table.ts";

export interface WideOptions extends CommonOptions {
  /** The column (or expression) that says which alternative was chosen; null to predict. */
  readonly choice: string | null;
  /** The names of the alternatives, with the value `choice` has for each where that is not the name itself. */
  readonly alternatives: readonly (string | number)[] | Readonly<Record<string, string | number>>;
  /** For each alternative that is not always available: a column or expression, 0 where it is not. */
  readonly available?: Readonly<Record<string, string | number>> | string | null;
  /** For each attribute and alternative: a column, expression or number; or a pattern such as "price.{alternative}". */
  readonly attributes?: AttributeOptions | null;
  /** The column, or columns together, with the id of the situation. */
  readonly situation?: string | readonly string[] | null;
}

const known = ["choice", "alternatives", "available", "attributes", "situation", ...commonOptions];

/**
 * Choice data from a table with one row a situation. Labels are in the order of `alternatives`.
 * Throws a Complaint that names line and column of whatever is not choice data.
 */
export function wide(table: Table, options: WideOptions): ChoiceData {
  checkOptions(options, known, "wide");
  checkNeeded(table, options);
  const kept = prepared(table, options);
  const store = new Store(kept, { origin: null, start: null }, options.categories ?? {});
  const codes = labelCodes(options.alternatives);
  const labels = [...codes.keys()];
  const id = situationIds(kept, options.situation ?? null);
  const sets = choiceSets(kept, labels, options.available ?? null, id);
  const picked = options.choice == null ? null : choices(kept, options.choice, codes);
  const chosen = picked && chosenRows(kept, picked, sets, labels, id, options.choice!);
  return new ChoiceData({
    layout: "wide",
    store,
    origin: null,
    ...sets,
    labels,
    chosen,
    weight: weights(kept, options.weight ?? null, picked, labels),
    weighting: typeof options.weight === "object" ? "choice" : "sampling",
    person: options.person ? groupBy([check.checkIds(kept, options.person)]) : null,
    situationId: id,
    attributes: new Attributes(options.attributes ?? {}, labels, store, options.categories ?? {}),
    reference: referenceLabel(options.reference, labels),
    roles: roles(options),
    warnings: check.oneAlternativeWarning(sets.start, id),
  });
}

function checkNeeded(table: Table, options: WideOptions): void {
  const columns = `columns here: ${table.names.slice(0, 20).join(", ")}`;
  if (options.choice === undefined)
    throw new Complaint("the wide layout needs the option choice", {
      help: `${columns}; null for data without choices`,
    });
  if (!options.alternatives || labelCodes(options.alternatives).size < 1)
    throw new Complaint("the wide layout needs the option alternatives", {
      rule: 'it lists their names, ["car", "bus"], or their names and codes, { car: 1, bus: 2 }',
    });
}

/** Label → the value that `choice` has for it, as text. */
function labelCodes(alternatives: WideOptions["alternatives"]): Map<string, string> {
  const pairs = Array.isArray(alternatives)
    ? alternatives.map((label) => [String(label), String(label)] as const)
    : Object.entries(alternatives).map(([label, code]) => [label, String(code)] as const);
  const codes = new Map<string, string>();
  for (const [label, code] of pairs) {
    const other = [...codes].find(([name, value]) => name === label || value === code);
    if (other)
      throw new Complaint(`alternatives ${other[0]} and ${label} are the same`, {
        rule: "every alternative has a name and a code of its own",
        value: code,
      });
    codes.set(label, code);
  }
  return codes;
}

function situationIds(table: Table, situation: string | readonly string[] | null): (s: number) => string {
  if (situation === null) return (s) => String(s + 1);
  const columns = [situation].flat().map((name) => check.checkIds(table, name));
  return (s) => columns.map((column) => String(cell(column, s))).join(" / ");
}

interface Sets {
  readonly start: Int32Array;
  readonly alternative: Int32Array | null;
}

function choiceSets(
  table: Table,
  labels: readonly string[],
  available: WideOptions["available"] | null,
  id: (s: number) => string,
): Sets {
  const masks = availabilities(table, labels, available);
  const start = new Int32Array(table.rows + 1);
  const isThere = (s: number, j: number): boolean => !masks[j] || masks[j][s] === 1;
  for (let s = 0; s < table.rows; s++) {
    let count = 0;
    for (let j = 0; j < labels.length; j++) if (isThere(s, j)) count++;
    if (count === 0) throw check.emptySet(table, s, id(s));
    start[s + 1] = start[s] + count;
  }
  if (start[table.rows] === table.rows * labels.length) return { start, alternative: null };
  const alternative = new Int32Array(start[table.rows]);
  for (let s = 0, row = 0; s < table.rows; s++)
    for (let j = 0; j < labels.length; j++) if (isThere(s, j)) alternative[row++] = j;
  return { start, alternative };
}

function availabilities(
  table: Table,
  labels: readonly string[],
  available: WideOptions["available"] | null,
): (Float64Array | null)[] {
  if (available === null || available === undefined) return labels.map(() => null);
  if (typeof available !== "string") check.checkLabels("available", Object.keys(available), labels);
  return labels.map((label) => {
    const source =
      typeof available === "string" ? available.replaceAll("{alternative}", label) : available[label];
    if (source === undefined || source === null) return null;
    const values = table.evaluate(String(source));
    check.checkAvailability(table, values, String(source));
    return values;
  });
}

/** Situation → index of the chosen label. */
function choices(table: Table, choice: string, codes: ReadonlyMap<string, string>): Int32Array {
  const column = table.columns.get(choice) ?? columnOf(table.evaluate(choice));
  const written = [...codes.values()];
  const indexOf = new Map<string | number, number>();
  written.forEach((code, index) => {
    indexOf.set(code, index);
    if (column.kind === "number" && code.trim() !== "") indexOf.set(Number(code), index);
  });
  const result = new Int32Array(table.rows);
  for (let s = 0; s < table.rows; s++) {
    const value = cell(column, s);
    if (value === null) throw check.missingChoice(table, s, choice);
    const index = indexOf.get(value);
    if (index === undefined) throw check.unknownChoice(table, s, choice, String(value), written);
    result[s] = index;
  }
  return result;
}

function chosenRows(
  table: Table,
  picked: Int32Array,
  { start, alternative }: Sets,
  labels: readonly string[],
  id: (s: number) => string,
  choice: string,
): Int32Array {
  return picked.map((index, s) => {
    if (!alternative) return start[s] + index;
    for (let row = start[s]; row < start[s + 1]; row++) if (alternative[row] === index) return row;
    throw check.chosenNotThere(table, s, id(s), choice, labels[index]);
  });
}

function weights(
  table: Table,
  weight: WideOptions["weight"] | null,
  picked: Int32Array | null,
  labels: readonly string[],
): Float64Array | null {
  if (weight === null || weight === undefined) return null;
  if (typeof weight === "string") {
    const values = table.evaluate(weight);
    check.checkWeights(table, values, weight, (s) => s);
    return values;
  }
  const perLabel = check.weightPerLabel(table, weight, labels, picked !== null);
  const values = Float64Array.from(picked!, (index, s) => perLabel[index][s]);
  check.checkWeights(table, values, "weight", (s) => s);
  return values;
}

function roles({ choice, person, weight, situation }: WideOptions): Set<string> {
  const named = [choice, person, weight, ...[situation ?? []].flat()];
  return new Set(named.filter((name) => typeof name === "string"));
}
