import { describe, expect, test } from "vitest";
import { evaluate, evaluator, parse } from "../../src/expr/index.ts";
import { logit, readModel } from "../../src/fit/index.ts";
import { drawsOf } from "../../src/math/draws/draws.ts";
import { distributions, mixed, quantileText, resolveSpec, type Shape } from "../../src/spec/index.ts";
import { complaint, trips } from "./examples.ts";

const spec = {
  parameters: { asc_car: 0, b_cost: -0.1, b_time: -0.1 },
  utilities: {
    air: "b_cost * cost + b_time * time",
    train: "b_cost * cost + b_time * time",
    car: "asc_car + b_cost * cost + b_time * time",
  },
};
const textOf = (random: Parameters<typeof mixed>[1], options: Parameters<typeof mixed>[2] = {}) =>
  resolveSpec(mixed(spec, random, options), trips()).texts.car;
const namesOf = (random: Parameters<typeof mixed>[1], options: Parameters<typeof mixed>[2] = {}) =>
  resolveSpec(mixed(spec, random, options), trips()).parameters.map(({ name }) => name);

describe("a random coefficient is written into the utilities", () => {
  test.for([
    ["normal", "b_time + sd_b_time * normal(1)"],
    ["lognormal", "exp(b_time + sd_b_time * normal(1))"],
    ["censoredNormal", "max(0, b_time + sd_b_time * normal(1))"],
    ["johnsonSb", "(0 + 1 / (1 + exp(-(b_time + sd_b_time * normal(1)))))"],
    ["uniform", "b_time + sd_b_time * sqrt(3) * (2 * uniform(1) - 1)"],
  ])("%s", ([distribution, text]) => {
    expect(textOf({ b_time: distribution })).toBe(`asc_car + b_cost * cost + (${text}) * time`);
  });

  test("of negative sign", () => {
    expect(textOf({ b_time: { distribution: "lognormal", sign: -1 } })).toContain(
      "(-exp(b_time + sd_b_time * normal(1))) * time",
    );
  });

  test("correlated with another through a Cholesky factor", () => {
    expect(textOf({ b_time: "normal", b_cost: "lognormal" }, { correlated: true })).toBe(
      "asc_car + (exp(b_cost + chol_b_time_b_cost * normal(1) + chol_b_cost_b_cost * normal(2))) * cost + (b_time + chol_b_time_b_time * normal(1)) * time",
    );
  });

  test("drawn anew in every situation, or at both levels", () => {
    expect(textOf({ b_time: { within: true } })).toContain("(b_time + sd_b_time * normal(1, within))");
    expect(textOf({ b_time: { within: "both" } })).toContain(
      "(b_time + sd_b_time * normal(1) + sd_within_b_time * normal(2, within))",
    );
  });

  test("with a mean that depends on columns", () => {
    expect(textOf({ b_time: { mean: "age + income" } })).toContain(
      "(b_time + b_time_age * age + b_time_income * income + sd_b_time * normal(1)) * time",
    );
  });

  test("as an error component of some alternatives", () => {
    const { texts } = resolveSpec(mixed(spec, { ground: { on: ["train", "car"] } }), trips());
    expect(texts.train).toBe(`${spec.utilities.train} + sd_ground * normal(1)`);
    expect(texts.car).toBe(`${spec.utilities.car} + sd_ground * normal(1)`);
    expect(texts.air).toBe(spec.utilities.air);
  });

  test("as an expression of draws, which replaces the parameter", () => {
    const random = { b_time: { expression: "mu + s * normal(1)", parameters: { mu: 0, s: 1 } } };
    expect(textOf(random)).toContain("(mu + s * normal(1)) * time");
    expect(namesOf(random)).toEqual(["asc_car", "b_cost", "mu", "s"]);
  });
});

test("means keep their names and spreads come behind, unless they are declared", () => {
  expect(namesOf({ b_time: "normal", b_cost: "normal" })).toEqual([
    "asc_car",
    "b_cost",
    "b_time",
    "sd_b_time",
    "sd_b_cost",
  ]);
  const declared = { ...spec, parameters: { ...spec.parameters, sd_b_time: { start: 2, fixed: true } } };
  const { parameters } = resolveSpec(mixed(declared, { b_time: "normal" }), trips());
  expect(parameters.find(({ name }) => name === "sd_b_time")).toMatchObject({
    start: 2,
    fixed: true,
    role: "spread",
  });
});

test("coefficients of a formula can be random", () => {
  const { texts, draws } = resolveSpec(mixed("cost + time | income", { time: "normal" }), trips());
  expect(texts.car).toContain("(time + sd_time * normal(1)) * time.car");
  expect(draws).toMatchObject({ kind: "sobol", count: 512, seed: 1, dimensions: [{ base: "normal" }] });
});

