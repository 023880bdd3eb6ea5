/** Calibration of fits: the reference numbers, temperature scaling and what it promises. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cell, long, parseCsv, Table } from "../../../src/data/index.ts";
import { fit as fitted, logit } from "../../../src/fit/index.ts";
import {
  calibration,
  compareRecalibrations,
  predictRecalibrated,
  reliability,
  scoreDecomposition,
  temperatureScaling,
} from "../../../src/post/index.ts";
import { loadStudy } from "../../../src/study/index.ts";
import { simulated } from "./simulated.ts";

const number = (table: Table, row: string, column: string): number => {
  const names = table.column(table.names[0]);
  const at = Array.from({ length: table.rows }, (_, i) => cell(names, i)).indexOf(row);
  return Number(cell(table.column(column), at));
};
const first = (table: Table, column: string): number => Number(cell(table.column(column), 0));

const shared = join(import.meta.dirname, "../../../../shared/data/swissmetro.csv");

describe("the logit of Swissmetro in ../shared", () => {
  test.skipIf(!existsSync(shared))("has the calibration errors of the reference", async () => {
    const { study } = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../cases/readme_swissmetro_logit.json"), "utf8"),
    );
    const { model, data } = loadStudy(study, parseCsv(readFileSync(shared, "utf8")));
    const table = await calibration(await fitted(model, data), { draws: 0 });
    expect(number(table, "top label", "expected error")).toBeCloseTo(0.086835, 6);
    expect(number(table, "mean of the alternatives", "expected error")).toBeCloseTo(0.054313, 6);
  });
});

const world = { persons: 300, tasks: 4, seed: 11 };
const own = simulated(world);
const base = await fitted(logit("x"), own);

test("a true model is not found miscalibrated on folds, and the table says so", async () => {
  const table = await calibration(base, { folds: 5, bins: 10 });
  expect(first(table, "expected error")).toBeGreaterThan(0);
  expect(first(table, "p")).toBeGreaterThan(0.05);
  expect(first(table, "lower")).toBe(0);
  expect(table.display.notes!.join(" ")).toContain(
    "No miscalibration that sampling would not explain: top label",
  );
  expect(table.display.title).toBe("Calibration, out of sample (5 folds of persons, seed 1)");
});

test("predictions of people with half the sensitivity are found miscalibrated and over-confident by 100 %", async () => {
  const others = simulated({ ...world, persons: 1500, seed: 12, taste: -0.5, constants: [0.15, -0.2] });
  const table = await calibration(base, { data: others });
  expect(first(table, "p")).toBeLessThan(0.01);
  expect(first(table, "lower")).toBeGreaterThan(0);
  expect(table.display.notes![0]).toContain("Miscalibrated beyond what sampling explains: top label");
  const scaling = await temperatureScaling(base, { data: others });
  expect(Math.abs(first(scaling, "value") - 2)).toBeLessThan(3 * first(scaling, "std. error"));
  expect(scaling.display.notes![0]).toMatch(/^These utilities are over-confident by \d+ %/);
});

test("the temperature on the fit's own training data is exactly 1", async () => {
  const scaling = await temperatureScaling(base, { data: own });
  expect(first(scaling, "value")).toBeCloseTo(1, 8);
  expect(scaling.display.notes![0]).toContain("No sign that these utilities are over- or under-confident");
});

test("a model with too many columns for its people is over-confident about new ones", async () => {
  const few = simulated({ persons: 200, tasks: 1, seed: 2, noise: 30 });
  const terms = ["x", ...Array.from({ length: 30 }, (_, k) => `n${k}`)].join(" + ");
  const scaling = await temperatureScaling(await fitted(logit(terms), few), { folds: 10 });
  expect(first(scaling, "lower")).toBeGreaterThan(1);
  expect(scaling.display.notes![0]).toContain("over-confident");
});

test("temperature scaling never changes which alternative is best, nor the order of any two", async () => {
  const others = simulated({ ...world, persons: 100, seed: 21 });
  const table = await predictRecalibrated(base, { data: others });
  const [after, before] = ["probability", "before"].map((name) => table.column(name));
  const values = (column: typeof after, s: number) => [0, 1, 2].map((j) => Number(cell(column, 3 * s + j)));
  const order = (of: number[]) => [0, 1, 2].sort((a, b) => of[a] - of[b]);
  let moved = 0;
  for (let s = 0; s < others.situations; s++) {
    expect(order(values(after, s))).toEqual(order(values(before, s)));
    expect(values(after, s).reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
    moved = Math.max(moved, Math.abs(values(after, s)[0] - values(before, s)[0]));
  }
  expect(moved).toBeGreaterThan(1e-4);
});

test("all recalibrations are compared on the same folds, and temperature keeps the hit rate", async () => {
  const table = await compareRecalibrations(base);
  const names = Array.from({ length: table.rows }, (_, i) => cell(table.column("recalibration"), i));
  expect(names).toEqual(["none", "temperature", "vector", "matrix", "isotonic"]);
  expect(number(table, "temperature", "hit rate")).toBe(number(table, "none", "hit rate"));
  for (const name of ["temperature", "vector", "matrix", "isotonic"]) {
    const gain = number(table, "none", "log score") - number(table, name, "log score");
    expect(number(table, name, "gain")).toBeCloseTo(gain, 12);
  }
});

test("isotonic regression mends a bend that temperature cannot", async () => {
  // The truth has tastes that differ between people: a logit with one taste is too sure at the ends.
  const mixed = simulated({ persons: 1500, tasks: 4, seed: 5, taste: -2, spread: 3 });
  const table = await compareRecalibrations(await fitted(logit("x"), mixed), { bins: 10 });
  expect(number(table, "isotonic", "gain")).toBeGreaterThan(number(table, "temperature", "gain"));
  expect(number(table, "isotonic", "debiased")).toBeLessThan(number(table, "none", "debiased"));
});

test("the reliability table has one row per bin that holds predictions, and its shares sum to one", async () => {
  const table = await reliability(base, { bins: 8, by: "mass" });
  const shares = new Map<string, number>();
  for (let i = 0; i < table.rows; i++) {
    const name = String(cell(table.column("of"), i));
    shares.set(name, (shares.get(name) ?? 0) + Number(cell(table.column("share"), i)));
  }
  expect([...shares.keys()]).toEqual(["top label", "a", "b", "c"]);
  for (const sum of shares.values()) expect(sum).toBeCloseTo(1, 12);
});

test("the parts of the scores sum to the scores", async () => {
  const table = await scoreDecomposition(base);
  const value = (column: string, i: number) => Number(cell(table.column(column), i));
  for (let i = 0; i < table.rows; i++)
    expect(
      value("uncertainty", i) - value("resolution", i) + value("reliability", i) + value("within bins", i),
    ).toBeCloseTo(value("value", i), 12);
});

const profiles = (() => {
  const data = simulated({ persons: 120, tasks: 3, seed: 8 });
  const x = data.resolve("x", 0) && data.column("x") ? data.column("x")!.values : new Float64Array(0);
  const rows = Array.from({ length: data.rows }, (_, row) => ({
    task: Math.floor(row / 3),
    person: data.person![Math.floor(row / 3)],
    x: x[row],
    chosen: data.chosen![Math.floor(row / 3)] === row ? 1 : 0,
  }));
  return long(Table.from(rows), { situation: "task", choice: "chosen", person: "person" });
})();

test("profiles without labels are judged together, and scaled only by what needs no labels", async () => {
  const unlabelled = await fitted(logit("x"), profiles);
  const table = await calibration(unlabelled, { bins: 5, draws: 100 });
  expect(cell(table.column("of"), 1)).toBe("all alternatives");
  const compared = await compareRecalibrations(unlabelled, { folds: 3 });
  expect(compared.rows).toBe(3);
  await expect(predictRecalibrated(unlabelled, { kind: "vector" })).rejects.toThrow("have no labels");
  expect((await predictRecalibrated(unlabelled, { kind: "isotonic" })).rows).toBe(profiles.rows);
});

test("predictions that are worse than chance have no best temperature", async () => {
  const contrary = simulated({ ...world, seed: 31, taste: 1 });
  await expect(temperatureScaling(base, { data: contrary })).rejects.toThrow("no best temperature scaling");
});

test("an unknown recalibration is a complaint that names the nearest", async () => {
  await expect(predictRecalibrated(base, { kind: "temprature" as "temperature" })).rejects.toThrow(
    "did you mean temperature?",
  );
});
