/**
 * How often the tests reject what is true, and what is false, in simulated choices. With a seed the counts are
 * what they are; the bounds hold for an exact 5 % test in all but few sets of seeds.
 */
import { describe, expect, test, vi } from "vitest";
import { type ChoiceData, Table, wide } from "../../../src/data/index.ts";
import { type Fit, fit, logit } from "../../../src/fit/index.ts";
import { random } from "../../../src/math/random.ts";
import {
  chowTest,
  hausmanMcFadden,
  likelihoodRatioTest,
  scoreTest,
  smallHsiao,
  swaitLouviere,
  vuongTest,
  waldTest,
} from "../../../src/post/index.ts";
import { numbersIn } from "../worlds.ts";

interface World {
  readonly persons?: number;
  readonly tasks?: number;
  /** Standard deviation of what b and c share. */
  readonly nest?: number;
  /** Coefficients of the second half of the persons, in those of the first. */
  readonly scale?: number;
  readonly tilt?: number;
  /** Spread over persons of the taste for z, whose mean is 0. */
  readonly spread?: number;
}

// Hundreds of fits each, on machines that may be busy with other things.
vi.setConfig({ testTimeout: 300_000 });

const labels = ["a", "b", "c"];

function choices(seed: number, world: World): ChoiceData {
  const { persons = 250, tasks = 1, nest = 0, scale = 1, tilt = 0, spread = 0 } = world;
  const { normal, gumbel } = random(seed);
  const rows = Array.from({ length: persons }, (_, id) => {
    const half = id % 2;
    const own = spread * normal();
    return Array.from({ length: tasks }, () => {
      const [x, y, z] = [0, 1, 2].map(() => labels.map(() => normal()));
      const common = nest * normal();
      const utility = labels.map((_, j) => {
        const tastes = -x[j] + own * z[j] + (half ? tilt : 0) * y[j] + [0, 0.3, -0.2][j];
        return (half ? scale : 1) * (tastes + 0.5 * y[j]) + (j > 0 ? common : 0) + gumbel();
      });
      return {
        id,
        half: half ? "two" : "one",
        choice: labels[utility.indexOf(Math.max(...utility))],
        ...Object.fromEntries(
          labels.flatMap((label, j) => [
            [`x_${label}`, x[j]],
            [`y_${label}`, y[j]],
            [`z_${label}`, z[j]],
          ]),
        ),
      };
    });
  }).flat();
  const names = ["x", "y", "z"];
  return wide(Table.from(rows), {
    choice: "choice",
    alternatives: labels,
    attributes: Object.fromEntries(names.map((name) => [name, `${name}_{alternative}`])),
    ...(tasks > 1 ? { person: "id" } : {}),
  });
}

const times = 80;
/** What an exact 5 % test rejects of 80, but for one time in 40 below and one in 300 above. */
const [least, most] = [1, 10];

async function rejections(world: World, ask: (data: ChoiceData) => Promise<number>): Promise<number> {
  let count = 0;
  for (let seed = 1; seed <= times; seed++) {
    const data = choices(seed, world);
    if ((await ask(data)) < 0.05) count++;
  }
  return count;
}

const first = (table: Table): number => numbersIn(table, "p")[0];
const fitted = (formula: string, data: ChoiceData): Promise<Fit> => fit(logit(formula), data);

describe("what is true is rejected as often as it should be", () => {
  test.each<[string, (data: ChoiceData) => Promise<number>]>([
    [
      "likelihood ratio",
      async (data) =>
        first(likelihoodRatioTest(await fitted("x + y", data), await fitted("x + y + z", data))),
    ],
    ["Wald", async (data) => first(waldTest(await fitted("x + y + z", data), "z"))],
    ["a ratio by Wald", async (data) => first(waldTest(await fitted("x + y", data), "y / x = -0.5"))],
    [
      "score",
      async (data) => first(await scoreTest(await fitted("x + y", data), { against: logit("x + y + z") })),
    ],
    [
      "Hausman–McFadden",
      async (data) => first(await hausmanMcFadden(await fitted("x + y", data), { without: ["c"] })),
    ],
    [
      "Hausman–McFadden, joint variance",
      async (data) =>
        first(await hausmanMcFadden(await fitted("x + y", data), { without: ["c"], variance: "joint" })),
    ],
    ["Small–Hsiao", async (data) => first(await smallHsiao(await fitted("x + y", data), { without: ["c"] }))],
    ["Chow", async (data) => first(await chowTest(await fitted("x + y", data), { by: "half" }))],
  ])("%s", async (_, ask) => {
    const count = await rejections({}, ask);
    expect(count).toBeGreaterThanOrEqual(least);
    expect(count).toBeLessThanOrEqual(most);
  });

  test("Swait–Louviere, where the groups differ in their temperature alone", async () => {
    const count = await rejections({ scale: 2 }, async (data) =>
      first(await swaitLouviere(await fitted("x + y", data), { by: "half" })),
    );
    expect(count).toBeGreaterThanOrEqual(least);
    expect(count).toBeLessThanOrEqual(most);
  });

  test("a likelihood ratio on the edge: right with the mixture, half as often without", async () => {
    const model = (z: object) =>
      logit({
        parameters: { c_b: 0, c_c: 0, b_x: 0, b_y: 0, b_z: { start: 0, ...z } },
        utilities: Object.fromEntries(
          labels.map((label) => [
            label,
            `${label === "a" ? "0" : `c_${label}`} + b_x * x + b_y * y + b_z * z`,
          ]),
        ),
      });
    let [mixture, plain] = [0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const data = choices(seed, { persons: 120 });
      const full = await fit(model({ start: 0.1, lower: 0 }), data);
      const table = likelihoodRatioTest(await fit(model({ fixed: true }), data), full);
      if (first(table) < 0.05) mixture++;
      if (numbersIn(table, "statistic")[0] > 3.841458820694124) plain++;
    }
    expect(mixture).toBeGreaterThanOrEqual(4);
    expect(mixture).toBeLessThanOrEqual(19);
    expect(plain).toBeLessThan(mixture);
  });
});

