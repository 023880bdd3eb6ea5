import { describe, expect, it, test } from "vitest";
import { type Column, Table, wide } from "../../src/data/index.ts";
import { evaluator, given, num, parameter, utility } from "../../src/expr/index.ts";
import { fit, latentClass, logit, type MdcevOptions, mdcev } from "../../src/fit/index.ts";
import { random } from "../../src/math/random.ts";
import { type Alternatives, models } from "../../src/models/index.ts";

import { elasticities, expectedAmounts, logsums, predict } from "../../src/post/index.ts";
import { fitAt, krinskyRobb, quantile } from "../../src/post/intervals/index.ts";
import { spreadBudget } from "../../src/post/spreadBudget.ts";
import { gaussHermite, mixed, type Spec } from "../../src/spec/index.ts";

type NumberColumn = Extract<Column, { kind: "number" }>;
const labels = ["a", "b", "c"];

/** The likelihood of amounts at prices, as a plain function. */
function density(options: MdcevOptions, V: readonly number[], values: Readonly<Record<string, number>>) {
  const set: Alternatives = {
    axis: false,
    all: labels.map((label, j) => ({
      label,
      utility: utility(j),
      available: num(1),
      chosen: num(0),
      observed: (column) => given(column, j),
      data: () => num(0),
    })),
  };
  const run = evaluator([models.mdcev.logLikelihood!(set, parameter, { ...options })]);
  return (amounts: readonly number[], prices: readonly number[]): number => {
    let consumed = 0;
    const order = amounts.map((x) => (x > 0 ? Math.log(Math.max(1, consumed++)) : 0));
    const first = amounts.map((x, j) => (x > 0 && amounts.slice(0, j).every((y) => y === 0) ? 1 : 0));
    const columns: Record<string, readonly number[]> = { amount: amounts, price: prices, order, first };
    return Math.exp(
      run((leaf) => {
        if (leaf.op === "utility") return V[leaf.value];
        return leaf.op === "given" ? columns[leaf.name][leaf.value] : values[leaf.name];
      })[0],
    );
  };
}

/** ∫₀¹ f by the double exponential rule, which needs no smoothness at the ends. */
function integral(f: (t: number) => number): number {
  let sum = 0;
  const h = 1 / 32;
  for (let i = -3.4 / h; i <= 3.4 / h; i++) {
    const u = (Math.PI / 2) * Math.sinh(i * h);
    const weight = ((Math.PI / 2) * Math.cosh(i * h)) / (2 * Math.cosh(u) ** 2);
    const t = 1 / (1 + Math.exp(-2 * u));
    if (t > 0 && t < 1 && weight > 0) sum += h * weight * f(t);
  }
  return sum;
}

/** The probability of all ways to spend the budget: points, lines and the inside. */
function total(
  L: (x: readonly number[], p: readonly number[]) => number,
  budget: number,
  p: readonly number[],
  outside: number | null,
): number {
  const base = (goods: readonly number[]): number => (outside === null ? goods[0] : outside);
  const spent = (parts: readonly number[]): number[] => parts.map((part, j) => (part * budget) / p[j]);
  const sets = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]].filter(
    (goods) => outside === null || goods.includes(outside),
  );
  return sets.reduce((sum, goods) => {
    const others = goods.filter((good) => good !== base(goods));
    // The density is of the quantities of the others; a share of the budget is budget / price units.
    const scale = others.reduce((product, good) => (product * budget) / p[good], 1);
    const at = (shares: readonly number[]): number => {
      const parts = [0, 0, 0];
      others.forEach((good, i) => {
        parts[good] = shares[i];
      });
      parts[base(goods)] = 1 - shares.reduce((a, b) => a + b, 0);
      return parts[base(goods)] > 0 ? L(spent(parts), p) : 0;
    };
    if (others.length === 0) return sum + at([]);
    if (others.length === 1) return sum + scale * integral((t) => at([t]));
    return sum + scale * integral((t) => (1 - t) * integral((u) => at([t, (1 - t) * u])));
  }, 0);
}

