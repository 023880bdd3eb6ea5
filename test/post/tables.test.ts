import { describe, expect, test } from "vitest";
import type { Table } from "../../src/data/index.ts";
import { fit, fitStatistics, logit, standardErrors, summary } from "../../src/fit/index.ts";
import {
  compare,
  derived,
  elasticities,
  logsums,
  marginalEffects,
  predict,
  probabilityCurve,
  shares,
  surplus,
  wtp,
} from "../../src/post/index.ts";
import { html, latex, markdown } from "../../src/report/index.ts";
import { tempered } from "../../src/spec/index.ts";
import { fitted, labelled, longRows, numbersIn, ragged, tableOf, textsIn, weighted } from "./worlds.ts";

const stopped = async () => {
  const { model, data } = labelled(91);
  return fit(model, data, { maxIterations: 1 });
};
const notes = (table: Table): string => table.display.notes!.join(" ");
const widest = (text: string): number => Math.max(...text.split("\n").map((line) => [...line].length));

test("every table of a fit is at most 80 characters wide, in one piece", async () => {
  const { fit: found } = await fitted(ragged, 92);
  const scenario = { "cost.car": "cost * 1.2" };
  const tables = [
    summary(found),
    fitStatistics(found),
    standardErrors(found),
    compare({ first: found, second: found, third: found }),
    await shares(found),
    await shares(found, { scenario }),
    await elasticities(found, { of: "cost" }),
    await marginalEffects(found, { of: "cost" }),
    await wtp((await fitted(labelled, 92)).fit, { of: "time", per: "cost" }),
    await derived(found, { ratio: "b_time / b_cost" }),
    await logsums(found),
    await surplus(found, { scenario, per: "cost" }),
    await probabilityCurve(found, { over: "cost", points: 3 }),
    await predict(found),
  ];
  for (const table of tables) {
    const text = String(table);
    expect(widest(text), text).toBeLessThanOrEqual(80);
    expect(text.match(/^─/gm), text).toHaveLength(1);
    expect(text).not.toMatch(/NaN|undefined|null/);
  }
});

test("numbers of a table have their points under each other, with four digits of the smallest standard error", async () => {
  const { fit: found } = await fitted(labelled, 93);
  const table = summary(found);
  const { estimate, lower, upper } = table.display.formats!;
  expect(new Set([estimate, lower, upper, table.display.formats!["std. error"]]).size).toBe(1);
  const least = Math.min(...numbersIn(table, "std. error"));
  const shown = least.toFixed(Number(estimate)).replace(/^0\.0*/, "");
  expect(shown).toHaveLength(4);
});

describe("the table of estimates", () => {
  test("has a row for every parameter, and says what its standard errors are", async () => {
    const { fit: found } = await fitted(weighted, 94);
    const table = summary(found);
    expect(textsIn(table, "parameter")).toEqual(found.parameters.map(({ name }) => name));
    expect(table.display.title).toBe("Multinomial logit, 90 choices by 30 persons");
    expect(notes(table)).toContain("clustered by person");
    const robust = await fitted(weighted, 94, { covariance: "robust" });
    expect(notes(summary(robust.fit))).toContain("Robust standard errors");
  });

  test("names what is fixed, what is at a bound and what a test is against", async () => {
    const { data } = labelled(95);
    const parameters = {
      b_time: { upper: -0.5, start: -1 },
      b_cost: { start: -0.2, fixed: true },
      b_seat: 0,
    };
    const utility = "b_time * time + b_cost * cost + b_seat * seat";
    const specification = { parameters, utilities: { train: utility, bus: utility, car: utility } };
    const found = await fit(logit(specification), data);
    expect(notes(summary(found))).toMatch(/Fixed: b_cost\./);
    expect(notes(summary(found))).toMatch(/At a bound, without a standard error: b_time \(upper\)/);
    const scaled = await fit(logit(tempered("time + cost", { by: "region" })), data);
    expect(notes(summary(scaled))).toMatch(
      /z and p of tau_region_south against 1, tau_region_west against 1/,
    );
    expect(notes(summary(scaled))).toContain("relative to region north");
  });

  test("of a point that is no maximum shows no standard error, and says why in capitals", async () => {
    const found = await stopped();
    for (const name of ["std. error", "z", "p", "lower", "upper"])
      expect(numbersIn(summary(found), name).every(Number.isNaN)).toBe(true);
    expect(notes(summary(found))).toMatch(/^NOT ESTIMATES: .*iteration/);
    expect(standardErrors(found).names).toEqual(["parameter", "estimate"]);
    expect(notes(standardErrors(found))).toContain("NOT ESTIMATES");
    expect(`${found}`).toContain("NOT ESTIMATES");
  });

  test("is what a fit prints, with how well it fits beneath", async () => {
    const { fit: found } = await fitted(labelled, 96);
    expect(`${found}`).toBe(`${summary(found)}\n\n${fitStatistics(found)}`);
    expect(widest(`${found}`)).toBeLessThanOrEqual(80);
  });
});

