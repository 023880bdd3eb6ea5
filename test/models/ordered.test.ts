import { describe, expect, it, test } from "vitest";
import { type ChoiceData, Table, wide } from "../../src/data/index.ts";
import { evaluator, gradient, num, parameter, utility } from "../../src/expr/index.ts";
import { type Fit, fit, latentClass, logit, orderedLogit, orderedProbit } from "../../src/fit/index.ts";
import { normalLower } from "../../src/math/distributions.ts";
import { random } from "../../src/math/random.ts";
import { models } from "../../src/models/index.ts";
import { elasticities, logsums, marginalEffects, matchShares, predict, wtp } from "../../src/post/index.ts";
import { mixed, tempered } from "../../src/spec/index.ts";

const truth = { x: 0.9, z: -0.6 };
const cut = [-1, 0.4, 1.5];

/** Ratings 1 to 4 (or fewer) of a latent utility with logistic or normal noise. */
function ratings(
  seed: number,
  { situations = 400, levels = 4, noise = "logistic", shift = 0 } = {},
): ChoiceData {
  const source = random(seed);
  const columns: Record<"x" | "z" | "rating", number[]> = { x: [], z: [], rating: [] };
  for (let s = 0; s < situations; s++) {
    const [x, z] = [source.normal(), source.uniform() < 0.5 ? 1 : 0];
    const u = source.uniform();
    const noisy = truth.x * x + truth.z * z + (noise === "normal" ? source.normal() : Math.log(u / (1 - u)));
    const cuts = cut.slice(0, levels - 1);
    let moved = cuts[0] + 0.5 * shift * z;
    let level = noisy > moved ? 2 : 1;
    cuts.slice(1).forEach((end, k) => {
      moved += (end - cuts[k]) * Math.exp(shift * z);
      if (noisy > moved) level = k + 3;
    });
    columns.x.push(x);
    columns.z.push(z);
    columns.rating.push(level);
  }
  const alternatives = Array.from({ length: levels }, (_, k) => k + 1);
  return wide(Table.of(columns), { choice: "rating", alternatives });
}

const value = (found: Fit, name: string): number =>
  found.estimates[found.parameters.findIndex((each) => each.name === name)];
const numbers = (table: Table, name: string): Float64Array => {
  const column = table.column(name);
  return column.kind === "number" ? column.values : new Float64Array();
};

test("an ordered logit of two levels is the logit", async () => {
  const data = ratings(1, { levels: 2 });
  const ordered = await fit(orderedLogit("x + z"), data);
  const binary = await fit(logit("0 | x + z"), data);
  expect(Math.abs(ordered.logLikelihood - binary.logLikelihood)).toBeLessThan(1e-10 * 400);
  expect(value(ordered, "x")).toBeCloseTo(value(binary, "x_2"), 10);
  expect(value(ordered, "threshold_1")).toBeCloseTo(-value(binary, "asc_2"), 10);
  expect(ordered.constantsLogLikelihood).toBe(binary.constantsLogLikelihood);
});