test("draws are numbered in the order of the coefficients, behind those that utilities name themselves", () => {
  const own = {
    ...spec,
    utilities: { ...spec.utilities, air: `${spec.utilities.air} + asc_car * uniform(2)` },
  };
  const { draws, texts } = resolveSpec(mixed(own, { b_time: "normal", b_cost: "uniform" }), trips());
  expect(texts.train).toContain("normal(3)");
  expect(texts.train).toContain("uniform(4)");
  expect(draws!.dimensions).toEqual([{ base: "uniform" }, { base: "normal" }, { base: "uniform" }]);
});

describe("what cannot be meant is refused", () => {
  test.for([
    [{ b_tim: "normal" }, {}, "b_tim is to be random, and there is no such coefficient"],
    [{ b_time: "gauss" }, {}, "there is no distribution gauss"],
    [{ b_time: { distribution: "normal", sign: -1 } }, {}, "a normal coefficient has no sign"],
    [{ b_time: { mean: "cost" } }, {}, "cost varies over the alternatives, and a mean belongs to a person"],
    [{ b_time: { mean: "ag" } }, {}, "there is no column ag"],
    [
      { b_time: "normal" },
      { correlated: [["b_time", "b_cost"]] },
      "correlated names b_cost, which is not random",
    ],
    [
      { b_time: "uniform", b_cost: "normal" },
      { correlated: true },
      "b_time cannot be correlated with others",
    ],
    [
      { nest: { on: ["trian"] } },
      {},
      "the error component nest names an alternative that the data do not have",
    ],
    [
      { b_time: { expression: "b_time * normal(0.5)" } },
      {},
      "normal was given something else than the number of a draw",
    ],
    [
      { b_time: { expression: "b_time", sign: 1 } },
      {},
      "an expression says all about the coefficient, so sign has no place beside it",
    ],
    [{ b_time: "normal" }, { draws: { kind: "sobole" } }, "there are no draws of kind sobole"],
    [{ b_time: "normal" }, { draws: { count: 0 } }, "the number of draws is a whole number, 1 or more"],
    [{ b_time: "normal" }, { draws: { count: 3, antithetic: true } }, "antithetic draws come in pairs"],
    [{}, { draws: { count: 3 } }, "draws are asked for, and nothing is random"],
    [
      { b_time: { within: true }, b_cost: "normal" },
      { draws: { kind: "gaussHermite" } },
      "Gauss–Hermite nodes serve draws per person or per situation, not both together",
    ],
  ] as const)("%j with %j: %s", ([random, options, what]) => {
    const asked = () => readModel(logit(mixed(spec, random as never, options as never)), trips());
    expect(complaint(asked).split("\n")[0]).toBe(what);
  });
});

describe.for(Object.entries(distributions))("the %s distribution", ([, row]) => {
  const shapes: Shape[] = [1 as const, -1 as const].flatMap((sign) => {
    const [lower, upper] = row.bounds?.[sign > 0 ? "positive" : "negative"] ?? [-Infinity, Infinity];
    return ["0.4", "-0.7"].map((m): Shape => ({ m, s: "0.6", sign, lower, upper }));
  });
  const number = (text: string): number => evaluate(parse(text), () => Number.NaN);
  const at = (shape: Shape): ((draw: number) => number) => {
    const normal = row.base === "normal";
    const text = normal ? `(${shape.m} + ${shape.s} * normal(1))` : "uniform(1)";
    const value = evaluator([parse(row.value(text, shape))]);
    return (draw) => value((leaf) => (leaf.op === "drawn" ? draw : Number.NaN))[0];
  };
  const count = 2 ** 14;
  const draws = drawsOf(
    { kind: "sobol", count, seed: 1, drop: 0, dimensions: [{ base: row.base }] },
    { person: Uint32Array.of(7), situation: Uint32Array.of(7) },
  );
  const base = new Float64Array(count);
  draws.fill(0, 0, 0, base);
  const sample = (shape: Shape) => Float64Array.from(base, at(shape)).sort();

  test("has the mean, spread, share above zero and quantiles that its draws have", () => {
    for (const shape of shapes) {
      const values = sample(shape);
      const mean = values.reduce((sum, value) => sum + value, 0) / count;
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
      const moments = row.moments?.(shape);
      if (moments) {
        expect(number(moments.mean)).toBeCloseTo(mean, 3);
        expect(number(moments.sd) / sd).toBeCloseTo(1, 2);
      }
      expect(number(row.positive(shape))).toBeCloseTo(values.filter((v) => v > 0).length / count, 3);
      for (const p of [0.1, 0.5, 0.9])
        expect(number(quantileText(row, shape, p))).toBeCloseTo(values[Math.floor(p * count)], 2);
    }
  });

  test("starts a search with its middle at the estimate of the simpler model", () => {
    const [shape] = shapes;
    const m = String(row.middle(0.3, shape));
    expect(number(quantileText(row, { ...shape, m, s: "1e-6" }, 0.5))).toBeCloseTo(0.3, 4);
  });
});
