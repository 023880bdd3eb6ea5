/**
 * The long layout: one row for each alternative of each situation. Rows of a situation need not be
 * adjacent; an alternative that is not available has no row, or one where `available` is 0.
 */
import { Complaint } from "../complaint/index.ts";
import * as check from "./check.ts";
import { ChoiceData } from "./choiceData.ts";
import { type Arranged, chosenRows } from "./chosen.ts";
import { type Column, gather, gatherNumbers, held, picked } from "./column.ts";
import { firstDifference, firstOther, type Grouped, type Groups, groupBy } from "./groups.ts";
import { type OutcomeReader, outcomeOptions, readOutcome, timesCounts } from "./outcomes.ts";
import { type CommonOptions, checkOptions, commonOptions, prepared, referenceLabel } from "./prepare.ts";
import { Store } from "./store.ts";
import type { Table } from "./table.ts";

export interface LongOptions extends CommonOptions {
  /** The column, or columns together, that say which rows are one choice. */
  readonly situation: string | readonly string[];
  /** The column with the names of the alternatives. Without it they share one utility and have no names. */
  readonly alternative?: string | null;
  /** 1 for the chosen row and 0 for the others; or the chosen alternative's name in all rows; null to predict. */
  readonly choice?: string | null;
  /** Instead of a choice: 1 for the best alternative, 2 for the next …; missing or 0 where none was given. */
  readonly rank?: string | null;
  /** Instead of a choice: the best and the worst, each written as a choice is. */
  readonly best?: string | null;
  readonly worst?: string | null;
  /** Instead of a choice: fractions that sum to 1 in a situation. */
  readonly fractions?: string | null;
  /** Instead of a choice: how often each alternative was chosen. */
  readonly counts?: string | null;
  /** Instead of a choice: how much of each alternative was taken, and its unit prices (1 unless given). */
  readonly amounts?: string | null;
  readonly prices?: string | null;
  /** 0 where an alternative is not available. */
  readonly available?: string | null;
}

const known = ["situation", "alternative", "available", ...outcomeOptions, ...commonOptions];

/**
 * Choice data from a table with one row an alternative. Labels are in order of first appearance.
 * Throws a Complaint that names line and column of whatever is not choice data.
 */
export function long(table: Table, options: LongOptions): ChoiceData {
  checkOptions(options, known, "long");
  checkNeeded(table, options);
  const rows = arranged(prepared(table, options), options);
  const { table: kept, situation, origin, start } = rows;
  const labels = rows.alternative && labelsOf(rows.alternative);
  const firstRows = origin ? start.subarray(0, -1).map((row) => origin[row]) : start.subarray(0, -1);
  const observed = readOutcome(outcomeReader(rows, options));
  const chosen = observed?.chosen ?? null;
  return new ChoiceData({
    layout: "long",
    store: new Store(kept, { origin, start }, options.categories ?? {}),
    origin,
    start,
    labels,
    alternative: rows.alternative && alternatives(rows),
    chosen,
    outcome: observed && { kind: observed.kind, columns: observed.columns },
    weight: timesCounts(weights(rows, options.weight ?? null, chosen, firstRows), observed),
    weighting: typeof options.weight === "object" ? "choice" : "sampling",
    person: options.person ? persons(rows, options.person, firstRows) : null,
    situationId: situation.text,
    attributes: null,
    reference: referenceLabel(options.reference, labels),
    roles: roles(options),
    warnings: check.oneAlternativeWarning(start, situation.text),
  });
}

const situationNames = ({ situation }: LongOptions): readonly string[] =>
  typeof situation === "string" ? [situation] : situation;

function checkNeeded(table: Table, options: LongOptions): void {
  if (options.situation === undefined || situationNames(options).length === 0)
    throw new Complaint("the long layout needs the option situation", {
      rule: "it names the column, or columns, that say which rows are one choice",
      help: `columns here: ${table.names.slice(0, 20).join(", ")}`,
    });
  if (outcomeOptions.every((name) => options[name] === undefined))
    throw new Complaint("the long layout needs the option choice", {
      rule: "or another outcome: rank, best and worst, fractions, counts or amounts",
      help: `columns here: ${table.names.slice(0, 20).join(", ")}; null for data without choices`,
    });
}

function arranged(table: Table, options: LongOptions): Arranged {
  const situation = groupBy(situationNames(options).map((name) => check.checkIds(table, name)));
  const alternative = options.alternative ? groupBy([check.checkIds(table, options.alternative)]) : null;
  const source = options.available;
  const available = source ? { values: table.evaluate(source), source } : null;
  if (available) check.checkAvailability(table, available.values, available.source);
  const { origin, start } = inOrder(situation, available?.values ?? null, table.rows);
  const empty = start.findIndex((row, s) => s > 0 && row === start[s - 1]) - 1;
  if (empty >= 0) throw check.emptySet(table, situation.first[empty], situation.text(empty));
  const rows = { table, situation, origin, start, alternative, available };
  if (alternative) checkDuplicates(rows, options.alternative!);
  return rows;
}