describe("the density of MDCEV", () => {
  const V = [0.3, -0.4, 0.1];
  const gammas = { gamma_a: 1.3, gamma_b: 0.7, gamma_c: 2.1 };
  const alphas = { alpha_a: 0.3, alpha_b: -0.5, alpha_c: 0.1 };
  it.each<[string, MdcevOptions, Record<string, number>]>([
    ["γ by good", {}, gammas],
    ["α by good", { profile: "alpha" }, alphas],
    [
      "γ by good, one α, a free scale",
      { profile: "both", scale: "free" },
      { ...gammas, alpha: 0.4, sigma: 0.8 },
    ],
    ["an outside good", { outside: "a" }, gammas],
    ["an outside good that is not the first", { outside: "c", profile: "both" }, { ...gammas, alpha: -0.3 }],
    ["an outside good, α by good", { outside: "b", profile: "alpha" }, alphas],
  ])("sums to one over all ways to spend a budget: %s", (_, options, values) => {
    const L = density(options, V, values);
    const outside = options.outside ? labels.indexOf(options.outside) : null;
    for (const prices of [
      [1, 1, 1],
      [0.5, 2, 1.3],
    ])
      expect(Math.abs(total(L, 4, prices, outside) - 1)).toBeLessThan(1e-8);
  });
});

const truth = { asc_b: -0.4, asc_c: -0.9, x: 0.6, gamma_b: 1.5, gamma_c: 0.8 };

/** Budgets spread over a (which everybody takes), b and c, for log utilities: where marginal utilities meet λ. */
function budgets(seed: number, situations: number, { spread = 0 } = {}): Table {
  const source = random(seed);
  const names = ["xb", "xc", "pb", "pc", "a", "b", "c"] as const;
  const columns = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  for (let s = 0; s < situations; s++) {
    const [xb, xc] = [source.normal(), source.normal()];
    const [pb, pc] = [0.5 + source.uniform(), 0.5 + source.uniform()];
    const x = spread === 0 ? truth.x : truth.x + spread * source.normal();
    const psi = [0, truth.asc_b + x * xb, truth.asc_c + x * xc].map((v) => Math.exp(v + source.gumbel()));
    const budget = 2 + 8 * source.uniform();
    const at = (lambda: number): number[] => [
      psi[0] / lambda,
      truth.gamma_b * Math.max(0, psi[1] / (lambda * pb) - 1),
      truth.gamma_c * Math.max(0, psi[2] / (lambda * pc) - 1),
    ];
    let [low, high] = [1e-9, 1e9];
    for (let i = 0; i < 200; i++) {
      const middle = Math.sqrt(low * high);
      const [a, b, c] = at(middle);
      if (a + pb * b + pc * c > budget) low = middle;
      else high = middle;
    }
    const [a, b, c] = at(high);
    for (const [name, value] of Object.entries({ xb, xc, pb, pc, a, b, c })) columns[name].push(value);
  }
  return Table.of(columns);
}

const options = {
  alternatives: labels,
  amounts: { a: "a", b: "b", c: "c" },
  prices: { a: 1, b: "pb", c: "pc" },
  attributes: { x: { a: 0, b: "xb", c: "xc" } },
};
const spec = {
  parameters: { asc_b: 0, asc_c: 0, x: 0 },
  utilities: { a: "0", b: "asc_b + x * x.b", c: "asc_c + x * x.c" },
};

test("the parameters of a simulation are found again, scale and all", async () => {
  const data = wide(budgets(1, 3000), options);
  const found = await fit(mdcev(spec, { outside: "a", scale: "free" }), data);
  expect(found.converged, found.message).toBe(true);
  const wanted: Record<string, number> = { ...truth, sigma: 1 };
  for (const { name, estimate, standardError } of found.parameters)
    expect(Math.abs(estimate - wanted[name]), name).toBeLessThan(3.5 * standardError);
});

test("every backend gives the same numbers, also without names", async () => {
  const table = budgets(2, 60);
  const data = wide(table, options);
  for (const [model, on] of [
    [mdcev(spec, { outside: "a" }), data],
    [mdcev({ parameters: { x: 0 }, utilities: "x * x.each" }, { profile: "both" }), data],
  ] as const) {
    const fits = await Promise.all(["wasm", "js", "interpret"].map((backend) => fit(model, on, { backend })));
    for (const other of fits) {
      expect(other.logLikelihood).toBeCloseTo(fits[0].logLikelihood, 8);
      for (const [k, value] of other.estimates.entries()) expect(value).toBeCloseTo(fits[0].estimates[k], 7);
    }
  }
});

