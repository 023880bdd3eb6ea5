/** Real data as rows of a plain logit, beside the reference estimates of the same model. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LogitRows } from "./plainLogit.ts";

export interface Case {
  readonly data: LogitRows;
  /** Person of each situation. */
  readonly person: Int32Array;
  readonly names: readonly string[];
}

type Row = Readonly<Record<string, string>>;
type Attributes = (row: Row) => number[];

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));

/** Why the real data cannot be had, or false. */
export const absent = existsSync(`${shared}data`) ? false : `no real data at ${shared}data`;

export const reference = (name: string) =>
  JSON.parse(readFileSync(`${shared}reference/${name}.json`, "utf8"));

function read(file: string): Row[] {
  const [head, ...lines] = readFileSync(`${shared}data/${file}`, "utf8").trim().split(/\r?\n/);
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i], cell])));
}

function long(file: string, situation: string, person: string, chosen: (row: Row) => boolean, x: Attributes) {
  const table = read(file);
  const rows: Float64Array[] = [];
  const starts: number[] = [];
  const choice: number[] = [];
  const persons: number[] = [];
  let last = "";
  for (const row of table) {
    if (row[situation] !== last) {
      starts.push(rows.length);
      persons.push(Number(row[person]));
    }
    last = row[situation];
    if (chosen(row)) choice.push(rows.length);
    rows.push(Float64Array.from(x(row)));
  }
  return {
    data: { rows, starts: [...starts, rows.length], chosen: choice },
    person: Int32Array.from(persons),
  };
}

const numbers = (row: Row, ...names: string[]): number[] => names.map((name) => Number(row[name]));
const is = (row: Row, column: string, value: string): number => (row[column] === value ? 1 : 0);
const one = (row: Row): boolean => Number(row.choice) === 1;

const builders: Readonly<Record<string, () => Omit<Case, "names">>> = {
  logit_fishing: () =>
    long("fishing.csv", "id", "id", one, (row) => {
      const dummies = ["boat", "charter", "pier"].map((label) => is(row, "alt", label));
      return [...dummies, ...dummies.map((d) => d * Number(row.income)), ...numbers(row, "price", "catch")];
    }),
  logit_modechoice: () =>
    long("travel-mode.csv", "individual", "individual", one, (row) => [
      ...["air", "train", "bus"].map((label) => is(row, "mode", label)),
      ...numbers(row, "gc", "ttme"),
      is(row, "mode", "air") * Number(row.hinc),
    ]),
  logit_electricity: () =>
    long("electricity.csv", "chid", "id", one, (row) => numbers(row, "pf", "cl", "loc", "wk", "tod", "seas")),
  logit_train: () =>
    long("train.csv", "sit", "id", one, (row) => [
      (Number(row.price) / 100) * 2.20371,
      Number(row.time) / 60,
      ...numbers(row, "change", "comfort"),
    ]),
  logit_artificial: () =>
    long("artificial.csv", "id", "id", one, (row) =>
      numbers(row, ..."price time conven comfort meals petfr emipp nonsig1 nonsig2 nonsig3".split(" ")),
    ),
  logit_swissmetro4: swissmetro,
};

function swissmetro(): Omit<Case, "names"> {
  const kept = read("swissmetro.csv").filter(
    (row) => (row.PURPOSE === "1" || row.PURPOSE === "3") && row.CHOICE !== "0",
  );
  const rows: Float64Array[] = [];
  const starts: number[] = [];
  const chosen: number[] = [];
  for (const row of kept) {
    starts.push(rows.length);
    const [free, offered] = [row.GA === "0" ? 1 : 0, row.SP !== "0"];
    const each = [
      {
        code: "1",
        on: row.TRAIN_AV === "1" && offered,
        x: [0, 1, (Number(row.TRAIN_CO) * free) / 100, Number(row.TRAIN_TT) / 100],
      },
      {
        code: "2",
        on: row.SM_AV === "1",
        x: [0, 0, (Number(row.SM_CO) * free) / 100, Number(row.SM_TT) / 100],
      },
      {
        code: "3",
        on: row.CAR_AV === "1" && offered,
        x: [1, 0, Number(row.CAR_CO) / 100, Number(row.CAR_TT) / 100],
      },
    ];
    for (const { code, on, x } of each) {
      if (row.CHOICE === code) chosen.push(rows.length);
      if (on) rows.push(Float64Array.from(x));
    }
  }
  const data = { rows, starts: [...starts, rows.length], chosen };
  return { data, person: Int32Array.from(kept, (row) => Number(row.ID)) };
}

export const caseNames: readonly string[] = Object.keys(builders);
export const load = (name: string): Case => ({ ...builders[name](), names: reference(name).names });