describe.each([
  ["logit", orderedLogit, (x: number) => 1 / (1 + Math.exp(-x)), "logistic"],
  ["probit", orderedProbit, normalLower, "normal"],
] as const)("the ordered %s", (_, model, F, noise) => {
  it("has the log-likelihood that its formula says, in every backend", async () => {
    const data = ratings(2, { noise });
    const fits = await Promise.all(
      ["wasm", "js", "interpret"].map((backend) => fit(model("x + z"), data, { backend })),
    );
    const [found] = fits;
    const ends = [-Infinity, ...[1, 2, 3].map((k) => value(found, `threshold_${k}`)), Infinity];
    const [x, z] = ["x", "z"].map((name) => data.column(name)!.values);
    const total = x.reduce((sum, _, s) => {
      const V = value(found, "x") * x[s] + value(found, "z") * z[s];
      const k = data.chosen![s] % 4;
      return sum + Math.log(F(ends[k + 1] - V) - F(ends[k] - V));
    }, 0);
    expect(found.logLikelihood).toBeCloseTo(total, 8);
    for (const other of fits.slice(1)) {
      expect(other.logLikelihood).toBeCloseTo(found.logLikelihood, 9);
      for (const [k, estimate] of other.estimates.entries())
        expect(estimate).toBeCloseTo(found.estimates[k], 8);
    }
  });

  it("finds the coefficients of a simulation again", async () => {
    const found = await fit(model("x + z"), ratings(3, { situations: 4000, noise }));
    const wanted: Record<string, number> = {
      ...truth,
      threshold_1: cut[0],
      threshold_2: cut[1],
      threshold_3: cut[2],
    };
    for (const { name, estimate, standardError } of found.parameters)
      expect(Math.abs(estimate - wanted[name]), name).toBeLessThan(3.5 * standardError);
  });

  it("finds thresholds that depend on a column again", async () => {
    const data = ratings(4, { situations: 6000, noise, shift: 0.4 });
    const found = await fit(model("x + z", { thresholds: "z" }), data);
    // A column that moves all thresholds alike moves the utility the other way: only one of the two is identified.
    expect(found.converged).toBe(false);
    const free = await fit(model("x", { thresholds: "z" }), data);
    expect(free.converged).toBe(true);
    const wanted: Record<string, number> = {
      x: truth.x,
      threshold_1_z: 0.2 - truth.z,
      threshold_2_z: 0.4,
      threshold_3_z: 0.4,
    };
    for (const { name, estimate, standardError } of free.parameters)
      if (name in wanted) expect(Math.abs(estimate - wanted[name]), name).toBeLessThan(3.5 * standardError);
    const plain = await fit(model("x + z"), data);
    expect(free.logLikelihood).toBeGreaterThan(plain.logLikelihood + 10);
  });

  it("comes to the same maximum from thresholds far away", async () => {
    const data = ratings(5, { noise });
    const near = await fit(model("x + z"), data);
    const start = { threshold_1: -9, threshold_2: -8.9, threshold_3: 12, x: -3 };
    const far = await fit(model("x + z"), data, { start });
    expect(far.converged).toBe(true);
    expect(far.logLikelihood).toBeCloseTo(near.logLikelihood, 9);
  });

  it("keeps its digits where levels are all but impossible", () => {
    const names = ["threshold_1", "threshold_2", "threshold_3"];
    const V = utility(0);
    const item = {
      utility: V,
      available: num(1),
      chosen: num(0),
      observed: () => num(0),
      data: () => num(0),
      label: null,
    };
    const set = { all: [item, item, item, item], axis: false };
    const logs = models[noise === "normal" ? "orderedProbit" : "orderedLogit"].logProbabilities(
      set,
      parameter,
      {},
    );
    const roots = logs.flatMap((log) => [log, ...gradient(log, [V, ...names.map(parameter)])]);
    for (const at of [-30, 30]) {
      const found = evaluator(roots)((leaf) => (leaf === V ? at : cut[names.indexOf(leaf.name)]));
      for (const each of found) expect(Number.isFinite(each)).toBe(true);
    }
  });

  it("says the probability of every level, and what moves it", async () => {
    const data = ratings(6, { noise });
    const found = await fit(model("x + z"), data);
    const table = await predict(found);
    const probability = numbers(table, "probability");
    for (let s = 0; s < data.situations; s++)
      expect(probability.subarray(4 * s, 4 * s + 4).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    const effects = numbers(await marginalEffects(found, { of: "x" }), "effect");
    expect(effects.length).toBe(4);
    expect(effects.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
    expect(effects[0]).toBeLessThan(0);
    expect(effects[3]).toBeGreaterThan(0);
    expect((await elasticities(found, { of: "z" })).rows).toBe(4);
    expect(numbers(await wtp(found, { of: "x", per: "z" }), "wtp")[0]).toBeCloseTo(
      -value(found, "x") / value(found, "z"),
      10,
    );
  });
});

describe("ordered models go with what utilities can hold", () => {
  const plain = ratings(8, { situations: 200 });
  const persons = Float64Array.from({ length: 200 }, (_, s) => Math.floor(s / 4));
  const columns = Object.fromEntries(["x", "z", "rating"].map((name) => [name, numbers(plain.table, name)]));
  const data = wide(Table.of({ ...columns, who: persons }), {
    choice: "rating",
    alternatives: [1, 2, 3, 4],
    person: "who",
  });
  const spec = (sd: object | number) => ({
    parameters: { bx: 0.5, bz: -0.2, sd_bx: sd },
    utilities: "bx * x + bz * z",
  });
  const draws = { kind: "halton", count: 20 } as const;

  test("a random coefficient without a spread is none", async () => {
    const none = mixed(spec({ start: 0, fixed: true }) as never, { bx: "normal" }, { draws });
    const [a, b] = [await fit(orderedProbit(none), data), await fit(orderedProbit("x + z"), data)];
    expect(a.logLikelihood).toBeCloseTo(b.logLikelihood, 8);
  });

  test("a random coefficient is fitted, and its levels still sum to one", async () => {
    const found = await fit(orderedLogit(mixed(spec(0.5) as never, { bx: "normal" }, { draws })), data);
    expect(found.converged, found.message).toBe(true);
    const probability = numbers(await predict(found), "probability");
    for (let s = 0; s < data.situations; s++)
      expect(probability.subarray(4 * s, 4 * s + 4).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
  });

  test("one latent class is none", async () => {
    const [a, b] = [
      await fit(latentClass(orderedLogit("x + z"), { classes: 1 }), data),
      await fit(orderedLogit("x + z"), data),
    ];
    expect(a.logLikelihood).toBeCloseTo(b.logLikelihood, 8);
  });
});

describe("what an ordered model refuses, and why", () => {
  const data = ratings(7);
  const spec = (utilities: unknown, parameters = { b: 0, c: 0 }) => ({ parameters, utilities }) as never;
  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      "a constant",
      () => fit(orderedLogit(spec("c + b * x")), data),
      /c is not identified: the thresholds move/,
    ],
    [
      "utilities of levels",
      () => fit(orderedLogit(spec({ 1: "b * x", 2: "c" })), data),
      /one latent utility/,
    ],
    ["a formula of two parts", () => fit(orderedLogit("x | z"), data), /one part[\s\S]*x \+ z/],
    ["a number in it", () => fit(orderedLogit("x + 1"), data), /thresholds take the place of a constant/],
    ["an unknown column", () => fit(orderedLogit("xx"), data), /there is no column xx/],
    [
      "a term twice",
      () => fit(orderedLogit("x + x"), data),
      /two terms of the formula give the coefficient x/,
    ],
    ["a temperature", () => fit(orderedLogit(tempered("x", { by: "z" })), data), /has no temperature/],
    ["thresholds by nothing", () => fit(orderedLogit("x", { thresholds: "z + " }), data), /sum of columns/],
    ["its logsum", async () => logsums(await fit(orderedLogit("x"), data)), /has no logsum/],
    [
      "market shares",
      async () =>
        matchShares(await fit(orderedLogit("x"), data), { shares: { 1: 0.1, 2: 0.2, 3: 0.3, 4: 0.4 } }),
      /levels have no constants/,
    ],
  ])("%s", async (_, asked, wanted) => {
    await expect(asked()).rejects.toThrow(wanted);
  });

  test("levels that are not always there", async () => {
    const table = Table.of({ x: [1, 2, 3, 4], y: [1, 2, 1, 2], there: [1, 0, 1, 1] });
    const holes = wide(table, { choice: "y", alternatives: [1, 2, 3], available: { 3: "there" } });
    await expect(fit(orderedLogit("x"), holes)).rejects.toThrow(/levels are always available/);
  });
});