test("random coefficients without a spread are none, and with one the fit is no worse", async () => {
  const data = wide(budgets(5, 120), options);
  const plain = await fit(mdcev(spec, { outside: "a" }), data);
  const random = (sd: object) =>
    mixed(
      { ...spec, parameters: { ...spec.parameters, sd_x: sd } } as Spec,
      { x: "normal" },
      { draws: { kind: "halton", count: 20 } },
    );
  const none = await fit(mdcev(random({ start: 0, fixed: true }), { outside: "a" }), data);
  expect(none.logLikelihood).toBeCloseTo(plain.logLikelihood, 8);
  const some = await fit(mdcev(random({ start: 0.3 }), { outside: "a" }), data);
  expect(some.logLikelihood).toBeGreaterThan(plain.logLikelihood - 1e-6);
});

describe("expected amounts", () => {
  const data = wide(budgets(4, 1500), options);
  const found = fit(mdcev(spec, { outside: "a" }), data);
  const column = (table: Table, name: string): Float64Array => (table.column(name) as NumberColumn).values;

  test("are near the observed ones where the model is true, and spend the budgets", async () => {
    const table = await expectedAmounts(await found, { draws: 100, intervals: 0 });
    const [observed, expected] = ["observed", "expected"].map((name) => column(table, name));
    for (const [j, mean] of observed.entries()) expect(Math.abs(expected[j] / mean - 1)).toBeLessThan(0.06);
    const [any, to] = ["take any", "expected to"].map((name) => column(table, name));
    for (const [j, share] of any.entries()) expect(Math.abs(to[j] - share)).toBeLessThan(0.03);
  });

  test("have the interval that amounts at drawn parameters have", async () => {
    const fitted = await found;
    const table = await expectedAmounts(fitted, { draws: 60, intervals: 60, seed: 5 });
    const [expected, lower, upper] = ["expected", "lower", "upper"].map((name) => column(table, name));
    const points = krinskyRobb(fitted, { draws: 60, seed: 5 }).points;
    const asked = await Promise.all(
      points.map((point) => expectedAmounts(fitAt(fitted, point), { draws: 60, intervals: 0, seed: 5 })),
    );
    for (const [j, value] of expected.entries()) {
      const all = Float64Array.from(asked, (each) => column(each, "expected")[j]).sort();
      const width = quantile(all, 0.975) - quantile(all, 0.025);
      expect(width).toBeGreaterThan(0);
      expect(Math.abs(lower[j] - quantile(all, 0.025))).toBeLessThan(0.1 * width);
      expect(Math.abs(upper[j] - quantile(all, 0.975))).toBeLessThan(0.1 * width);
      expect(lower[j]).toBeLessThan(value);
      expect(upper[j]).toBeGreaterThan(value);
    }
    expect((await expectedAmounts(fitted, { draws: 5, intervals: 0 })).names).not.toContain("lower");
  });

  test("average over people whose coefficients differ, and over classes", async () => {
    const people = wide(budgets(8, 1500, { spread: 1.5 }), options);
    const model = mdcev(mixed(spec, { x: "normal" }, { draws: gaussHermite(12) }), { outside: "a" });
    const random = await fit(model, people);
    const { estimate, standardError } = random.parameters.find(({ name }) => name === "sd_x")!;
    expect(Math.abs(estimate - 1.5)).toBeLessThan(3.5 * standardError);
    const classes = latentClass(mdcev(spec, { outside: "a" }), {
      classes: 2,
      shared: ["asc_b", "asc_c", "gamma_b", "gamma_c"],
    });
    for (const each of [random, await fit(classes, people)]) {
      expect(each.converged, each.message).toBe(true);
      const table = await expectedAmounts(each, { draws: 80, intervals: 0 });
      const [observed, expected] = ["observed", "expected"].map((name) => column(table, name));
      for (const [j, mean] of observed.entries()) expect(Math.abs(expected[j] / mean - 1)).toBeLessThan(0.06);
      const [any, to] = ["take any", "expected to"].map((name) => column(table, name));
      for (const [j, share] of any.entries()) expect(Math.abs(to[j] - share)).toBeLessThan(0.03);
    }
  });

  test("spend every budget to the last digit, marginal utilities being equal", () => {
    const goods = [
      { gamma: 0, alpha: 0.3 },
      { gamma: 1.4, alpha: -0.5 },
      { gamma: 0.6, alpha: 0 },
    ];
    const [psi, p] = [
      [1.2, 0.8, 0.05],
      [1, 0.7, 2],
    ];
    const amounts = new Float64Array(3);
    const worth = Float64Array.from(psi, (value, k) => Math.log(value / p[k]));
    spreadBudget(goods, worth, Float64Array.from(p), 7, amounts);
    const x = [...amounts];
    expect(x.reduce((sum, each, k) => sum + p[k] * each, 0)).toBeCloseTo(7, 10);
    const marginal = x.map((each, k) => {
      const { gamma, alpha } = goods[k];
      return (psi[k] / p[k]) * (gamma === 0 ? each : each / gamma + 1) ** (alpha - 1);
    });
    expect(marginal[1] / marginal[0]).toBeCloseTo(1, 9);
    expect(x[2]).toBe(0);
    expect(marginal[2]).toBeLessThan(marginal[0]);
  });

  test("fall with the own price and rise with what makes a good better", async () => {
    const of = async (more: object) =>
      column(await expectedAmounts(await found, { draws: 20, intervals: 0, ...more }), "expected");
    const [base, dear, better] = [
      await of({}),
      await of({ prices: { b: 1.5 } }),
      await of({ scenario: { "x.b": "x + 1" } }),
    ];
    expect(dear[1]).toBeLessThan(base[1]);
    expect(better[1]).toBeGreaterThan(base[1]);
    expect(better[0]).toBeLessThan(base[0]);
  });

  it.each<[string, object, RegExp]>([
    ["an unknown good", { prices: { d: 2 } }, /there is no good d/],
    ["a price of nothing", { prices: { b: 0 } }, /positive number/],
    ["no draws", { draws: 0 }, /draws is a whole number/],
    ["an interval of few draws", { intervals: 10 }, /40 draws of the parameters or more/],
  ])("refuse %s", async (_, more, wanted) => {
    await expect(expectedAmounts(await found, more)).rejects.toThrow(wanted);
  });
});

