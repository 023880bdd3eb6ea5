import { describe, expect, test } from "vitest";
import { type Fit, fit, logit } from "../../src/fit/index.ts";
import { fieller } from "../../src/inference/index.ts";
import { derived, predict, shares, situationLogsums, surplus, wtp } from "../../src/post/index.ts";
import { spec, tempered } from "../../src/spec/index.ts";
import {
  distance,
  fitted,
  labelled,
  numbersIn,
  ragged,
  textsIn,
  unlabelled,
  weighted,
  wideWorld,
} from "./worlds.ts";

const estimate = (found: Fit, name: string): number =>
  found.parameters.find((parameter) => parameter.name === name)!.estimate;
const first = async (table: Promise<{ column(name: string): unknown }>, name: string): Promise<number> =>
  numbersIn((await table) as never, name)[0];
const twoSources = spec({
  parameters: { asc_bus: 0, asc_car: 0, b_time: 0, b_cost: 0 },
  utilities: {
    train: "b_time * time + b_cost * cost",
    bus: "asc_bus + b_time * time + b_cost * cost",
    car: "asc_car + b_time * time + b_cost * cost",
  },
});

describe("willingness to pay", () => {
  test("is minus the ratio of the coefficients, with the standard error of that ratio", async () => {
    for (const make of [labelled, weighted, unlabelled]) {
      const { fit: found } = await fitted(make, 51);
      const table = await wtp(found, { of: "time", per: "cost" });
      const ratio = await derived(found, { ratio: "-time / cost" });
      expect(textsIn(table, "of")).toEqual(["time"]);
      expect(numbersIn(table, "wtp")[0]).toBeCloseTo(-estimate(found, "time") / estimate(found, "cost"), 12);
      for (const column of ["std. error", "lower", "upper"])
        expect(numbersIn(table, column)[0]).toBeCloseTo(numbersIn(ratio, column)[0], 12);
    }
  });

  test("has Fieller's interval, from the variances of both coefficients", async () => {
    const { fit: found } = await fitted(labelled, 52);
    const size = found.parameters.length;
    const [a, b] = ["time", "cost"].map((name) => found.parameters.findIndex((each) => each.name === name));
    const v = found.covariance.matrix;
    const set = fieller({
      numerator: -found.estimates[a],
      denominator: found.estimates[b],
      numeratorVariance: v[a * size + a],
      denominatorVariance: v[b * size + b],
      covariance: -v[a * size + b],
    });
    if (set.kind !== "interval") throw new Error(set.words);
    const table = await wtp(found, { of: "time", per: "cost" });
    expect(numbersIn(table, "Fieller lower")[0]).toBeCloseTo(set.lower, 10);
    expect(numbersIn(table, "Fieller upper")[0]).toBeCloseTo(set.upper, 10);
    // At the ends of the interval the difference is exactly significant.
    for (const ratio of [set.lower, set.upper]) {
      const test = await derived(found, { it: `-time - (${ratio}) * cost` });
      expect(Math.abs(numbersIn(test, "z")[0])).toBeCloseTo(1.959963985, 6);
    }
  });

  test("says in words when the set of ratios is unbounded", async () => {
    const { fit: found } = await fitted(labelled, 53);
    const table = await wtp(found, { of: "cost", per: "seat" });
    const noisy = found.parameters.find(({ name }) => name === "seat")!;
    const vague = {
      ...found,
      covariance: { ...found.covariance, matrix: found.covariance.matrix.map((x) => 40 * x) },
    };
    const unclear = await wtp(vague, { of: "cost", per: "seat" });
    expect(Math.abs(noisy.z) / Math.sqrt(40)).toBeLessThan(1.96);
    expect(numbersIn(unclear, "Fieller lower")[0]).toBeNaN();
    const notes = unclear.display.notes!.join(" ");
    expect(notes).toMatch(/Fieller, all: .*(may be zero|neither the numerator)/);
    if (notes.includes("may be zero")) expect(notes).toMatch(/-?\d.* or less, or -?\d.* or more/);
    expect(numbersIn(table, "wtp")).toEqual(numbersIn(unclear, "wtp"));
  });

  test("of several attributes is one table", async () => {
    const { fit: found } = await fitted(labelled, 54);
    const table = await wtp(found, { of: ["time", "seat"], per: "cost" });
    expect(textsIn(table, "of")).toEqual(["time", "seat"]);
    expect(table.names).not.toContain("alternative");
    expect(numbersIn(table, "wtp")[1]).toBe(await first(wtp(found, { of: "seat", per: "cost" }), "wtp"));
    for (const line of String(table).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("differs between alternatives whose coefficients differ", async () => {
    const { data } = labelled(55);
    const found = await fit(logit("cost | 0 | time"), data);
    const table = await wtp(found, { of: "time", per: "cost" });
    expect(textsIn(table, "alternative")).toEqual(["train", "bus", "car"]);
    textsIn(table, "alternative").forEach((label, j) => {
      const wanted = -estimate(found, `time_${label}`) / estimate(found, "cost");
      expect(numbersIn(table, "wtp")[j]).toBeCloseTo(wanted, 12);
    });
  });

  test("of utilities that bend is the mean of the ratio where the alternative is available", async () => {
    const { fit: found, data } = await fitted(ragged, 56);
    const table = await wtp(found, { of: "time", per: "cost" });
    const time = numbersIn(data.table, "time");
    textsIn(table, "alternative").forEach((label, j) => {
      const rows = time.flatMap((_, row) => (data.labels![data.alternative![row]] === label ? [row] : []));
      const ratio = (row: number) =>
        -estimate(found, "b_time") / time[row] / (estimate(found, "b_cost") / 10);
      const wanted = rows.reduce((total, row) => total + ratio(row), 0) / rows.length;
      expect(numbersIn(table, "wtp")[j]).toBeCloseTo(wanted, 10);
    });
    expect(table.display.notes!.join(" ")).toContain("vary with the data");
    expect(numbersIn(table, "std. error").every((error) => error > 0)).toBe(true);
  });

  test("does not depend on the temperature", async () => {
    const { data } = labelled(57);
    const plain = await fit(logit(twoSources), data);
    const money = await fit(logit(tempered(twoSources, { money: "b_cost" })), data);
    const groups = await fit(logit(tempered(twoSources, { by: "region" })), data);
    const [a, b, c] = await Promise.all(
      [plain, money, groups].map((found) => wtp(found, { of: "time", per: "cost" })),
    );
    for (const column of ["wtp", "std. error", "lower", "upper"])
      expect(distance(numbersIn(b, column), numbersIn(a, column))).toBeLessThan(1e-6);
    // One coefficient is −1 there, and known: Fieller's interval is then the delta method's.
    expect(numbersIn(b, "Fieller lower")[0]).toBeCloseTo(numbersIn(b, "lower")[0], 10);
    expect(numbersIn(c, "wtp")[0]).toBeCloseTo(-estimate(groups, "b_time") / estimate(groups, "b_cost"), 12);
    expect(numbersIn(c, "Fieller lower")[0]).toBeLessThan(numbersIn(c, "wtp")[0]);
    expect(numbersIn(c, "std. error")[0]).toBeCloseTo(
      await first(derived(groups, "-b_time / b_cost"), "std. error"),
      12,
    );
  });

  test.for<[string, string, RegExp]>([
    ["tmie", "cost", /no attribute tmie[\s\S]*did you mean time/],
    ["time", "csot", /no attribute csot[\s\S]*did you mean cost/],
    ["weight", "cost", /no utility holds both weight and cost/],
    ["region", "cost", /holds labels/],
  ])("of %s in %s is refused", async ([of, per, says]) => {
    const { fit: found } = await fitted(labelled, 58);
    await expect(wtp(found, { of, per })).rejects.toThrow(says);
  });
});

describe("consumer surplus", () => {
  test("is the weighted difference of logsums over the marginal utility of money", async () => {
    for (const make of [labelled, weighted, wideWorld, unlabelled]) {
      const { fit: found, data } = await fitted(make, 61);
      const scenario = { cost: "cost * 0.9", time: "time + 1" };
      const [before, after] = [
        numbersIn(await situationLogsums(found), "logsum"),
        numbersIn(await situationLogsums(found, { scenario }), "logsum"),
      ];
      const money = -estimate(found, make === wideWorld ? "b_cost" : "cost");
      let [total, weights] = [0, 0];
      for (let s = 0; s < data.situations; s++) {
        const weight = data.weight?.[s] ?? 1;
        total += (weight * (after[s] - before[s])) / money;
        weights += weight;
      }
      const value = numbersIn(await surplus(found, { scenario, per: "cost" }), "value");
      expect(distance(value, [total / weights, total])).toBeLessThan(1e-10);
    }
  });

  test("of one unit less for everyone is one unit, without any doubt", async () => {
    const { fit: found } = await fitted(labelled, 62);
    const table = await surplus(found, { scenario: { cost: "cost - 1" }, per: "cost" });
    expect(numbersIn(table, "value")[0]).toBeCloseTo(1, 10);
    expect(numbersIn(table, "std. error")[0]).toBeLessThan(1e-8);
  });

  test("for a small change is minus the change times the share", async () => {
    const { fit: found } = await fitted(labelled, 63);
    const share = numbersIn(await shares(found), "predicted")[2];
    const value = await first(
      surplus(found, { scenario: { "cost.car": "cost + 0.00001" }, per: "cost" }),
      "value",
    );
    expect(value / 0.00001).toBeCloseTo(-share, 5);
  });

  test("is in money of each group where temperatures differ", async () => {
    const found = await fit(logit(tempered(twoSources, { by: "region" })), labelled(64).data);
    const table = await surplus(found, { scenario: { cost: "cost - 1" }, per: "cost" });
    expect(numbersIn(table, "value")[0]).toBeCloseTo(1, 10);
  });

  test("is refused where the marginal utility of money is not one number", async () => {
    const { data } = labelled(65);
    const found = await fit(logit("time | 0 | cost"), data);
    const scenario = { time: "time * 2" };
    await expect(surplus(found, { scenario, per: "cost" })).rejects.toThrow(
      /is not one number[\s\S]*linearly/,
    );
    const bent = await fit(logit("time + log(cost)"), data);
    await expect(surplus(bent, { scenario, per: "cost" })).rejects.toThrow(/is not one number/);
    await expect(surplus(bent, { scenario, per: "seat" })).rejects.toThrow(/no utility uses seat/);
  });

  test("says so when dearer is better", async () => {
    const { data } = labelled(66);
    const found = await fit(logit("time + cost + seat"), data);
    const table = await surplus(found, { scenario: { time: "time - 1" }, per: "seat" });
    expect(table.display.notes!.join(" ")).toContain("makes no sense");
    const sound = await surplus(found, { scenario: { time: "time - 1" }, per: "cost" });
    expect(sound.display.notes!.join(" ")).not.toContain("makes no sense");
  });
});

describe("derived numbers", () => {
  test("may be given by name, as a list or alone", async () => {
    const { fit: found } = await fitted(labelled, 71);
    const [named, list, alone] = [
      await derived(found, { ratio: "time / cost" }),
      await derived(found, ["time / cost", "exp(cost)"]),
      await derived(found, "time / cost"),
    ];
    expect(textsIn(named, "expression")).toEqual(["ratio"]);
    expect(named.display.notes![0]).toBe("ratio = time / cost");
    expect(textsIn(list, "expression")).toEqual(["time / cost", "exp(cost)"]);
    expect(numbersIn(alone, "value")).toEqual(numbersIn(named, "value"));
    expect(numbersIn(list, "value")[1]).toBeCloseTo(Math.exp(estimate(found, "cost")), 14);
  });

  test("of a parameter is its row in the table of estimates", async () => {
    const { fit: found } = await fitted(labelled, 72);
    const table = await derived(found, "cost");
    const row = found.parameters.find(({ name }) => name === "cost")!;
    const wanted = [row.estimate, row.standardError, row.z, row.p, row.lower, row.upper];
    const names = ["value", "std. error", "z", "p", "lower", "upper"];
    for (const [i, name] of names.entries()) expect(numbersIn(table, name)[0]).toBeCloseTo(wanted[i], 12);
  });

  test("that depend on nothing estimated have no standard error and no test", async () => {
    const found = await fit(logit(tempered(twoSources, { money: "b_cost" })), labelled(73).data);
    const table = await derived(found, "2 * b_cost");
    expect(numbersIn(table, "value")).toEqual([-2]);
    for (const column of ["std. error", "z", "p", "lower"]) expect(numbersIn(table, column)[0]).toBeNaN();
  });

  test.for<[Record<string, string>, RegExp]>([
    [{ it: "tiem / cost" }, /tiem is not a parameter of this fit[\s\S]*did you mean time/],
    [{ it: "time / " }, /time \//],
    [{ it: "log(cost)" }, /is not a number at the estimates/],
    [{ it: "time / (cost - cost)" }, /is not a number/],
    [{}, /nothing to derive/],
  ])("%o is refused", async ([expressions, says]) => {
    const { fit: found } = await fitted(labelled, 74);
    await expect(derived(found, expressions)).rejects.toThrow(says);
  });
});

test("nothing is derived from a point that is no maximum", async () => {
  const { model, data } = labelled(75);
  const stopped = await fit(model, data, { maxIterations: 1 });
  expect(stopped.converged).toBe(false);
  for (const ask of [
    () => predict(stopped),
    () => shares(stopped),
    () => wtp(stopped, { of: "time", per: "cost" }),
    () => derived(stopped, "time / cost"),
    () => surplus(stopped, { scenario: { cost: 1 }, per: "cost" }),
  ])
    await expect(ask()).rejects.toThrow(/not a maximum/);
});
