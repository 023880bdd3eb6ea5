/**
 * What choice data must be, and the complaint about each row that is not so. Every complaint names the line
 * of the file (the header is line 1) and the column.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { type Column, cell, held, type NumberColumn } from "./column.ts";
import { eachBlock } from "./stored.ts";
import type { Table } from "./table.ts";

const where = (table: Table, row: number, column?: string): string =>
  `line ${table.line(row)}${column ? `, column ${column}` : ""}`;

/** A place for people and for programs. */
const at = (table: Table, row: number, column?: string): { where: string; line: number } => ({
  where: where(table, row, column),
  line: table.line(row),
});

/** The first row without a value, or −1. */
export function firstMissing(column: Column): number {
  return column.kind === "text" ? column.codes.indexOf(-1) : firstRow(column, Number.isNaN);
}

function firstRow(column: NumberColumn, isMeant: (value: number) => boolean): number {
  let found = -1;
  eachBlock(held(column), (values, from) => {
    const at = values.findIndex(isMeant);
    if (at >= 0) found = from + at;
    return at >= 0;
  });
  return found;
}

/** Ids may be numbers or labels, but not missing, and not numbers so large that they are rounded into each other. */
export function checkIds(table: Table, name: string): Column {
  const column = table.column(name);
  const large = column.kind === "number" ? firstRow(column, (value) => Math.abs(value) >= 2 ** 53) : -1;
  if (large >= 0)
    throw new Complaint(`${name} holds ids too large for numbers`, {
      rule: "numbers beyond 2^53, 9,007,199,254,740,992, cannot be told apart",
      ...at(table, large, name),
      help: `read the column as labels, with labels: ["${name}"], or write a letter before each id`,
    });
  const row = firstMissing(column);
  if (row < 0) return column;
  throw new Complaint(`${name} is missing`, {
    rule: "every row says which situation, alternative and person it belongs to",
    ...at(table, row, name),
  });
}

export const noChoice = (table: Table, row: number, id: string, column: string): Complaint =>
  new Complaint(`no alternative is chosen in situation ${id}`, {
    rule: "exactly one alternative is chosen in every situation",
    where: `the situation starts at ${where(table, row, column)}`,
    line: table.line(row),
    help: "for data without choices, to predict, say choice: null",
  });

export const twoChoices = (
  table: Table,
  first: number,
  second: number,
  id: string,
  column: string,
): Complaint =>
  new Complaint(`two alternatives are chosen in situation ${id}`, {
    rule: "exactly one alternative is chosen in every situation",
    where: `lines ${table.line(first)} and ${table.line(second)}, column ${column}`,
    line: table.line(first),
  });

export const unavailableChoice = (table: Table, row: number, id: string, available: string): Complaint =>
  new Complaint(`the chosen alternative is not available in situation ${id}`, {
    rule: "an alternative that is chosen is available",
    ...at(table, row),
    help: `available is 0 there: ${available}`,
  });

export const notZeroOne = (
  table: Table,
  row: number,
  column: string,
  value: number | string | null,
): Complaint =>
  new Complaint(value === null ? `${column} is missing` : `${column} is neither 0 nor 1`, {
    rule: "choice is 1 in the row of the chosen alternative and 0 in the others, or names it in every row",
    ...(value !== null && { value }),
    ...at(table, row, column),
    help: `an expression makes it so, for example ${column} == ${value === null ? 1 : JSON.stringify(value)}`,
  });

export const unknownChoice = (
  table: Table,
  row: number,
  column: string,
  value: string,
  known: readonly string[],
): Complaint =>
  new Complaint(`${value} was chosen, which is not an alternative`, {
    value,
    ...at(table, row, column),
    help: suggest(value, known),
  });

export const chosenNotThere = (
  table: Table,
  row: number,
  id: string,
  column: string,
  value: string,
): Complaint =>
  new Complaint(`${value} was chosen in situation ${id}, where it is not available`, {
    rule: "an alternative that is chosen is available, and in the long layout has a row",
    ...at(table, row, column),
  });

/** A rank, share or amount of an alternative that could not be had. */
export const observedNotThere = (
  table: Table,
  row: number,
  id: string,
  what: string,
  label = "",
): Complaint =>
  new Complaint(
    `${what} is given for ${label || "an alternative"} in situation ${id}, where it is not available`,
    {
      rule: "what is observed of an alternative is observed where it is available",
      ...at(table, row),
    },
  );

