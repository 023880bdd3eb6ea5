import { describe, expect, test } from "vitest";
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import { type Fit, fit, logit } from "../../src/fit/index.ts";
import { predict, probabilityCurve, type Scenario, shares, surplus } from "../../src/post/index.ts";
import {
  distance,
  fitted,
  labelled,
  labels,
  longOptions,
  longRows,
  numbersIn,
  ragged,
  tableOf,
  textsIn,
  unlabelled,
  wideWorld,
} from "./worlds.ts";

const probabilities = async (found: Fit, scenario: Scenario, data?: ChoiceData): Promise<number[]> =>
  numbersIn(await predict(found, { scenario, ...(data ? { data } : {}) }), "probability");

/** The same as changing the rows of the file and predicting for them. */
async function changedRows(
  seed: number,
  found: Fit,
  change: (row: ReturnType<typeof longRows>[number]) => object,
): Promise<number[]> {
  const rows = longRows(seed).map((row) => ({ ...row, ...change(row) }));
  return numbersIn(await predict(found, { data: long(tableOf(rows), longOptions) }), "probability");
}

describe("a scenario is what the file would say", () => {
  const n = Number;
  test.for<[string, Scenario, (row: ReturnType<typeof longRows>[number]) => object]>([
    ["an attribute of all alternatives", { cost: "cost * 1.2" }, (row) => ({ cost: n(row.cost) * 1.2 })],
    [
      "an attribute of one",
      { "cost.car": "cost + 2" },
      (row) => (row.mode === "car" ? { cost: n(row.cost) + 2 } : {}),
    ],
    ["a number", { "time.bus": 12 }, (row) => (row.mode === "bus" ? { time: 12 } : {})],
    [
      "a variable of the situation",
      { income: "income * 2 + 1" },
      (row) => ({ income: n(row.income) * 2 + 1 }),
    ],
    ["another column", { cost: "time / 5 + income" }, (row) => ({ cost: n(row.time) / 5 + n(row.income) })],
    [
      "two names, each from the values before",
      { time: "cost", cost: "time" },
      (row) => ({ time: n(row.cost), cost: n(row.time) }),
    ],
    [
      "one alternative apart from all",
      { cost: 3, "cost.car": 9 },
      (row) => ({ cost: row.mode === "car" ? 9 : 3 }),
    ],
    [
      "one alternative apart from all, in the other order",
      { "cost.car": 9, cost: 3 },
      (row) => ({ cost: row.mode === "car" ? 9 : 3 }),
    ],
    ["a 0/1 column", { "seat.train": 1 }, (row) => (row.mode === "train" ? { seat: 1 } : {})],
  ])("%s", async ([, scenario, change]) => {
    const seed = 21;
    const { fit: found } = await fitted(labelled, seed);
    const asked = await probabilities(found, scenario);
    expect(distance(asked, await changedRows(seed, found, change))).toBeLessThan(1e-12);
    expect(distance(asked, await probabilities(found, {}))).toBeGreaterThan(1e-4);
  });

  test.for([['"north"'], ["north"], ["'north'"]])("a category, as %s", async ([level]) => {
    const data = long(tableOf(longRows(22)), longOptions);
    const found = await fit(logit("time + cost | region"), data);
    const asked = await probabilities(found, { region: level });
    const wanted = await changedRows(22, found, () => ({ region: "north" }));
    expect(distance(asked, wanted)).toBeLessThan(1e-12);
    await expect(probabilities(found, { region: "nrth" })).rejects.toThrow(/did you mean north/);
  });

  test("a category that the utilities compare with a label", async () => {
    const utility = 'b_time * time + b_west * (region == "west")';
    const parameters = { b_time: 0, b_west: 0 };
    const utilities = { train: "b_time * time", bus: "b_time * time", car: utility };
    const found = await fit(logit({ parameters, utilities }), long(tableOf(longRows(23)), longOptions));
    const wanted = await changedRows(23, found, () => ({ region: "west" }));
    expect(distance(await probabilities(found, { region: "west" }), wanted)).toBeLessThan(1e-12);
    expect(distance(await probabilities(found, { region_west: 1 }), wanted)).toBeLessThan(1e-12);
  });
});

test("a column behind the attributes of the wide layout changes all of them", async () => {
  const { fit: found } = await fitted(wideWorld, 24);
  const free = await probabilities(found, { card: 1 });
  const same = await probabilities(found, { "cost.train": 0, "cost.bus": 0 });
  expect(distance(free, same)).toBeLessThan(1e-12);
  const dear = await probabilities(found, { fare: "fare * 2" });
  const both = await probabilities(found, { "cost.train": "cost * 2", "cost.bus": "cost * 2" });
  expect(distance(dear, both)).toBeLessThan(1e-12);
});

test("a column with a dot in its name needs no backticks", async () => {
  const rows = longRows(25).map((row) => ({ ...row, "price.car": row.cost }));
  const table = Table.from(rows);
  const data = long(table, longOptions);
  const utility = "b * `price.car` + c * time";
  const found = await fit(
    logit({ parameters: { b: 0, c: 0 }, utilities: { train: utility, bus: utility, car: utility } }),
    data,
  );
  const twice = await probabilities(found, { "price.car": "2 * `price.car`" });
  const direct = long(
    Table.from(rows.map((row) => ({ ...row, "price.car": 2 * Number(row["price.car"]) }))),
    longOptions,
  );
  expect(distance(twice, await probabilities(found, {}, direct))).toBeLessThan(1e-12);
});

