import { describe, expect, test } from "vitest";
import { subset, type Table } from "../../../src/data/index.ts";
import {
  type Expr,
  gradient,
  mul,
  num,
  Place,
  push,
  select,
  sub,
  sum,
  utility,
} from "../../../src/expr/index.ts";
import { type Fit, fit, logit } from "../../../src/fit/index.ts";
import { modelOf } from "../../../src/models/index.ts";
import { Complaint, dataset } from "../../../src/node.ts";
import { probabilityExprs, type Scene, sceneOf } from "../../../src/post/scene.ts";
import {
  potentials,
  situationThermodynamics,
  temperatureSweep,
  thermodynamics,
} from "../../../src/post/thermodynamics/index.ts";
import { tempered } from "../../../src/spec/index.ts";
import { cases, expectClose, loadCase } from "../../cases/case.ts";

const numbers = (table: Table, name: string): Float64Array => {
  const column = table.column(name);
  if (column.kind !== "number") throw new Error(`${name} is no number`);
  return column.values;
};
const row = (table: Table, quantity: string): number => {
  const column = table.column("quantity");
  if (column.kind !== "text") throw new Error("no names");
  return [...column.codes].findIndex((code) => column.levels[code] === quantity);
};
const mean = (table: Table, quantity: string): number => numbers(table, "mean")[row(table, quantity)];

async function each(scene: Scene, outputs: readonly Expr[]): Promise<number[][]> {
  const found: number[][] = outputs.map(() => []);
  await scene.prepared.each(outputs, scene.point(), ({ values }) => {
    for (const [m, column] of values.entries()) found[m].push(...column);
  });
  return found;
}
const off = (a: readonly number[], b: readonly number[] | number): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (typeof b === "number" ? b : b[i]))), 0);

const travel = "gc + ttme | hinc";
const fits: Record<string, () => Promise<Fit>> = {
  "travel mode, labelled": async () => fit(logit(travel), await dataset("travel-mode")),
  "travel mode with a temperature in money": async () =>
    fit(logit(tempered("gc + ttme", { money: "gc" })), await dataset("travel-mode")),
  "revealed and stated preferences, a temperature each": async () => {
    const data = await dataset("rp-sp");
    return fit(logit(tempered("cost + time", { by: "source" })), data);
  },
  "conjoint, profiles without labels": async () => fit(logit("price + battery"), await dataset("conjoint")),
};

describe.for(Object.entries(fits))("%s", ([, make]) => {
  test("logsum is expected utility plus τ times entropy, in every situation", async () => {
    const table = await situationThermodynamics(await make());
    const [logsum, expected, heat] = ["logsum", "expected utility", "τ × entropy"].map((name) =>
      numbers(table, name),
    );
    expect(table.rows).toBeGreaterThan(100);
    for (let s = 0; s < table.rows; s++)
      expect(Math.abs(logsum[s] - expected[s] - heat[s])).toBeLessThan(
        1e-10 * Math.max(1, Math.abs(logsum[s])),
      );
  });

  test("the derivative of the logsum in τ is the entropy; of expected utility, minus the variance over τ²", async () => {
    const scene = await sceneOf(await make());
    const named = Object.fromEntries(potentials(scene).map((each) => [each.name, each]));
    const tau = scene.fit.resolved.temperature?.tau ?? num(1);
    const [slope, entropy, cooling, variance, taus, spread] = await each(scene, [
      named.logsum.slope,
      named.entropy.value,
      named["expected utility"].slope,
      named["variance of utility"].value,
      mul(tau, num(1)),
      named.entropy.slope,
    ]);
    expect(off(slope, entropy)).toBeLessThan(1e-10);
    const wanted = variance.map((value, s) => -value / (taus[s] ?? taus[0]) ** 2);
    expect(off(cooling, wanted) / Math.max(1, ...wanted.map(Math.abs))).toBeLessThan(1e-10);
    const heating = variance.map((value, s) => value / (taus[s] ?? taus[0]) ** 3);
    expect(off(spread, heating) / Math.max(1, ...heating.map(Math.abs))).toBeLessThan(1e-10);
  });

  test("the derivative of the logsum in the utilities is the probability", async () => {
    const scene = await sceneOf(await make());
    const { set } = scene.compiled;
    const leaves = set.all.map(({ utility: leaf }) => leaf);
    const logsum = modelOf(scene.fit.kernel).logsum(set, () => num(0), {});
    const open = (values: readonly Expr[]) =>
      values.map((value, j) => select(set.all[j].available, value, num(0)));
    const slopes = await each(scene, open(gradient(logsum, leaves)));
    const chances = await each(scene, probabilityExprs(scene.compiled));
    slopes.forEach((column, j) => {
      expect(off(column, chances[j])).toBeLessThan(1e-10);
    });
  });
});

test("the curvature of the logsum is (diag P − P Pᵀ) / τ", async () => {
  const scene = await sceneOf(await fits["travel mode with a temperature in money"]());
  const { set } = scene.compiled;
  const tau = scene.fit.parameters.find(({ name }) => name === "tau")!.estimate;
  const leaves = set.all.map(({ utility: leaf }) => leaf);
  const slopes = gradient(
    modelOf("logit").logsum(set, () => num(0), {}),
    leaves,
  );
  const chances = await each(scene, probabilityExprs(scene.compiled));
  for (const [k] of leaves.entries()) {
    // V moves by 1, so V / τ moves by 1 / τ.
    const curved = await each(scene, push(slopes, new Map([[leaves[k], num(1 / tau)]])));
    curved.forEach((column, j) => {
      const wanted = chances[j].map((p, s) => ((j === k ? p : 0) - p * chances[k][s]) / tau);
      expect(off(column, wanted)).toBeLessThan(1e-10);
    });
  }
});

