/**
 * Every test against numbers computed independently: a Newton solver in numpy for the travel-mode data, with the
 * formulas of the sources that the functions name.
 */
import { describe, expect, test } from "vitest";
import type { Table } from "../../../src/data/index.ts";
import { fit, logit } from "../../../src/fit/index.ts";
import { chiSquareUpper, normalLower, twoSided } from "../../../src/math/distributions.ts";
import { dataset } from "../../../src/node.ts";
import {
  benAkivaSwait,
  chowTest,
  hausmanMcFadden,
  informationCriteria,
  likelihoodRatioTest,
  scoreTest,
  smallHsiao,
  swaitLouviere,
  vuongTest,
  waldTest,
} from "../../../src/post/index.ts";
import { numbersIn, textsIn } from "../worlds.ts";
import { costOnly, greene, waiting, withoutIncome } from "./travelMode.ts";

const statistics = (table: Table): number[] => numbersIn(table, "statistic");
const degrees = (table: Table): number[] => numbersIn(table, "degrees");
const ps = (table: Table): number[] => numbersIn(table, "p");
const verdictOf = (table: Table): string => table.display.notes![0];

describe("income of air travellers, one parameter more", () => {
  test("by likelihood ratio", () => {
    const table = likelihoodRatioTest(withoutIncome, greene);
    expect(statistics(table)[0]).toBeCloseTo(1.696508791792155, 6);
    expect(degrees(table)).toEqual([1]);
    expect(ps(table)[0]).toBeCloseTo(chiSquareUpper(1.696508791792155, 1), 8);
    expect(verdictOf(table)).toBe(
      "Not rejected at the 5 % level (p = 0.193): the data do not ask for more than the restricted model.",
    );
  });
  test("by Wald, with the covariance that the fit quotes", () => {
    const table = waldTest(greene, "b_hinc_air");
    expect(statistics(table)[0]).toBeCloseTo(1.676320735446636, 6);
    expect(ps(table)[0]).toBeCloseTo(0.19541405843, 7);
  });
  test("by score, from the smaller fit alone", async () => {
    const table = await scoreTest(withoutIncome, { release: ["b_hinc_air"] });
    expect(statistics(table)[0]).toBeCloseTo(1.6887393317295705, 6);
    const robust = await scoreTest(withoutIncome, { release: ["b_hinc_air"], covariance: "robust" });
    expect(statistics(robust)[0]).toBeCloseTo(1.96401109888963, 6);
    const against = await scoreTest(withoutIncome, { against: greene.model });
    expect(statistics(against)[0]).toBeCloseTo(1.6887393317295705, 6);
  });
});

test("a likelihood ratio on the edge is half of χ²(0) and half of χ²(1)", () => {
  const table = likelihoodRatioTest(withoutIncome, greene, { boundary: ["b_hinc_air"] });
  expect(ps(table)[0]).toBeCloseTo(chiSquareUpper(1.696508791792155, 1) / 2, 8);
  expect(table.display.notes!.join(" ")).toContain("½ χ²(0) + ½ χ²(1)");
});

test("several restrictions at once, each and all of them", () => {
  const table = waldTest(greene, ["b_gc = b_ttme", "b_hinc_air = 0"]);
  expect(textsIn(table, "test")).toEqual(["b_gc = b_ttme", "b_hinc_air = 0", "all of them"]);
  expect(statistics(table)[2]).toBeCloseTo(52.246160372736696, 5);
  expect(degrees(table)).toEqual([1, 1, 2]);
});

test("independence of irrelevant alternatives, by the difference of covariances where it is one", async () => {
  const table = await hausmanMcFadden(greene, { without: ["air", "train"] });
  expect(statistics(table)[0]).toBeCloseTo(33.336680661842166, 4);
  expect(statistics(table)[1]).toBeCloseTo(30.51748242988754, 4);
  expect(degrees(table)).toEqual([4, 5]);
  expect(numbersIn(table, "choices")).toEqual([152, 147]);
  expect(verdictOf(table)).toContain("Rejected at the 5 % level (p < 0.001)");
});

test("without bus the difference of covariances is none, and the joint variance takes its place", async () => {
  const table = await hausmanMcFadden(greene, { without: ["bus"] });
  expect(textsIn(table, "variance")).toEqual(["joint"]);
  expect(statistics(table)[0]).toBeGreaterThan(0);
});

