import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Fit, fit, logit } from "../../src/fit/index.ts";
import { elasticities, marginalEffects, predict, shares } from "../../src/post/index.ts";
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
  worldNames,
  worlds,
} from "./worlds.ts";

const step = 1e-5;
const predicted = async (found: Fit, key: string, expression: string): Promise<number[]> =>
  numbersIn(await shares(found, { scenario: { [key]: expression } }), "predicted");

/** ∂share/∂δ by central differences, where the attribute becomes what `at` says of δ. */
async function slope(found: Fit, key: string, at: (delta: number) => string): Promise<number[]> {
  const [up, down] = await Promise.all([step, -step].map((delta) => predicted(found, key, at(delta))));
  return up.map((value, j) => (value - down[j]) / (2 * step));
}

const makers = { labelled, weighted, ragged, wide: wideWorld };

describe.each(Object.keys(makers) as (keyof typeof makers)[])("%s alternatives", (name) => {
  test("elasticities are the changes of predicted shares in scenarios, in per cent", async () => {
    const { fit: found } = await fitted(makers[name], 31);
    const table = await elasticities(found, { of: "cost" });
    const labels = found.data.labels!;
    expect(table.rows).toBe(labels.length ** 2);
    const share = numbersIn(await shares(found), "predicted");
    const value = numbersIn(table, "elasticity");
    for (const [i, of] of labels.entries()) {
      const slopes = await slope(found, `cost.${of}`, (delta) => `cost * ${1 + delta}`);
      const wanted = slopes.map((each, j) => each / share[j]);
      expect(
        distance(
          labels.map((_, j) => value[j * labels.length + i]),
          wanted,
        ),
      ).toBeLessThan(1e-8);
    }
  });

  test("marginal effects are the changes of predicted shares in scenarios, per unit", async () => {
    const { fit: found } = await fitted(makers[name], 32);
    const table = await marginalEffects(found, { of: "time" });
    const labels = found.data.labels!;
    const value = numbersIn(table, "effect");
    for (const [i, of] of labels.entries()) {
      const wanted = await slope(found, `time.${of}`, (delta) => `time + ${delta}`);
      expect(
        distance(
          labels.map((_, j) => value[j * labels.length + i]),
          wanted,
        ),
      ).toBeLessThan(1e-7);
    }
  });

  test("what one alternative gains the others lose", async () => {
    const { fit: found } = await fitted(makers[name], 33);
    const table = await marginalEffects(found, { of: "cost" });
    const [of, effect] = [textsIn(table, "of"), numbersIn(table, "effect")];
    for (const label of found.data.labels!) {
      const sum = effect.reduce((total, value, row) => total + (of[row] === label ? value : 0), 0);
      expect(sum).toBeCloseTo(0, 12);
    }
  });

  test("the effect of one alternative's attribute is the same when it is asked for alone", async () => {
    const { fit: found } = await fitted(makers[name], 34);
    const all = await elasticities(found, { of: "cost" });
    const one = await elasticities(found, { of: "cost.bus" });
    const rows = textsIn(all, "of").flatMap((of, row) => (of === "bus" ? [row] : []));
    expect(textsIn(one, "of")).toEqual(["bus", "bus", "bus"]);
    for (const column of ["elasticity", "std. error"])
      expect(
        distance(
          numbersIn(one, column),
          rows.map((row) => numbersIn(all, column)[row]),
        ),
      ).toBeLessThan(1e-12);
  });
});

test("cross effects are symmetric where one coefficient serves all alternatives", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), async (seed) => {
      const { fit: found } = await fitted(labelled, seed);
      const effect = numbersIn(await marginalEffects(found, { of: "cost" }), "effect");
      for (const [j, i] of [
        [0, 1],
        [0, 2],
        [1, 2],
      ])
        expect(effect[3 * j + i]).toBeCloseTo(effect[3 * i + j], 12);
    }),
    { numRuns: 5 },
  );
});