export const changes = (table: Table, row: number, column: string, id: string, rule: string): Complaint =>
  new Complaint(`${column} changes within situation ${id}`, {
    rule,
    value: cell(table.columns.get(column) ?? { kind: "number", values: new Float64Array(table.rows) }, row),
    ...at(table, row, column),
  });

export const duplicate = (table: Table, row: number, id: string, label: string, column: string): Complaint =>
  new Complaint(`alternative ${label} is twice in situation ${id}`, {
    rule: "an alternative has one row in a situation",
    ...at(table, row, column),
    help: 'where one person chooses several times, the situation id must tell the choices apart: situation may name several columns, as in ["person", "task"]',
  });

export const emptySet = (table: Table, row: number, id: string): Complaint =>
  new Complaint(`no alternative is available in situation ${id}`, {
    rule: "every situation has at least one available alternative",
    ...at(table, row),
    help: "drop the situation with filter",
  });

/** Availability is 0 or 1 in every row. */
export function checkAvailability(table: Table, values: Float64Array, source: string): void {
  const row = values.findIndex((value) => value !== 0 && value !== 1);
  if (row < 0) return;
  throw new Complaint(`availability ${Number.isNaN(values[row]) ? "is missing" : "is neither 0 nor 1"}`, {
    value: values[row],
    where: `${where(table, row)}\n${source}`,
    line: table.line(row),
    help: "write a comparison, for example car_av == 1",
  });
}

/** Weights are finite, not negative, and not all 0. `lineRow` gives the table row of a situation. */
export function checkWeights(
  table: Table,
  weight: Float64Array,
  source: string,
  rowOf: (situation: number) => number,
): void {
  const bad = weight.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (bad >= 0) {
    const what = Number.isNaN(weight[bad]) ? "missing" : weight[bad] < 0 ? "negative" : "not finite";
    throw new Complaint(`a weight is ${what}`, {
      rule: "weights are finite and not negative",
      value: weight[bad],
      ...at(table, rowOf(bad), source),
    });
  }
  if (weight.every((value) => value === 0))
    throw new Complaint("all weights are 0", { rule: "some situation counts", value: source });
}

export function oneAlternativeWarning(start: Int32Array, id: (situation: number) => string): string[] {
  let count = 0;
  let first = -1;
  for (let s = 0; s + 1 < start.length; s++)
    if (start[s + 1] - start[s] === 1) {
      if (count === 0) first = s;
      count++;
    }
  if (count === 0) return [];
  const where = `the first is situation ${id(first)}`;
  return [`${count} of ${start.length - 1} choice sets have one alternative and tell nothing (${where})`];
}

export const weightChanges = (
  table: Table,
  row: number,
  source: string,
  id: string,
  value: number,
): Complaint =>
  new Complaint(`the weight changes within situation ${id}`, {
    rule: "a weight counts a situation and is the same in all of its rows",
    value,
    ...at(table, row, source),
    help: "weights by chosen alternative are given as { label: weight }",
  });

/** The weights of choice-based samples: for each label, a value for each row of the table. */
export function weightPerLabel(
  table: Table,
  weight: Readonly<Record<string, string | number>>,
  labels: readonly string[],
  hasChoices: boolean,
): ArrayLike<number>[] {
  const rule = "a weight for each alternative is that of the situations in which it was chosen";
  if (!hasChoices || labels.length === 0)
    throw new Complaint("weights by alternative need choices and alternatives with names", { rule });
  const unknown = Object.keys(weight).find((label) => !labels.includes(label));
  if (unknown !== undefined)
    throw new Complaint(`${unknown} has a weight and is not an alternative`, {
      help: suggest(unknown, labels),
    });
  const absent = labels.find((label) => !Object.hasOwn(weight, label));
  if (absent !== undefined) throw new Complaint(`alternative ${absent} has no weight`, { rule });
  return labels.map((label) => {
    const given = weight[label];
    return typeof given === "number" ? new Float64Array(table.rows).fill(given) : table.evaluate(given);
  });
}

export const missingChoice = (table: Table, row: number, column: string): Complaint =>
  new Complaint(`${column} is missing`, {
    rule: "every situation has a choice",
    ...at(table, row, column),
    help: "drop the row with filter; for data without choices, to predict, say choice: null",
  });

/** Names given for alternatives are alternatives. */
export function checkLabels(option: string, given: readonly string[], labels: readonly string[]): void {
  const unknown = given.find((label) => !labels.includes(label));
  if (unknown !== undefined)
    throw new Complaint(`${option} is given for ${unknown}, which is not an alternative`, {
      help: suggest(unknown, labels),
    });
}