test("segments by party size, and the same up to a temperature", async () => {
  const by = "psize == 1";
  const chow = await chowTest(greene, { by });
  expect(statistics(chow)[0]).toBeCloseTo(36.08092975820716, 5);
  expect(degrees(chow)).toEqual([6]);
  expect(verdictOf(chow)).toContain("do not share their coefficients");
  await expect(swaitLouviere(greene, { by })).rejects.toThrow("no column");
});

test("tastes and temperatures of trips made and trips imagined", async () => {
  const each = "b_time * time + b_cost * cost";
  const pooled = await fit(
    logit({
      parameters: { asc_bus: 0, asc_train: 0, b_time: 0, b_cost: 0 },
      utilities: { car: each, bus: `asc_bus + ${each}`, train: `asc_train + ${each}` },
    }),
    await dataset("rp-sp"),
  );
  const table = await swaitLouviere(pooled, { by: "source" });
  expect(statistics(table)[0]).toBeCloseTo(0.005098359591102053, 6);
  expect(statistics(table)[1]).toBeCloseTo(24.48061277638135, 6);
  expect(degrees(table)).toEqual([3, 1]);
  expect(table.display.notes!.join(" ")).toContain("tau_source_sp = 2.137");
  expect(table.display.notes!.join(" ")).toContain("prefer Wald or score tests");
});

test("models that are not nested", async () => {
  const names = ["cost", "waiting"] as const;
  const z = [-3.966730773504415, -3.90502159753253, -3.8017479737275983];
  for (const [i, correction] of (["none", "aic", "bic"] as const).entries()) {
    const table = await vuongTest(costOnly, waiting, { correction, names });
    expect(statistics(table)[0]).toBeCloseTo(z[i], 6);
    expect(ps(table)[0]).toBeCloseTo(twoSided(z[i]), 9);
    expect(verdictOf(table)).toContain("waiting explains the choices better");
  }
  const table = benAkivaSwait(costOnly, waiting, { names });
  expect(statistics(table)[0]).toBeCloseTo(-11.294339501588713, 6);
  expect(ps(table)[0] / normalLower(-11.294339501588713)).toBeCloseTo(1, 5);
  expect(numbersIn(table, "rho² adjusted")[0]).toBeCloseTo(0.2766036577666162, 8);
  expect(numbersIn(table, "of the other")[0]).toBeCloseTo(0.05923398999702145, 8);
});

test("information criteria by hand, and Akaike weights that add to one", () => {
  const table = informationCriteria({ costOnly, waiting, greene });
  const [L, K, n] = [waiting.logLikelihood, 5, 210];
  expect(numbersIn(table, "AIC")[1]).toBeCloseTo(2 * K - 2 * L, 9);
  expect(numbersIn(table, "AICc")[1]).toBeCloseTo(2 * K - 2 * L + (2 * K * (K + 1)) / (n - K - 1), 9);
  expect(numbersIn(table, "BIC")[1]).toBeCloseTo(K * Math.log(n) - 2 * L, 9);
  expect(numbersIn(table, "CAIC")[1]).toBeCloseTo(K * (Math.log(n) + 1) - 2 * L, 9);
  expect(numbersIn(table, "HQ")[1]).toBeCloseTo(2 * K * Math.log(Math.log(n)) - 2 * L, 9);
  const weights = numbersIn(table, "weight");
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  expect(Math.log(weights[2] / weights[1])).toBeCloseTo(
    (numbersIn(table, "AIC")[1] - numbersIn(table, "AIC")[2]) / 2,
    6,
  );
  expect(verdictOf(table)).toContain("AIC greene");
});

test("Small–Hsiao is a likelihood ratio, so never negative at the maximum and the same for the same seed", async () => {
  const [one, again, other] = await Promise.all([1, 1, 2].map((seed) => smallHsiao(greene, { seed })));
  expect(statistics(one)).toEqual(statistics(again));
  expect(statistics(one)).not.toEqual(statistics(other));
  for (const statistic of statistics(one)) expect(statistic).toBeGreaterThan(0);
  expect(degrees(one)).toEqual([4, 5, 5, 5]);
});