test("elasticities of a choice are β x (1 − P) of its own and −β x P of others, weighted by probability", async () => {
  const { fit: found, data } = await fitted(labelled, 36);
  const beta = found.parameters.find(({ name }) => name === "cost")!.estimate;
  const probability = numbersIn(await predict(found), "probability");
  const cost = numbersIn(data.table, "cost");
  const [own, cross] = [
    [0, 0],
    [0, 0],
  ];
  for (let s = 0; s < data.situations; s++) {
    const [train, , car] = [0, 1, 2].map((j) => probability[3 * s + j]);
    own[0] += train * beta * cost[3 * s] * (1 - train);
    own[1] += train;
    cross[0] -= car * beta * cost[3 * s] * train;
    cross[1] += car;
  }
  const value = numbersIn(await elasticities(found, { of: "cost" }), "elasticity");
  expect(value[0]).toBeCloseTo(own[0] / own[1], 10);
  expect(value[6]).toBeCloseTo(cross[0] / cross[1], 10);
});

test("an attribute that belongs to the situation changes for all at once", async () => {
  const { fit: found } = await fitted(labelled, 37);
  const table = await elasticities(found, { of: "income" });
  expect(textsIn(table, "of")).toEqual(["all", "all", "all"]);
  const share = numbersIn(await shares(found), "predicted");
  const slopes = await slope(found, "income", (delta) => `income * ${1 + delta}`);
  expect(
    distance(
      numbersIn(table, "elasticity"),
      slopes.map((each, j) => each / share[j]),
    ),
  ).toBeLessThan(1e-8);
});

test("alternatives whose utility has no such attribute have no column", async () => {
  const { data } = labelled(38);
  const utilities = { train: "a + b * cost", bus: "c + b * cost", car: "d * time" };
  const found = await fit(logit({ parameters: { a: 0, b: 0, c: 0, d: 0 }, utilities }), data);
  expect([...new Set(textsIn(await elasticities(found, { of: "cost" }), "of"))]).toEqual(["train", "bus"]);
});

describe("a 0/1 column", () => {
  test.each(["labelled", "ragged"] as const)("has arc effects, %s", async (name) => {
    const { fit: found } = await fitted(makers[name], 39);
    const table = await elasticities(found, { of: "seat" });
    expect(table.display.title).toContain("Arc effects");
    expect(numbersIn(table, "effect")).toEqual(
      numbersIn(await marginalEffects(found, { of: "seat" }), "effect"),
    );
    for (const of of found.data.labels!) {
      const one = await predicted(found, `seat.${of}`, "1");
      const zero = await predicted(found, `seat.${of}`, "0");
      const rows = textsIn(table, "of").flatMap((label, row) => (label === of ? [row] : []));
      const wanted = one.map((share, j) => share - zero[j]);
      expect(
        distance(
          rows.map((row) => numbersIn(table, "effect")[row]),
          wanted,
        ),
      ).toBeLessThan(1e-12);
    }
  });

  test("of the situation, behind the attributes of the wide layout, has them too", async () => {
    const { fit: found } = await fitted(wideWorld, 40);
    const table = await elasticities(found, { of: "card" });
    expect(textsIn(table, "of")).toEqual(["all", "all", "all"]);
    const [one, zero] = await Promise.all(["1", "0"].map((value) => predicted(found, "card", value)));
    expect(
      distance(
        numbersIn(table, "effect"),
        one.map((share, j) => share - zero[j]),
      ),
    ).toBeLessThan(1e-12);
  });
});

