/** What the wide layout observes of a situation: columns that name an alternative, and columns of every alternative. */
import { Complaint } from "../complaint/index.ts";
import * as check from "./check.ts";
import { cell, columnOf, inMemory } from "./column.ts";
import type { OutcomeOption, OutcomeReader } from "./outcomes.ts";
import type { Table } from "./table.ts";
import type { WideOptions } from "./wide.ts";

/** A pattern such as "rank.{alternative}", or a column, expression or number for each alternative. */
export type PerAlternative = string | Readonly<Record<string, string | number>> | null;

/** The available alternatives: `alternative` is row → label, null where all are. */
export interface Sets {
  readonly start: Int32Array;
  readonly alternative: Int32Array | null;
}

export function outcomeReader(
  table: Table,
  options: WideOptions,
  sets: Sets,
  codes: ReadonlyMap<string, string>,
  id: (s: number) => string,
): OutcomeReader {
  const labels = [...codes.keys()];
  const places = placesOf(sets, labels.length);
  return {
    start: sets.start,
    given: (option) => options[option] != null,
    marked: (option) => {
      const column = options[option] as string;
      return chosenRows(table, choices(table, column, codes), sets, labels, id, column);
    },
    id,
    where: (row, option) =>
      `line ${table.line(places.situation[row])}, ${option} of ${labels[places.label[row]]}`,
    values: (option) =>
      valuesOf(
        table,
        option,
        sourcesOf(option, options[option] as PerAlternative, labels),
        sets,
        places,
        labels,
        id,
      ),
  };
}

/** Row → situation and label. */
interface Places {
  readonly situation: Int32Array;
  readonly label: Int32Array;
}

function placesOf({ start, alternative }: Sets, count: number): Places {
  const rows = start[start.length - 1];
  const situation = new Int32Array(rows);
  for (let s = 0; s + 1 < start.length; s++) situation.fill(s, start[s], start[s + 1]);
  return { situation, label: alternative ?? Int32Array.from({ length: rows }, (_, row) => row % count) };
}

/** The column or expression of every alternative. */
function sourcesOf(option: string, given: PerAlternative, labels: readonly string[]): string[] {
  if (typeof given === "string") {
    if (given.includes("{alternative}"))
      return labels.map((label) => given.replaceAll("{alternative}", label));
    throw new Complaint(`${option} is the same for all alternatives`, {
      value: given,
      help: "write {alternative} where the label stands in the column names, or give a column for each alternative",
    });
  }
  check.checkLabels(option, Object.keys(given!), labels);
  return labels.map((label) => {
    if (Object.hasOwn(given!, label)) return String(given![label]);
    throw new Complaint(`${option} is not given for ${label}`, {
      rule: "every alternative has a column of its own",
    });
  });
}

function valuesOf(
  table: Table,
  option: OutcomeOption,
  sources: readonly string[],
  { start }: Sets,
  { situation, label }: Places,
  labels: readonly string[],
  id: (s: number) => string,
): Float64Array {
  const columns = sources.map((source) => table.evaluate(source));
  const out = Float64Array.from(label, (j, row) => columns[j][situation[row]]);
  for (let s = 0; option !== "prices" && s < table.rows; s++) {
    const there = label.subarray(start[s], start[s + 1]);
    if (there.length === labels.length) continue;
    const j = columns.findIndex((column, at) => column[s] > 0 && !there.includes(at));
    if (j >= 0) throw check.observedNotThere(table, s, id(s), option, labels[j]);
  }
  return out;
}

/** Situation → index of the chosen label. */
function choices(table: Table, choice: string, codes: ReadonlyMap<string, string>): Int32Array {
  const column = inMemory(table.columns.get(choice) ?? columnOf(table.evaluate(choice)));
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