describe("how well it fits", () => {
  test("is measured against equal shares and against constants", async () => {
    const { fit: found } = await fitted(labelled, 97);
    const table = fitStatistics(found);
    const value = (name: string) => numbersIn(table, "value")[textsIn(table, "statistic").indexOf(name)];
    const [full, none, constants] = [found.logLikelihood, 90 * Math.log(1 / 3), found.constantsLogLikelihood];
    expect(value("log-likelihood, equal shares")).toBeCloseTo(none, 9);
    expect(value("rho², against equal shares")).toBeCloseTo(1 - full / none, 12);
    expect(value("rho² adjusted, against equal shares")).toBeCloseTo(1 - (full - 7) / none, 12);
    expect(value("rho², against constants")).toBeCloseTo(1 - full / constants, 12);
    expect(value("AIC")).toBeCloseTo(14 - 2 * full, 9);
    expect(value("BIC")).toBeCloseTo(7 * Math.log(90) - 2 * full, 9);
    expect(value("likelihood ratio against equal shares, χ²(7)")).toBeCloseTo(2 * (full - none), 9);
    expect(value("likelihood ratio against constants, χ²(5)")).toBeCloseTo(2 * (full - constants), 9);
    expect(value("persons")).toBe(30);
  });

  test("of profiles without labels knows no constants", async () => {
    const { unlabelled } = await import("./worlds.ts");
    const { fit: found } = await fitted(unlabelled, 98);
    const names = textsIn(fitStatistics(found), "statistic");
    expect(names.some((name) => name.includes("constants"))).toBe(false);
  });
});

test("standard errors stand side by side, and one kind is the one to quote", async () => {
  const { fit: panel } = await fitted(labelled, 99);
  expect(standardErrors(panel).names).toEqual(["parameter", "estimate", "hessian", "robust", "cluster"]);
  expect(notes(standardErrors(panel))).toContain("quote the clustered ones");
  const { long } = await import("../../src/data/index.ts");
  const options = { situation: "situation", alternative: "mode", choice: "choice" };
  const single = await fit(logit("time + cost"), long(tableOf(longRows(99)), options));
  expect(standardErrors(single).names).toEqual(["parameter", "estimate", "hessian", "robust"]);
  expect(notes(standardErrors(single))).toContain("One choice per person");
});

describe("fits side by side", () => {
  test("have a row for every parameter of any of them", async () => {
    const { data, fit: full } = await fitted(labelled, 100);
    const small = await fit(logit("time + cost"), data);
    const table = compare({ small, full });
    expect(table.names).toEqual(["", "small", "small se", "full", "full se"]);
    const row = textsIn(table, "").indexOf("seat");
    expect(numbersIn(table, "small")[row]).toBeNaN();
    expect(numbersIn(table, "full")[row]).toBe(full.parameters.find(({ name }) => name === "seat")!.estimate);
    const likelihood = textsIn(table, "").indexOf("log-likelihood");
    expect(numbersIn(table, "small")[likelihood]).toBe(small.logLikelihood);
    expect(notes(table)).not.toContain("cannot be compared");
  });

  test("say when they are not of the same choices, and when one is no maximum", async () => {
    const { fit: one } = await fitted(labelled, 101);
    const { fit: other } = await fitted(ragged, 101);
    expect(notes(compare({ one, other }))).toContain("cannot be compared");
    const cut = await stopped();
    const table = compare({ one, cut });
    expect(notes(table)).toContain("cut is no maximum");
    expect(numbersIn(table, "cut")[0]).toBeNaN();
    expect(() => compare({})).toThrow(/nothing to compare/);
  });
});

test("tables go into papers as LaTeX, Markdown and HTML", async () => {
  const { fit: found } = await fitted(labelled, 102);
  const table = await wtp(found, { of: ["time", "seat"], per: "cost" });
  const paper = latex(table);
  expect(paper).toContain("\\begin{tabular}{@{}lrrrrrr@{}}");
  expect(paper).toContain("95 \\% intervals by the delta method");
  expect(markdown(table)).toMatch(/\| time +\|/);
  expect(html(table)).toContain("<caption>Willingness to pay in cost</caption>");
});