describe("profiles without labels", () => {
  const columns = async (seed: number) => {
    const { fit: found, data } = await fitted(unlabelled, seed);
    const probability = numbersIn(await predict(found), "probability");
    const at = (name: string) => numbersIn(data.table, name);
    const beta = (name: string) => found.parameters.find((each) => each.name === name)!.estimate;
    return { found, data, probability, at, beta };
  };

  test("have a mean elasticity of their own and to another, weighted by probability", async () => {
    const { found, data, probability, at, beta } = await columns(41);
    const [cost, b] = [at("cost"), beta("cost")];
    let [own, other] = [0, 0];
    for (let s = 0; s < data.situations; s++)
      for (let j = data.start[s]; j < data.start[s + 1]; j++) {
        const size = data.start[s + 1] - data.start[s];
        own += probability[j] * b * cost[j] * (1 - probability[j]);
        for (let i = data.start[s]; i < data.start[s + 1]; i++)
          if (i !== j) other -= (probability[j] * b * cost[i] * probability[i]) / (size - 1);
      }
    const table = await elasticities(found, { of: "cost" });
    expect(textsIn(table, "of")).toEqual(["its own", "another"]);
    const wanted = [own / data.situations, other / data.situations];
    expect(distance(numbersIn(table, "elasticity"), wanted)).toBeLessThan(1e-10);
  });

  test("have mean marginal effects", async () => {
    const { found, data, probability, beta } = await columns(42);
    let [own, other] = [0, 0];
    for (let s = 0; s < data.situations; s++) {
      const set = probability.slice(data.start[s], data.start[s + 1]);
      const mean = set.reduce((sum, p) => sum + beta("cost") * p * (1 - p), 0) / set.length;
      own += mean / data.situations;
      other -= mean / (set.length - 1) / data.situations;
    }
    const table = await marginalEffects(found, { of: "cost" });
    expect(distance(numbersIn(table, "effect"), [own, other])).toBeLessThan(1e-10);
  });

  test("have mean arc effects of 0/1 columns", async () => {
    const { found, data, probability, at, beta } = await columns(43);
    const [seat, b] = [at("seat"), beta("seat")];
    let [own, other] = [0, 0];
    for (let s = 0; s < data.situations; s++) {
      const set = probability.slice(data.start[s], data.start[s + 1]);
      set.forEach((p, j) => {
        const without = Math.exp(-b * seat[data.start[s] + j]) * p;
        const [zero, one] = [without, without * Math.exp(b)].map((weight) => weight / (1 - p + weight));
        own += (one - zero) / set.length / data.situations;
        other -= (one - zero) / set.length / (set.length - 1) / data.situations;
      });
    }
    const table = await elasticities(found, { of: "seat" });
    expect(table.display.title).toContain("Arc effects");
    expect(distance(numbersIn(table, "effect"), [own, other])).toBeLessThan(1e-10);
  });
});

test.each(worldNames)("every backend gives the same effects of %s alternatives", async (name) => {
  const { backends } = await import("../../src/backends/index.ts");
  const tables = await Promise.all(
    backends.map(async (backend) => {
      const { fit: found } = await fitted(worlds[name], 44, { backend: backend.name });
      return [
        await elasticities(found, { of: "cost" }),
        await elasticities(found, { of: name === "wide" ? "card" : "seat" }),
      ];
    }),
  );
  for (const [elasticity, arc] of tables) {
    expect(distance(numbersIn(elasticity, "elasticity"), numbersIn(tables[0][0], "elasticity"))).toBeLessThan(
      1e-7,
    );
    expect(distance(numbersIn(elasticity, "std. error"), numbersIn(tables[0][0], "std. error"))).toBeLessThan(
      1e-7,
    );
    expect(distance(numbersIn(arc, "effect"), numbersIn(tables[0][1], "effect"))).toBeLessThan(1e-7);
  }
});

test.for<[string, RegExp]>([
  ["cots", /no attribute cots[\s\S]*did you mean cost/],
  ["cost.cra", /no alternative cra[\s\S]*did you mean car/],
  ["region", /holds labels, and not numbers[\s\S]*region_south/],
  ["weight", /no utility uses weight/],
])("effects of %s are refused", async ([of, says]) => {
  const { fit: found } = await fitted(labelled, 45);
  await expect(elasticities(found, { of })).rejects.toThrow(says);
  await expect(marginalEffects(found, { of })).rejects.toThrow(says);
});
