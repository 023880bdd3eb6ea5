/** The fit to market shares: exact constants, a fitted exponent, and samples drawn by what was chosen. */
import { expect, test } from "vitest";
import {
  type ChoiceData,
  cell,
  classWeights,
  described,
  type Table,
  wesml,
} from "../../../src/data/index.ts";
import { type Fit, fit as fitted, logit } from "../../../src/fit/index.ts";
import { random } from "../../../src/math/random.ts";
import {
  elasticities,
  marketExponent,
  matchShares,
  populationConstants,
  shares,
} from "../../../src/post/index.ts";
import { predictionsOf } from "../../../src/post/validation/predictions.ts";
import { arranged, simulated, simulatedRows } from "./simulated.ts";

const numbers = (table: Table, column: string): number[] =>
  Array.from({ length: table.rows }, (_, i) => {
    const value = cell(table.column(column), i);
    return value === null ? Number.NaN : Number(value);
  });
const estimate = (fit: Fit, name: string): number =>
  fit.parameters.find((each) => each.name === name)!.estimate;

const data = simulated({ persons: 300, tasks: 2, seed: 41 });
const base = await fitted(logit("x"), data);
const target = { a: 0.5, b: 0.2, c: 0.3 };

test("predicted shares are those given, exactly, and tastes stay", async () => {
  const { fit, table } = await matchShares(base, { shares: target });
  const found = await shares(fit);
  [0.5, 0.2, 0.3].forEach((share, j) => {
    expect(numbers(found, "predicted")[j]).toBeCloseTo(share, 12);
    expect(numbers(table, "after")[j]).toBeCloseTo(share, 12);
  });
  expect(estimate(fit, "x")).toBe(estimate(base, "x"));
  expect(`${fit}`).toContain("Constants adjusted to given shares");
});

test("shares that hold exactly have no standard error, and elasticities keep theirs", async () => {
  const { fit } = await matchShares(base, { shares: target });
  for (const error of numbers(await shares(fit), "std. error")) expect(error).toBeLessThan(1e-8);
  for (const error of numbers(await elasticities(fit, { of: "x" }), "std. error"))
    expect(error).toBeGreaterThan(1e-4);
});

test("adjustments move with the estimates as differences say", async () => {
  const { fit } = await matchShares(base, { shares: target });
  const step = 1e-5;
  const moved = async (k: number, by: number): Promise<number[]> => {
    const parameters = base.parameters.map((each, i) =>
      i === k ? { ...each, estimate: each.estimate + by } : each,
    );
    const estimates = Float64Array.from(parameters, (each) => each.estimate);
    return numbers(
      (await matchShares({ ...base, parameters, estimates }, { shares: target })).table,
      "adjustment",
    );
  };
  const slopes: number[][] = [];
  for (let k = 0; k < base.parameters.length; k++) {
    const [up, down] = [await moved(k, step), await moved(k, -step)];
    slopes.push(up.map((value, j) => (value - down[j]) / (2 * step)));
  }
  const { matrix } = base.covariance;
  const size = base.parameters.length;
  ["b", "c"].forEach((label, j) => {
    let variance = 0;
    slopes.forEach((one, a) => {
      slopes.forEach((other, b) => {
        variance += one[j + 1] * matrix[a * size + b] * other[j + 1];
      });
    });
    const found = fit.parameters.find(({ name }) => name === `shift_${label}`)!;
    expect(found.standardError).toBeCloseTo(Math.sqrt(variance), 7);
  });
});

test("the shares of its own sample leave a logit with all constants as it is", async () => {
  const observed = numbers(await shares(base), "observed");
  const { table } = await matchShares(base, { shares: { a: observed[0], b: observed[1], c: observed[2] } });
  for (const adjustment of numbers(table, "adjustment")) expect(adjustment).toBeCloseTo(0, 8);
});

test("shares are matched where they are asked for: under a scenario, and again on a matched fit", async () => {
  const scenario = { "x.a": "x + 1" };
  const { fit } = await matchShares(base, { shares: target, scenario });
  const found = await shares(fit, { scenario });
  [0.5, 0.2, 0.3].forEach((share, j) => {
    expect(numbers(found, "predicted")[j]).toBeCloseTo(share, 12);
  });
  const again = await matchShares(fit, { shares: { a: 0.2, b: 0.2, c: 0.6 } });
  expect(numbers(again.table, "after")[2]).toBeCloseTo(0.6, 12);
});

