/** Choice data in tables: how often each alternative was there and was chosen, and what the attributes range over. */
import { Place } from "../expr/index.ts";
import type { ChoiceData } from "./choiceData.ts";
import type { SourceColumn } from "./store.ts";
import { Table } from "./table.ts";

/**
 * Three tables: the sample (situations, persons, sizes of choice sets), the alternatives (available, chosen,
 * shares), and the attributes (count, mean, least, largest; one row an alternative where they vary over them).
 * Counts are unweighted; shares are weighted where a weight was declared, and say so.
 */
export function describe(data: ChoiceData): Table[] {
  return [
    sample(data),
    ...(data.labels && data.labels.length <= most ? [alternatives(data)] : []),
    attributes(data),
  ];
}

const most = 60;

function sample(data: ChoiceData): Table {
  const sizes = Float64Array.from({ length: data.situations }, (_, s) => data.start[s + 1] - data.start[s]);
  const facts: [string, number | string][] = [
    ["choice situations", data.situations],
    ...persons(data),
    ["alternatives in a choice set", range(sizes)],
    ["rows of available alternatives", data.rows],
    ...(data.weight ? ([["sum of weights", sum(data.weight)]] as [string, number][]) : []),
  ];
  const notes = data.warnings.map((warning) => `Warning: ${warning}.`);
  return Table.of(
    { sample: facts.map(([name]) => name), value: facts.map(([, value]) => String(value)) },
    { title: "Sample", notes },
  );
}

function persons(data: ChoiceData): [string, number | string][] {
  if (!data.person) return [];
  const tasks = new Float64Array(data.personCount);
  for (const person of data.person) tasks[person]++;
  return [
    ["persons", data.personCount],
    ["situations of a person", range(tasks)],
  ];
}

function alternatives(data: ChoiceData): Table {
  const labels = data.labels!;
  const available = new Float64Array(labels.length);
  const chosen = new Float64Array(labels.length);
  const [weightThere, weightChosen] = [new Float64Array(labels.length), new Float64Array(labels.length)];
  for (let s = 0; s < data.situations; s++) {
    const weight = data.weight?.[s] ?? 1;
    for (let row = data.start[s]; row < data.start[s + 1]; row++) {
      const index = data.alternative![row];
      available[index]++;
      weightThere[index] += weight;
      if (data.chosen?.[s] !== row) continue;
      chosen[index]++;
      weightChosen[index] += weight;
    }
  }
  const all = sum(weightChosen);
  const shares = {
    chosen,
    share: weightChosen.map((each) => each / all),
    "share where available": weightChosen.map((each, j) => each / weightThere[j]),
  };
  return Table.of(
    { alternative: [...labels], available, ...(data.chosen ? shares : {}) },
    {
      title: "Alternatives",
      formats: {
        available: "integer",
        chosen: "integer",
        share: "percent",
        "share where available": "percent",
      },
      notes: data.weight && data.chosen ? ["Shares are weighted."] : [],
    },
  );
}

/** One line of the table of attributes. */
interface Summary {
  readonly name: string;
  readonly alternative: string;
  readonly mean: number;
  readonly least: number;
  readonly largest: number;
  readonly missing: number;
}

function attributes(data: ChoiceData): Table {
  const lines = described(data).flatMap((name) => summaries(data, name, valuesOf(data, name)));
  const column = <K extends keyof Summary>(key: K): Summary[K][] => lines.map((line) => line[key]);
  const varies = lines.some(({ alternative }) => alternative !== "");
  const anyMissing = lines.some(({ missing }) => missing > 0);
  return Table.of(
    {
      attribute: column("name"),
      ...(varies ? { alternative: column("alternative") } : {}),
      mean: column("mean"),
      min: column("least"),
      max: column("largest"),
      ...(anyMissing ? { missing: column("missing") } : {}),
    },
    {
      title: "Attributes",
      notes: [
        ...(varies
          ? [
              "Where an attribute varies over the alternatives, over the situations in which each is available.",
            ]
          : []),
        ...references(data),
      ],
    },
  );
}

/** What the 0/1 columns of labels are measured against. */
function references(data: ChoiceData): string[] {
  const shown = new Set(described(data));
  return [...data.attributeNames, ...data.table.names].flatMap((name) => {
    const category = data.category(name);
    if (!category?.columns.some((column) => shown.has(column))) return [];
    const coding = category.coding === "effects" ? "effects-coded" : "0/1";
    return [`${name}: ${coding} columns against the reference ${category.reference}.`];
  });
}

/** Not the ids and the choice, nor the columns that an attribute is made of. */
function described(data: ChoiceData): string[] {
  const parts = new Set(data.attributeNames.flatMap((name) => data.attributeSources(name)));
  const attributes = new Set(data.attributeNames);
  const hidden = (name: string): boolean => data.roles.has(name) || parts.has(name) || ofRole(data, name);
  return data.names.filter((name) => attributes.has(name) || !hidden(name));
}

const valuesOf = (data: ChoiceData, name: string): SourceColumn =>
  data.column(data.resolve(name, Place.axis)!.name)!;

const ofRole = (data: ChoiceData, name: string): boolean =>
  [...data.roles].some((role) => data.category(role)?.columns.includes(name));

function summaries(data: ChoiceData, name: string, column: SourceColumn): Summary[] {
  const { values, addressing } = column;
  if (addressing === "situation") return [summary(name, "", values)];
  if (addressing === "first") return [summary(name, "", firsts(data, values))];
  if (!data.labels || data.labels.length > most) return [summary(name, "", values)];
  return data.labels.map((label, index) =>
    summary(
      name,
      label,
      values.filter((_, row) => data.alternative![row] === index),
    ),
  );
}

const firsts = (data: ChoiceData, values: Float64Array): Float64Array =>
  Float64Array.from(data.start.subarray(0, -1), (row) => values[row]);

function summary(name: string, alternative: string, all: Float64Array): Summary {
  let [count, total, least, largest] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of all) {
    if (Number.isNaN(value)) continue;
    count++;
    total += value;
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  const some = count > 0;
  return {
    name,
    alternative,
    mean: total / count,
    least: some ? least : Number.NaN,
    largest: some ? largest : Number.NaN,
    missing: all.length - count,
  };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

function range(values: Float64Array): string {
  let [least, largest] = [Number.POSITIVE_INFINITY, 0];
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  if (least === largest) return String(least);
  return `${least} to ${largest}, mean ${(sum(values) / values.length).toFixed(2)}`;
}
