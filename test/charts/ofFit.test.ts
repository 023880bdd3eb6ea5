/** Charts asked of a fit, as a user asks for them. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Chart, ChartOptions } from "../../src/charts/index.ts";
import { charts, type Fit, fit, logit, toSvg } from "../../src/index.ts";
import { dataset } from "../../src/node.ts";

let small: Fit;
let large: Fit;
beforeAll(async () => {
  const trips = await dataset("travel-mode");
  small = await fit(logit("gc + ttme"), trips);
  large = await fit(logit("gc + ttme | hinc"), trips);
});

const all: Record<string, (options: ChartOptions) => Promise<Chart>> = {
  probabilities: (options) => charts.probabilities(small, { ...options, over: "gc", of: "air" }),
  coefficients: (options) => charts.coefficients(small, options),
  comparison: (options) => charts.comparison({ small, large }, options),
  shares: (options) => charts.shares(small, options),
  elasticities: (options) => charts.elasticities(small, { ...options, of: "gc" }),
  reliability: (options) => charts.reliability(small, { ...options, folds: 2, bins: 5 }),
  profile: (options) => charts.profile(small, { ...options, of: "gc" }),
  densities: (options) => charts.densities(small, { ...options, of: { "value of waiting": "ttme / gc" } }),
  convergence: (options) => charts.convergence(small, options),
  subgroups: (options) => charts.subgroups(small, { ...options, by: "psize" }),
  temperatureSweep: (options) => charts.temperatureSweep(small, { ...options, points: 5 }),
};

describe.each(Object.entries(all))("the chart of %s", (_, draw) => {
  test("says what model and data it is of, unless told what to say", async () => {
    const { usermeta } = await draw({});
    expect(usermeta.caption).toContain("Multinomial logit, 210 choices");
    expect(usermeta.caption).toMatch(/Standard errors from the exact Hessian\.$/);
    expect((await draw({ caption: "Mine." })).usermeta.caption).toBe("Mine.");
  });

  test("is drawn", async () => {
    expect(await toSvg(await draw({ theme: "print" }))).toMatch(/^<svg/);
  });
});

test("every chart that can be asked of a fit is tried here", () => {
  expect(Object.keys(charts).sort()).toEqual(Object.keys(all).sort());
});

test("a comparison has a row for every parameter of every fit", async () => {
  const { data } = await charts.comparison({ small, large });
  const rows = (data as { values: { model: string }[] }).values;
  expect(rows.filter(({ model }) => model === "small")).toHaveLength(small.parameters.length);
  expect(rows.filter(({ model }) => model === "large")).toHaveLength(large.parameters.length);
});

test("a density is of the quantity at draws around its estimate", async () => {
  const { data } = await charts.densities(small, { of: { ratio: "ttme / gc" } });
  const values = (data as { values: { value: number }[] }).values
    .map(({ value }) => value)
    .sort((a, b) => a - b);
  const estimate = (name: string) => small.parameters.find((each) => each.name === name)!.estimate;
  const ratio = estimate("ttme") / estimate("gc");
  expect(values[values.length >> 1]).toBeGreaterThan(0.8 * ratio);
  expect(values[values.length >> 1]).toBeLessThan(1.2 * ratio);
});