test("shares that no constants can give are complaints", async () => {
  await expect(matchShares(base, { shares: { a: 0.5, b: 0.5, c: 0 } })).rejects.toThrow("a share of 0");
  await expect(matchShares(base, { shares: { a: 50, b: 20, c: 30 } })).rejects.toThrow("do not sum to 1");
  await expect(matchShares(base, { shares: { a: 0.5, b: 0.5 } })).rejects.toThrow("c needs a number");
  await expect(matchShares(base, { shares: { a: 0.5, b: 0.3, d: 0.2 } })).rejects.toThrow("no alternative d");
});

/** What the fit predicts with utilities times e. */
async function sharpened(fit: Fit, e: number, scenario = {}): Promise<{ a: number; b: number; c: number }> {
  const { logProbability } = await predictionsOf(fit, { scenario });
  const totals = [0, 0, 0];
  for (let row = 0; row < logProbability.length; row += 3) {
    const powers = [0, 1, 2].map((j) => Math.exp(e * logProbability[row + j]));
    const sum = powers[0] + powers[1] + powers[2];
    powers.forEach((power, j) => {
      totals[j] += power / sum / (logProbability.length / 3);
    });
  }
  return { a: totals[0], b: totals[1], c: totals[2] };
}

test("an exponent is found again from the shares it makes", async () => {
  const table = await marketExponent(base, { shares: await sharpened(base, 1.6) });
  expect(numbers(table, "value")[0]).toBeCloseTo(1.6, 6);
  expect(numbers(table, "value")[1]).toBeCloseTo(1 / 1.6, 6);
});

test("the exponent's standard error is that of nonlinear least squares over several markets", async () => {
  const scenario = { "x.b": "x - 1" };
  const made = [await sharpened(base, 0.7), await sharpened(base, 0.7, scenario)];
  const off = [0.01, -0.02, 0.01];
  const given = made.map(({ a, b, c }, m) => ({
    a: a + off[m],
    b: b + off[(m + 1) % 3],
    c: c + off[(m + 2) % 3],
  }));
  const table = await marketExponent(base, [{ shares: given[0] }, { scenario, shares: given[1] }]);
  const [e] = numbers(table, "value");
  const at = async (value: number) =>
    [await sharpened(base, value), await sharpened(base, value, scenario)].flatMap(({ a, b, c }) => [
      a,
      b,
      c,
    ]);
  const [here, up, down] = [await at(e), await at(e + 1e-5), await at(e - 1e-5)];
  const slopes = up.map((share, i) => (share - down[i]) / 2e-5);
  const residuals = given.flatMap(({ a, b, c }) => [a, b, c]).map((share, i) => share - here[i]);
  const squares = (values: number[]) => values.reduce((sum, value) => sum + value ** 2, 0);
  expect(residuals.reduce((sum, value, i) => sum + value * slopes[i], 0)).toBeCloseTo(0, 8);
  // Two markets of three shares that sum to one: 4 free numbers, 1 exponent.
  const error = Math.sqrt(squares(residuals) / 3 / squares(slopes));
  expect(numbers(table, "std. error")[0]).toBeCloseTo(error, 6);
  expect(numbers(table, "std. error")[1]).toBeCloseTo(error / e ** 2, 6);
});

test("shares that go against the predictions have no exponent", async () => {
  await expect(marketExponent(base, { shares: { a: 0.01, b: 0.01, c: 0.98 } })).rejects.toThrow(
    "no exponent",
  );
});

/** Interviews where c is chosen are four times as likely to be in the sample. */
const population = simulatedRows({ persons: 8000, seed: 51 });
const truth = (() => {
  const share = (label: string) =>
    population.filter(({ choice }) => choice === label).length / population.length;
  return { a: share("a"), b: share("b"), c: share("c") };
})();
const sample: ChoiceData = (() => {
  const { uniform } = random(52);
  return arranged(population.filter(({ choice }) => choice === "c" || uniform() < 0.25));
})();

