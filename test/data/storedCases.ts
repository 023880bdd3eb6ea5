/** Fits of many kinds on one table, whose numbers single precision holds exactly, and the ways to store its columns. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { openArrow } from "../../src/data/arrowFile.ts";
import { fileAt } from "../../src/data/fileBytes.node.ts";
import type { ChoiceData, Fit } from "../../src/index.ts";
import { fit, logit, long, mixed, normal, sobol, spec, Table, wide } from "../../src/index.ts";
import { random } from "../../src/math/random.ts";

type Columns = Readonly<Record<string, Float64Array>>;
/** Makes a table of columns that are named and stored somehow. */
export type Storing = (columns: Columns) => Table;

const source = random(11);
const situations = 1200;
const numbers = (length: number, of: (i: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, i) => of(i));
const exact = (): number => Math.round(source.uniform() * 2 ** 12) / 2 ** 10;

/** Three rows a situation; `order` says which situation stands where. */
function longColumns(length: (s: number) => number, order = (i: number): number => i): Columns {
  const rows = Array.from({ length: situations }, (_, i) => order(i)).flatMap((s) =>
    Array.from({ length: length(s) }, (_, j) => ({ s, j })),
  );
  return {
    id: numbers(rows.length, (i) => rows[i].s),
    who: numbers(rows.length, (i) => Math.floor(rows[i].s / 4)),
    mode: numbers(rows.length, (i) => rows[i].j),
    chosen: numbers(rows.length, (i) => ((5 * rows[i].s) % length(rows[i].s) === rows[i].j ? 1 : 0)),
    price: numbers(rows.length, exact),
    speed: numbers(rows.length, exact),
    age: numbers(rows.length, (i) => 20 + ((7 * rows[i].s) % 40)),
    there: numbers(rows.length, (i) =>
      rows[i].j > 0 && (5 * rows[i].s) % length(rows[i].s) !== rows[i].j && rows[i].s % 5 === 0 ? 0 : 1,
    ),
  };
}

const wideColumns = (): Columns => ({
  id: numbers(situations, (s) => s),
  who: numbers(situations, (s) => Math.floor(s / 4)),
  chosen: numbers(situations, (s) => (5 * s) % 3),
  age: numbers(situations, (s) => 20 + ((7 * s) % 40)),
  hasBus: numbers(situations, (s) => ((5 * s) % 3 === 1 || s % 4 > 0 ? 1 : 0)),
  ...Object.fromEntries(
    ["price", "speed"].flatMap((name) =>
      ["car", "bus", "rail"].map((mode) => [`${name}_${mode}`, numbers(situations, exact)]),
    ),
  ),
});

const labelled = { situation: "id", alternative: "mode", choice: "chosen", person: "who" };
const unlabelled = { situation: "id", choice: "chosen", person: "who" };
const modes = {
  alternatives: { car: 0, bus: 1, rail: 2 },
  choice: "chosen",
  person: "who",
  attributes: ["{attribute}_{alternative}"],
};
const even = (): number => 3;
const ragged = (s: number): number => 2 + (s % 3);
/** Every second situation first: those of a person are apart. */
const apart = (i: number): number => ((2 * i) % situations) + (2 * i >= situations ? 1 : 0);

interface Case {
  readonly columns: Columns;
  readonly data: (table: Table) => ChoiceData;
  readonly model: () => ReturnType<typeof logit>;
}

const generic = (): ReturnType<typeof logit> => logit("price + speed | 0");
const byMode = (): ReturnType<typeof logit> => logit("price + speed | age");
const tastes = (): ReturnType<typeof logit> =>
  logit(mixed("price + speed | 0", { price: normal() }, { draws: sobol(8) }));

export const cases: Readonly<Record<string, Case>> = {
  "labelled, long": { columns: longColumns(even), data: (table) => long(table, labelled), model: byMode },
  "labelled, long, not all there": {
    columns: longColumns(ragged),
    data: (table) => long(table, { ...labelled, available: "there" }),
    model: byMode,
  },
  "labelled, wide": { columns: wideColumns(), data: (table) => wide(table, modes), model: byMode },
  "labelled, wide, not all there": {
    columns: wideColumns(),
    data: (table) => wide(table, { ...modes, available: { bus: "hasBus" } }),
    model: byMode,
  },
  "wide, one utility": {
    columns: wideColumns(),
    data: (table) => wide(table, modes),
    model: () => logit(spec({ parameters: { b: 0, c: 0 }, utilities: "b * price + c * log(1 + speed)" })),
  },
  "unlabelled, even": {
    columns: longColumns(even),
    data: (table) => long(table, unlabelled),
    model: generic,
  },
  "unlabelled, ragged": {
    columns: longColumns(ragged),
    data: (table) => long(table, unlabelled),
    model: generic,
  },
  "derived and filtered": {
    columns: longColumns(ragged),
    data: (table) =>
      long(table, {
        ...unlabelled,
        derive: { price: "price * (1 + speed) / 4" },
        filter: "age != 27 and age < 58",
        weight: "age",
      }),
    model: generic,
  },
  "situations apart": {
    columns: longColumns(even, apart),
    data: (table) => long(table, labelled),
    model: byMode,
  },
  "tastes of people": { columns: longColumns(even), data: (table) => long(table, unlabelled), model: tastes },
  "tastes of people who are apart": {
    columns: longColumns(ragged, apart),
    data: (table) => long(table, unlabelled),
    model: tastes,
  },
};

/** All that a fit says in numbers. */
export async function numbersOf(
  { columns, data, model }: Case,
  store: Storing,
  options: object = {},
): Promise<number[]> {
  const found: Fit = await fit(model(), data(store(columns)), options);
  return [found.logLikelihood, ...found.estimates, ...found.covariance.matrix];
}

export const inDouble: Storing = (columns) => Table.of(columns);
export const inSingle: Storing = (columns) =>
  Table.of(
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float32Array.from(values)])),
  );

const folder = mkdtempSync(join(tmpdir(), "logsum-stored-"));
let files = 0;
/** A file of several batches in numbers of several types; whole numbers as other packages write them. */
export const inFile =
  (format: "file" | "stream"): Storing =>
  (columns) => {
    const arrays = Object.entries(columns).map(([name, values]) => {
      if (!values.every(Number.isInteger))
        return [name, name === "speed" ? Float32Array.from(values) : values];
      return [name, name === "id" ? BigInt64Array.from(values, BigInt) : Int16Array.from(values)];
    });
    const path = join(folder, `${files++}.arrow`);
    const table = tableFromArrays(Object.fromEntries(arrays), { maxBatchRows: 700 });
    writeFileSync(path, tableToIPC(table, { format })!);
    return openArrow(fileAt(path));
  };