describe("what is false is found out", () => {
  const few = 20;
  async function found(world: World, ask: (data: ChoiceData) => Promise<number>): Promise<number> {
    let count = 0;
    for (let seed = 1; seed <= few; seed++) if ((await ask(choices(seed, world))) < 0.05) count++;
    return count;
  }
  test.each<[string, World, (data: ChoiceData) => Promise<number>]>([
    [
      "independence of irrelevant alternatives, by Hausman–McFadden, where two alternatives share a nest",
      { persons: 1500, nest: 3 },
      async (data) => first(await hausmanMcFadden(await fitted("x + y", data), { without: ["c"] })),
    ],
    [
      "the same by Small–Hsiao",
      { persons: 5000, nest: 5 },
      async (data) => first(await smallHsiao(await fitted("x + y", data), { without: ["c"] })),
    ],
    [
      "groups of other tastes, by Chow",
      { persons: 600, tilt: 1 },
      async (data) => first(await chowTest(await fitted("x + y", data), { by: "half" })),
    ],
    [
      "groups of other tastes, by Swait–Louviere",
      { persons: 600, tilt: 1 },
      async (data) => first(await swaitLouviere(await fitted("x + y", data), { by: "half" })),
    ],
    [
      "the worse of two models, by Vuong",
      { persons: 400 },
      async (data) => first(await vuongTest(await fitted("x", data), await fitted("y", data))),
    ],
  ])("%s", async (_, world, ask) => {
    expect(await found(world, ask)).toBeGreaterThanOrEqual(16);
  });

  test("groups that differ in their temperature: Chow rejects, Swait–Louviere says what differs", async () => {
    const data = choices(3, { persons: 1000, scale: 2.5 });
    const base = await fitted("x + y", data);
    expect(first(await chowTest(base, { by: "half" }))).toBeLessThan(0.001);
    const table = await swaitLouviere(base, { by: "half" });
    expect(numbersIn(table, "p")[0]).toBeGreaterThan(0.05);
    expect(numbersIn(table, "p")[1]).toBeLessThan(0.001);
    expect(table.display.notes![1]).toContain("the coefficients are the same, the temperatures are not");
  });
});

test("persons who answer often: Wald and score tests by person keep their size, what ignores persons does not", async () => {
  const world = { persons: 120, tasks: 6, spread: 1 };
  const counts = { wald: 0, score: 0, hessian: 0, ratio: 0 };
  for (let seed = 1; seed <= times; seed++) {
    const data = choices(seed, world);
    const small = await fitted("x + y", data);
    const full = await fitted("x + y + z", data);
    const naive = await fit(full.model, data, { covariance: "hessian" });
    if (first(waldTest(full, "z")) < 0.05) counts.wald++;
    if (first(await scoreTest(small, { against: full.model })) < 0.05) counts.score++;
    if (first(waldTest(naive, "z")) < 0.05) counts.hessian++;
    if (first(likelihoodRatioTest(small, full)) < 0.05) counts.ratio++;
  }
  for (const kind of ["wald", "score"] as const) {
    expect(counts[kind]).toBeGreaterThanOrEqual(least);
    expect(counts[kind]).toBeLessThanOrEqual(most);
  }
  for (const kind of ["hessian", "ratio"] as const) expect(counts[kind]).toBeGreaterThan(2 * most);
});