test("a choice-based sample gives wrong constants, and both corrections give the population's", async () => {
  const plain = await fitted(logit("x"), sample);
  const shifted = await populationConstants(plain, truth);
  const weighted = await fitted(logit("x"), wesml(sample, truth));
  const z = (value: number, error: number, right: number) => Math.abs((value - right) / error);
  const of = (fit: Fit, name: string) => fit.parameters.find((each) => each.name === name)!;
  expect(z(of(plain, "asc_c").estimate, of(plain, "asc_c").standardError, -0.4)).toBeGreaterThan(10);
  for (const [name, right] of [
    ["asc_b", 0.3],
    ["asc_c", -0.4],
    ["x", -1],
  ] as const) {
    const { estimate: value, standardError } = of(weighted, name);
    expect(z(value, standardError, right)).toBeLessThan(3);
    const shift = name === "x" ? 0 : of(shifted, name.replace("asc", "shift")).estimate;
    const { estimate: other, standardError: error } = of(plain, name);
    expect(z(other + shift, error, right)).toBeLessThan(3);
  }
  const predicted = numbers(await shares(weighted), "predicted");
  Object.values(truth).forEach((share, j) => {
    expect(predicted[j]).toBeCloseTo(share, 10);
  });
});

test("shifting the constants is the same as fitting with the offset ln(sample / population)", async () => {
  const plain = await fitted(logit("x"), sample);
  const shifted = await populationConstants(plain, truth);
  const observed = numbers(await shares(plain), "observed");
  const offset = Object.values(truth).map((share, j) => Math.log(observed[j] / share));
  const withOffset = await fitted(
    logit({
      parameters: { asc_b: 0, asc_c: 0, x: 0 },
      utilities: {
        a: `x * x_each + ${offset[0]}`,
        b: `asc_b + x * x_each + ${offset[1]}`,
        c: `asc_c + x * x_each + ${offset[2]}`,
      },
    }),
    withColumn(sample),
  );
  for (const label of ["b", "c"])
    expect(estimate(withOffset, `asc_${label}`)).toBeCloseTo(
      estimate(plain, `asc_${label}`) + estimate(shifted, `shift_${label}`),
      7,
    );
});

const withColumn = (data: ChoiceData): ChoiceData => described(data, { x_each: data.column("x")!.values });

test("the shift is refused where it is not exact", async () => {
  const plain = await fitted(logit("x"), wesml(sample, truth));
  await expect(populationConstants(plain, truth)).rejects.toThrow("weighted already");
  const few = await fitted(logit("x | 0"), sample);
  await expect(populationConstants(few, truth)).rejects.toThrow("have no constant");
});

test("weights that depend on the choice force the sandwich, and the fit says so", async () => {
  const weighted = wesml(sample, truth);
  const asked = await fitted(logit("x"), weighted, { covariance: "hessian" });
  expect(asked.covariance.kind).toBe("cluster");
  expect(asked.warnings.join(" ")).toContain("the weights depend on what was chosen");
  const unweighted = await fitted(logit("x"), sample, { covariance: "hessian" });
  expect(unweighted.covariance.kind).toBe("hessian");
  expect(unweighted.warnings.join(" ")).not.toContain("weights");
});

test("class weights of the constants-only logit move its constants by the logarithm of the weights", async () => {
  const plain = await fitted(logit("0"), data);
  const weighted = await fitted(logit("0"), classWeights(data, { a: 1, b: 3, c: 0.5 }));
  expect(estimate(weighted, "asc_b") - estimate(plain, "asc_b")).toBeCloseTo(Math.log(3), 7);
  expect(estimate(weighted, "asc_c") - estimate(plain, "asc_c")).toBeCloseTo(Math.log(0.5), 7);
  expect(weighted.warnings.join(" ")).toContain("class weights move the constants");
});

test("balanced class weights give all alternatives the same total, and the same predicted shares", async () => {
  const balanced = await fitted(logit("x"), classWeights(data, "balanced"));
  for (const share of numbers(await shares(balanced), "predicted")) expect(share).toBeCloseTo(1 / 3, 10);
  expect(balanced.data.weight!.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(data.situations, 8);
});

test("WESML multiplies weights that are there, and misses nobody", () => {
  const weighted = wesml(data, target);
  const totals = [0, 0, 0];
  data.chosen!.forEach((row, s) => {
    totals[row % 3] += weighted.weight![s] / data.situations;
  });
  totals.forEach((total, j) => {
    expect(total).toBeCloseTo([0.5, 0.2, 0.3][j], 12);
  });
  expect([...wesml(weighted, target).weight!].map((w, s) => w / weighted.weight![s])).toSatisfy(
    (ratios: number[]) => ratios.every((ratio) => Math.abs(ratio - 1) < 1e-12),
  );
  const nobody = arranged(simulatedRows({ persons: 20, seed: 1 }).filter(({ choice }) => choice !== "c"));
  expect(() => wesml(nobody, target)).toThrow("nobody in the sample chose c");
});
