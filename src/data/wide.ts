/**
 * The wide layout: one row for each situation, and for each alternative columns of its own.
 */
import { Complaint } from "../complaint/index.ts";
import { type AttributeOptions, Attributes } from "./attributes.ts";
import * as check from "./check.ts";
import { ChoiceData } from "./choiceData.ts";
import { cell } from "./column.ts";
import { groupBy } from "./groups.ts";
import { outcomeOptions, readOutcome, timesCounts } from "./outcomes.ts";
import { type CommonOptions, checkOptions, commonOptions, prepared, referenceLabel } from "./prepare.ts";
import { Store } from "./store.ts";
import type { Table } from "./table.ts";
import { outcomeReader, type PerAlternative, type Sets } from "./wideOutcome.ts";

export interface WideOptions extends CommonOptions {
  /** The column (or expression) that says which alternative was chosen; null to predict. */
  readonly choice?: string | null;
  /** Instead of a choice, for each alternative: 1 for the best, 2 for the next …; missing or 0 where none was given. */
  readonly rank?: PerAlternative;
  /** Instead of a choice: the best and the worst alternative, each written as a choice is. */
  readonly best?: string | null;
  readonly worst?: string | null;
  /** Instead of a choice: fractions that sum to 1. */
  readonly fractions?: PerAlternative;
  /** Instead of a choice: how often each alternative was chosen. */
  readonly counts?: PerAlternative;
  /** Instead of a choice: how much of each alternative was taken, and its unit prices (1 unless given). */
  readonly amounts?: PerAlternative;
  readonly prices?: PerAlternative;
  /** The names of the alternatives, with the value `choice` has for each where that is not the name itself. */
  readonly alternatives: readonly (string | number)[] | Readonly<Record<string, string | number>>;
  /** For each alternative that is not always available: a column or expression, 0 where it is not. */
  readonly available?: Readonly<Record<string, string | number>> | string | null;
  /** For each attribute and alternative: a column, expression or number; or a pattern such as "price.{alternative}". */
  readonly attributes?: AttributeOptions | null;
  /** The column, or columns together, with the id of the situation. */
  readonly situation?: string | readonly string[] | null;
}

const known = ["alternatives", "available", "attributes", "situation", ...outcomeOptions, ...commonOptions];

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
  const observed = readOutcome(outcomeReader(kept, options, sets, codes, id));
  const chosen = observed?.chosen ?? null;
  const picked =
    chosen &&
    (sets.alternative
      ? chosen.map((row) => sets.alternative![row])
      : chosen.map((row) => row % labels.length));
  return new ChoiceData({
    layout: "wide",
    store,
    origin: null,
    ...sets,
    labels,
    chosen,
    outcome: observed && { kind: observed.kind, columns: observed.columns },
    weight: timesCounts(weights(kept, options.weight ?? null, picked, labels), observed),
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
  if (outcomeOptions.every((name) => options[name] === undefined))
    throw new Complaint("the wide layout needs the option choice", {
      rule: "or another outcome: rank, best and worst, fractions, counts or amounts",
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

function roles({ choice, best, worst, person, weight, situation }: WideOptions): Set<string> {
  const named = [choice, best, worst, person, weight, ...[situation ?? []].flat()];
  return new Set(named.filter((name) => typeof name === "string"));
}
