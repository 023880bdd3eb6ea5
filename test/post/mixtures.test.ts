import { beforeAll, describe, expect, test } from "vitest";
import type { ChoiceData } from "../../src/data/index.ts";
import { type Fit, fit, latentClass, logit, type ModelSpec } from "../../src/fit/index.ts";
import {
  elasticities,
  logsums,
  marginalEffects,
  predict,
  shares,
  surplus,
  wtp,
} from "../../src/post/index.ts";
import { thermodynamics } from "../../src/post/thermodynamics/index.ts";
import { mixed, sobol } from "../../src/spec/index.ts";
import { panel } from "../fit/simulated.ts";
import { numbersIn } from "./worlds.ts";

const data = panel(({ x, y }, [z]) => (0.8 + z) * x - y, { persons: 80, alternatives: 3 });
const utility = "b_x * x + b_y * y";
const labelled = {
  parameters: { asc_2: 0, b_x: 0.5, b_y: -0.5 },
  utilities: { 1: utility, 2: `asc_2 + ${utility}`, 3: utility },
};
const shared = { parameters: { b_x: 0.5, b_y: -0.5 }, utilities: utility };
const draws = sobol(20);

const models: Readonly<Record<string, () => ModelSpec>> = {
  "random coefficients": () => logit(mixed(labelled, { b_x: "normal" }, { draws })),
  "random coefficients of unlabelled alternatives": () => logit(mixed(shared, { b_x: "normal" }, { draws })),
  "latent classes": () => latentClass(logit(labelled), { classes: 2, shared: ["asc_2", "b_y"] }),
};

describe.for(Object.entries(models))("a fit with %s", ([name, model]) => {
  let found: Fit;
  beforeAll(async () => {
    found = await fit(model(), data as ChoiceData);
  }, 60_000);

  test("converges, and its probabilities add to one", async () => {
    expect(found.converged, found.message).toBe(true);
    const table = await predict(found);
    const probability = numbersIn(table, "probability");
    expect(probability).toHaveLength(data.rows);
    for (let s = 0; s < data.situations; s++) {
      const own = probability.slice(data.start[s], data.start[s + 1]);
      expect(own.reduce((total, p) => total + p, 0)).toBeCloseTo(1, 12);
    }
  });

  test.runIf(name !== "random coefficients of unlabelled alternatives")(
    "has the marginal effects that its shares have by differences",
    async () => {
      const effects = await marginalEffects(found, { of: "x.2" });
      const at = async (by: number): Promise<number[]> =>
        numbersIn(await shares(found, { scenario: { "x.2": `x + ${by}` } }), "predicted");
      const [up, down] = [await at(1e-4), await at(-1e-4)];
      const wanted = up.map((share, j) => (share - down[j]) / 2e-4);
      for (const [j, effect] of numbersIn(effects, "effect").entries())
        expect(effect).toBeCloseTo(wanted[j], 6);
      expect(numbersIn(effects, "std. error").every((error) => error > 0)).toBe(true);
    },
  );

  test("answers everything else with a number and its error", async () => {
    const tables = [
      await elasticities(found, { of: "x" }),
      await logsums(found),
      await surplus(found, { scenario: { x: "x + 0.1" }, per: "y" }),
      await thermodynamics(found),
    ];
    for (const table of tables) {
      const errors = numbersIn(table, "std. error");
      expect(errors.every((error) => Number.isFinite(error) && error >= 0)).toBe(true);
    }
  });
});

test("a ratio to a coefficient that can be 0 has no mean, one to a lognormal has", async () => {
  const of = (b_y: string | { distribution: string; sign: number }) =>
    fit(logit(mixed(shared, { b_y } as Parameters<typeof mixed>[1], { draws })), data);
  await expect(wtp(await of("normal"), { of: "x", per: "y" })).rejects.toThrow(/there is no mean of a ratio/);
  const table = await wtp(await of({ distribution: "lognormal", sign: -1 }), { of: "x", per: "y" });
  expect(numbersIn(table, "wtp")[0]).toBeGreaterThan(0);
});