test("more labelled alternatives than are written out one by one are still told apart", async () => {
  const many = Array.from({ length: 40 }, (_, j) => `brand${j}`);
  const rows = Array.from({ length: 120 }, (_, s) =>
    many.map((brand, j) => ({
      s,
      brand,
      price: ((s * 7 + j * 13) % 17) / 3,
      choice: (s * 11) % 40 === j ? 1 : 0,
    })),
  ).flat();
  const data = long(Table.from(rows), { situation: "s", alternative: "brand", choice: "choice" });
  const model = logit({ parameters: { b: 0 }, utilities: "b * price.each" });
  const found = await fit(model, data);
  expect(found.converged, found.message).toBe(true);
  expect(found.resolved.labels).toBeNull();
  const before = await shares(found);
  expect(textsIn(before, "alternative")).toEqual(many);
  const after = await shares(found, { scenario: { "price.brand7": "price + 5" } });
  const direct = long(
    Table.from(rows.map((row) => (row.brand === "brand7" ? { ...row, price: row.price + 5 } : row))),
    { situation: "s", alternative: "brand", choice: "choice" },
  );
  const wanted = numbersIn(await shares(found, { data: direct }), "predicted");
  expect(distance(numbersIn(after, "predicted"), wanted)).toBeLessThan(1e-12);
  expect(distance(numbersIn(before, "predicted"), wanted)).toBeGreaterThan(1e-6);
});

test("profiles without labels change together", async () => {
  const { fit: found, data } = await fitted(unlabelled, 26);
  const before = await probabilities(found, {});
  const raised = await probabilities(found, { cost: "cost + 3" });
  expect(distance(raised, before)).toBeLessThan(1e-12);
  const flat = await probabilities(found, { cost: 0, time: 0, seat: 0 });
  for (let s = 0; s < data.situations; s++)
    expect(flat[data.start[s]]).toBeCloseTo(1 / (data.start[s + 1] - data.start[s]), 12);
});

test("before, after and change of the shares go together", async () => {
  const { fit: found } = await fitted(ragged, 27);
  const table = await shares(found, { scenario: { "cost.car": "cost * 1.5" } });
  const [before, after, change] = ["before", "predicted", "change"].map((name) => numbersIn(table, name));
  expect(before).toEqual(numbersIn(await shares(found), "predicted"));
  for (const [j, value] of change.entries()) expect(value).toBeCloseTo(after[j] - before[j], 14);
  expect(change.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
  expect(change[labels.indexOf("car")]).toBeLessThan(0);
});

test.for<[Scenario, RegExp]>([
  [{ csot: 1 }, /no attribute csot[\s\S]*did you mean cost/],
  [{ "cost.cra": 1 }, /no alternative cra[\s\S]*did you mean car/],
  [{ "csot.car": 1 }, /no attribute csot/],
  [{ cost: "tmie * 2" }, /tmie is neither[\s\S]*did you mean time/],
  [{ cost: "cost *" }, /cost \*/],
  [{ cost: Number.NaN }, /no finite number/],
  [{ weight: 2 }, /no utility uses weight/],
  [{ "income.train": 2 }, /no utility uses income.train/],
  [{ cost: "1 / (income - income)" }, /the utility of (train|bus|car) is not a number[\s\S]*situation s0/],
  [{ cost: "log(0 - cost)" }, /is not a number/],
])("%o is refused", async ([scenario, says]) => {
  const { fit: found } = await fitted(labelled, 28);
  for (const ask of [
    () => predict(found, { scenario }),
    () => shares(found, { scenario }),
    () => surplus(found, { scenario, per: "cost" }),
  ])
    await expect(ask()).rejects.toThrow(says);
});

describe("a curve", () => {
  test("at one value is what predict says for everyone at that value", async () => {
    for (const [make, of] of [
      [labelled, "car"],
      [ragged, "bus"],
      [wideWorld, "train"],
      [unlabelled, undefined],
    ] as const) {
      const { fit: found } = await fitted(make, 29);
      const table = await probabilityCurve(found, { over: "cost", of, points: 3, range: [1, 9] });
      const key = of === undefined ? "cost" : `cost.${of}`;
      const wanted = numbersIn(await shares(found, { scenario: { [key]: 5 } }), "predicted");
      const at = numbersIn(table, "cost").flatMap((value, i) => (value === 5 ? [i] : []));
      const curve = numbersIn(table, "probability");
      expect(
        distance(
          at.map((i) => curve[i]),
          wanted,
        ),
      ).toBeLessThan(1e-12);
    }
  });

  test("runs from the smallest to the largest value of the alternative, and has its band within 0 and 1", async () => {
    const { fit: found, data } = await fitted(ragged, 30);
    const table = await probabilityCurve(found, { over: "cost.car", points: 5 });
    const values = numbersIn(data.table, "cost");
    const own = values.filter((_, row) => data.labels![data.alternative![row]] === "car");
    const x = numbersIn(table, "cost");
    expect(Math.min(...x)).toBe(Math.min(...own));
    expect(Math.max(...x)).toBeCloseTo(Math.max(...own), 12);
    expect(Math.min(...numbersIn(table, "lower"))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbersIn(table, "upper"))).toBeLessThanOrEqual(1);
  });

  test.for<[Parameters<typeof probabilityCurve>[1], RegExp]>([
    [{ over: "cots" }, /did you mean cost/],
    [{ over: "cost", of: "trian" }, /did you mean train/],
    [{ over: "region" }, /holds labels[\s\S]*region_south/],
    [{ over: "weight" }, /no utility uses weight/],
    [{ over: "cost", points: 1 }, /whole number of points/],
    [{ over: "cost", range: [3, 1] }, /a range goes/],
  ])("of %o is refused", async ([options, says]) => {
    const { fit: found } = await fitted(labelled, 28);
    await expect(probabilityCurve(found, options)).rejects.toThrow(says);
  });
});