describe("what MDCEV refuses, and why", () => {
  const data = wide(budgets(3, 60), options);
  const none = wide(Table.of({ a: [1, 0], b: [1, 1], c: [0, 2] }), {
    alternatives: labels,
    amounts: { a: "a", b: "b", c: "c" },
  });
  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      "choices",
      () =>
        fit(
          mdcev("x"),
          wide(Table.of({ y: ["a", "b"], x: [1, 2] }), { choice: "y", alternatives: ["a", "b"] }),
        ),
      /there is|belongs in part 2|mdcev is a model of budgets/,
    ],
    ["a kernel of choices", () => fit(logit("x"), data), /logit is a model of choices.*budgets[\s\S]*mdcev/],
    [
      "an unknown profile",
      () => fit(mdcev("x", { profile: "gama" as never }), data),
      /no such profile[\s\S]*gamma/,
    ],
    [
      "an unknown outside good",
      () => fit(mdcev("x", { outside: "d" }), data),
      /outside good is not an alternative/,
    ],
    [
      "an outside good left out",
      () =>
        fit(mdcev({ parameters: { b: 0 }, utilities: { a: "0", b: "b", c: "0" } }, { outside: "a" }), none),
      /none of the outside good is taken in situation 2/,
    ],
    [
      "probabilities",
      async () => predict(await fit(mdcev("x", { outside: "a" }), data)),
      /no choice probabilities/,
    ],
    [
      "elasticities",
      async () => elasticities(await fit(mdcev("x", { outside: "a" }), data), { of: "x" }),
      /no choice probabilities/,
    ],
    [
      "logsums",
      async () => logsums(await fit(mdcev("x", { outside: "a" }), data)),
      /no logsum|no choice probabilities/,
    ],
  ])("%s", async (_, asked, wanted) => {
    await expect(asked()).rejects.toThrow(wanted);
  });
});