/** Rows sorted by situation, those within one in their order; no sorting where they are adjacent already. */
function inOrder(
  situation: Grouped,
  available: Float64Array | null,
  rows: number,
): { origin: Int32Array | null; start: Int32Array } {
  if (situation.pattern === "runs" && !available)
    return { origin: null, start: withEnd(situation.first, rows) };
  const { of, count } = situation;
  const start = new Int32Array(count + 1);
  let isInOrder = true;
  let all = true;
  for (let row = 0; row < of.length; row++) {
    if (row > 0 && of[row] < of[row - 1]) isInOrder = false;
    if (available && available[row] === 0) all = false;
    else start[of[row] + 1]++;
  }
  for (let s = 0; s < count; s++) start[s + 1] += start[s];
  if (isInOrder && all) return { origin: null, start };
  const next = start.slice(0, count);
  const origin = new Int32Array(start[count]);
  for (let row = 0; row < of.length; row++) if (available?.[row] !== 0) origin[next[of[row]]++] = row;
  return { origin, start };
}

function withEnd(first: Int32Array, rows: number): Int32Array {
  const start = new Int32Array(first.length + 1).fill(rows);
  start.set(first);
  return start;
}

/** Whether every situation has all labels in order, as their ids tell at once. */
const isRectangular = ({ origin, start, alternative }: Arranged): boolean =>
  origin === null &&
  alternative?.pattern === "rounds" &&
  start.every((row, s) => row === s * alternative.count);

const labelsOf = (alternative: Groups): string[] =>
  Array.from({ length: alternative.count }, (_, index) => alternative.text(index));

function checkDuplicates(rows: Arranged, name: string): void {
  if (isRectangular(rows)) return;
  const { table, situation, origin, start, alternative } = rows;
  const seen = new Int32Array(alternative!.count).fill(-1);
  for (let s = 0; s + 1 < start.length; s++)
    for (let row = start[s]; row < start[s + 1]; row++) {
      const at = origin ? origin[row] : row;
      const index = alternative!.at(at);
      if (seen[index] === s)
        throw check.duplicate(table, at, situation.text(s), alternative!.text(index), name);
      seen[index] = s;
    }
}

/** Row → label, or null where every situation has all labels in order. */
function alternatives(rows: Arranged): Int32Array | null {
  if (isRectangular(rows)) return null;
  const { origin, start, alternative } = rows;
  const { of, count } = alternative!;
  const sorted = origin ? origin.map((row) => of[row]) : of;
  const situations = start.length - 1;
  const complete =
    sorted.length === situations * count && sorted.every((index, row) => index === row % count);
  return complete ? null : sorted;
}

function persons({ table, situation, origin, start }: Arranged, name: string, firstRows: Int32Array): Groups {
  const column = check.checkIds(table, name);
  const row =
    column.kind === "number"
      ? firstOther(origin ? picked(held(column), origin) : held(column), start)
      : firstDifference(column.codes, start, origin);
  if (row >= 0) {
    const at = origin ? origin[row] : row;
    const rule = "a situation belongs to one person";
    throw check.changes(table, at, name, situation.text(situation.at(at)), rule);
  }
  return groupBy([gather(column, firstRows) as Column]);
}

function weights(
  rows: Arranged,
  weight: LongOptions["weight"],
  chosen: Int32Array | null,
  firstRows: Int32Array,
): Float64Array | null {
  if (weight == null) return null;
  if (typeof weight !== "string") return weightsByChoice(rows, weight, chosen, firstRows);
  const { table, origin, start, situation } = rows;
  const values = table.evaluate(weight);
  const row = firstDifference(values, start, origin);
  if (row >= 0) {
    const at = origin ? origin[row] : row;
    throw check.weightChanges(table, at, weight, situation.text(situation.at(at)), values[at]);
  }
  const result = Float64Array.from(firstRows, (at) => values[at]);
  check.checkWeights(table, result, weight, (s) => firstRows[s]);
  return result;
}

/** One weight for each chosen alternative, as choice-based samples need. */
function weightsByChoice(
  { table, origin, alternative }: Arranged,
  weight: Readonly<Record<string, string | number>>,
  chosen: Int32Array | null,
  firstRows: Int32Array,
): Float64Array {
  const labels = alternative ? labelsOf(alternative) : [];
  const byLabel = check.weightPerLabel(table, weight, labels, chosen !== null);
  const result = Float64Array.from(firstRows, (at, s) => {
    const row = origin ? origin[chosen![s]] : chosen![s];
    return byLabel[alternative!.at(row)][at];
  });
  check.checkWeights(table, result, "weight", (s) => firstRows[s]);
  return result;
}

function outcomeReader(rows: Arranged, options: LongOptions): OutcomeReader {
  const { table, situation, origin, start, available } = rows;
  return {
    start,
    given: (option) => options[option] != null,
    marked: (option) => chosenRows(rows, options[option]!),
    id: situation.text,
    where: (row, option) => `line ${table.line(origin ? origin[row] : row)}, column ${options[option]}`,
    values: (option) => {
      const values = table.evaluate(options[option]!);
      const closed = available ? values.findIndex((v, row) => v > 0 && available.values[row] === 0) : -1;
      if (closed >= 0 && option !== "prices")
        throw check.observedNotThere(table, closed, situation.text(situation.at(closed)), option);
      return origin ? gatherNumbers(values, origin) : values;
    },
  };
}

function roles(options: LongOptions): Set<string> {
  const { alternative, person, weight } = options;
  const outcomes = outcomeOptions.filter((name) => name !== "prices").map((name) => options[name]);
  const named = [...situationNames(options), alternative, ...outcomes, person, weight];
  return new Set(named.filter((name) => typeof name === "string"));
}