test("along an axis without labels, the curvature in one direction is the covariance with it", async () => {
  const scene = await sceneOf(await fits["conjoint, profiles without labels"]());
  const { set } = scene.compiled;
  const leaf = utility(Place.axis);
  const logsum = modelOf("logit").logsum(set, () => num(0), {});
  const [p] = probabilityExprs(scene.compiled);
  const [slope] = gradient(logsum, [leaf]);
  const [curved] = push([slope], new Map([[leaf, leaf]]));
  const mean = sum(mul(p, leaf));
  const [a, b] = await each(scene, [curved, mul(p, sub(leaf, mean))]);
  expect(a.length).toBe(scene.data.rows);
  expect(off(a, b)).toBeLessThan(1e-10);
});

describe("over all choices", () => {
  test("means are those of the situations, weighted, and perplexity is exp of the mean entropy", async () => {
    const found = await fits["travel mode, labelled"]();
    const [table, rows] = [await thermodynamics(found), await situationThermodynamics(found)];
    const average = (name: string): number => numbers(rows, name).reduce((all, x) => all + x, 0) / rows.rows;
    for (const name of ["logsum", "expected utility", "entropy", "variance of utility"])
      expect(mean(table, name)).toBeCloseTo(average(name), 10);
    expect(mean(table, "perplexity")).toBeCloseTo(Math.exp(average("entropy")), 10);
    expect(`${table}`).toContain(`as between ${Math.exp(average("entropy")).toFixed(1)} equal options`);
  });

  test("every mean has a standard error", async () => {
    const table = await thermodynamics(await fits["travel mode, labelled"]());
    for (const error of numbers(table, "std. error")) expect(error).toBeGreaterThan(0);
  });

  const swissmetro = cases.find(({ name }) => name === "readme_swissmetro_logit")!;
  test("Swissmetro: mean logsum −1.613655 and mean entropy 0.787715 nats", async ({ skip }) => {
    if (!swissmetro.found) skip(`needs ${swissmetro.file}`);
    const { model, data } = loadCase(swissmetro);
    const table = await thermodynamics(await fit(model, data));
    expectClose("mean logsum", mean(table, "logsum"), "-1.613655", 0);
    expectClose("mean entropy", mean(table, "entropy"), "0.787715", 0);
  });
});

describe("the temperature sweep", () => {
  test("at τ = 1 it is the fit, and its likelihood is nowhere larger", async () => {
    const found = await fits["travel mode, labelled"]();
    const table = await temperatureSweep(found);
    const [tau, value] = ["tau", "log-likelihood"].map((name) => numbers(table, name));
    const one = [...tau].findIndex((each) => Math.abs(each - 1) < 1e-12);
    expect(value[one]).toBeCloseTo(found.logLikelihood, 8);
    for (const each of value) expect(each).toBeLessThanOrEqual(value[one]);
  });

  test("its ends are the best alternative for everybody, and a coin", async () => {
    const found = await fits["travel mode, labelled"]();
    const table = await temperatureSweep(found, { points: 5 });
    const entropy = numbers(table, "entropy");
    expect(entropy[0]).toBeCloseTo(0, 12);
    expect(entropy.at(-1)).toBeCloseTo(Math.log(4), 12);
    expect(numbers(table, "log-likelihood")[0]).toBe(Number.NEGATIVE_INFINITY);
    expect(numbers(table, "log-likelihood").at(-1)).toBeCloseTo(found.nullLogLikelihood, 8);
    for (const name of ["air", "train", "bus", "car"])
      expect(numbers(table, `share of ${name}`).at(-1)).toBeCloseTo(0.25, 12);
  });

  test("entropy rises with the temperature, and shares sum to one at each", async () => {
    const table = await temperatureSweep(await fits["conjoint, profiles without labels"](), { points: 9 });
    const entropy = numbers(table, "entropy");
    for (let i = 1; i < entropy.length; i++) expect(entropy[i]).toBeGreaterThan(entropy[i - 1]);
    for (let i = 0; i < table.rows; i++) {
      const all = table.names.filter((name) => name.startsWith("share of "));
      expect(all.reduce((total, name) => total + numbers(table, name)[i], 0)).toBeCloseTo(1, 12);
    }
  });

  test("a sweep that goes nowhere is refused", async () => {
    const found = await fits["travel mode, labelled"]();
    await expect(temperatureSweep(found, { from: 2, to: 1 })).rejects.toThrow(Complaint);
  });
});

test("part of the data keeps its means", async () => {
  const found = await fits["travel mode, labelled"]();
  const part = await thermodynamics(found, { data: subset(found.data, [0, 1, 2]) });
  const rows = await situationThermodynamics(found);
  const first = numbers(rows, "logsum").subarray(0, 3);
  expect(mean(part, "logsum")).toBeCloseTo((first[0] + first[1] + first[2]) / 3, 10);
});
