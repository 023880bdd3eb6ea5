/**
 * Every standard error is that of the delta method. The judge does not know how: it asks the same question at
 * estimates that are moved a little, and takes the slopes of the answers by differences.
 */
import { describe, expect, test } from "vitest";
import type { Table } from "../../src/data/index.ts";
import type { Fit } from "../../src/fit/index.ts";
import {
  derived,
  elasticities,
  logsums,
  marginalEffects,
  probabilityCurve,
  shares,
  surplus,
  wtp,
} from "../../src/post/index.ts";
import { distance, fitted, numbersIn, worldNames, worlds } from "./worlds.ts";

type Ask = (fit: Fit) => Promise<Table>;

const moved = (fit: Fit, k: number, step: number): Fit => {
  const estimates = fit.estimates.with(k, fit.estimates[k] + step);
  const parameters = fit.parameters.map((parameter, i) => ({ ...parameter, estimate: estimates[i] }));
  return { ...fit, estimates, parameters };
};

/** √(g V g), with the slopes g of the whole computation by central differences. */
async function errorsByDifferences(fit: Fit, ask: Ask, column: string): Promise<number[]> {
  const { parameters, covariance } = fit;
  const slopes = await Promise.all(
    parameters.map(async ({ standardError }, k) => {
      const step = 1e-4 * standardError;
      const [up, down] = await Promise.all([step, -step].map((by) => ask(moved(fit, k, by))));
      const below = numbersIn(down, column);
      return numbersIn(up, column).map((value, i) => (value - below[i]) / (2 * step));
    }),
  );
  const size = parameters.length;
  return slopes[0].map((_, i) => {
    let variance = 0;
    for (let k = 0; k < size; k++)
      for (let l = 0; l < size; l++)
        variance += slopes[k][i] * covariance.matrix[k * size + l] * slopes[l][i];
    return Math.sqrt(variance);
  });
}

const questions: Record<string, { ask: Ask; value: string; error?: string }> = {
  shares: { ask: (fit) => shares(fit), value: "predicted" },
  "shares under a scenario": {
    ask: (fit) => shares(fit, { scenario: { cost: "cost / 2" } }),
    value: "predicted",
  },
  "changes of shares": {
    ask: (fit) => shares(fit, { scenario: { cost: "cost / 2 + time / 20" } }),
    value: "change",
    error: "change se",
  },
  elasticities: { ask: (fit) => elasticities(fit, { of: "cost" }), value: "elasticity" },
  "marginal effects": { ask: (fit) => marginalEffects(fit, { of: "time" }), value: "effect" },
  logsum: { ask: (fit) => logsums(fit), value: "value" },
  surplus: {
    ask: (fit) => surplus(fit, { scenario: { time: "time / 2" }, per: "cost" }),
    value: "value",
  },
  "willingness to pay": { ask: (fit) => wtp(fit, { of: "time", per: "cost" }), value: "wtp" },
  curve: { ask: (fit) => probabilityCurve(fit, { over: "time", points: 4 }), value: "probability" },
  "any expression": {
    ask: (fit) => {
      const names = fit.parameters.map(({ name }) => name);
      return derived(fit, [names.join(" * "), `exp(${names[0]}) / (1 + ${names.at(-1)}^2)`]);
    },
    value: "value",
  },
};

describe.each(worldNames)("standard errors in %s choice sets", (name) => {
  test.for(Object.entries(questions))("of %s", async ([, { ask, value, error = "std. error" }]) => {
    const { fit } = await fitted(worlds[name], 81);
    const found = numbersIn(await ask(fit), error);
    // Differences of a change that is nothing (all profiles dearer alike) are rounding.
    expect(distance(found, await errorsByDifferences(fit, ask, value))).toBeLessThan(1e-5);
  });

  test("of arc effects", async () => {
    const { fit } = await fitted(worlds[name], 82);
    const ask: Ask = (at) => elasticities(at, { of: name === "wide" ? "card" : "seat" });
    const table = await ask(fit);
    expect(table.names).toContain("effect");
    expect(
      distance(numbersIn(table, "std. error"), await errorsByDifferences(fit, ask, "effect")),
    ).toBeLessThan(1e-5);
  });
});

test("intervals are the value and 1.96 standard errors to either side", async () => {
  const { fit } = await fitted(worlds.labelled, 83);
  const table = await elasticities(fit, { of: "cost" });
  const [value, error, lower, upper] = ["elasticity", "std. error", "lower", "upper"].map((name) =>
    numbersIn(table, name),
  );
  value.forEach((each, i) => {
    expect(lower[i]).toBeCloseTo(each - 1.959963984540054 * error[i], 12);
    expect(upper[i]).toBeCloseTo(each + 1.959963984540054 * error[i], 12);
  });
});

test("each covariance gives its own standard errors, and the table says which", async () => {
  const words = { hessian: "Hessian", robust: "robust", cluster: "clustered" } as const;
  const errors = await Promise.all(
    (Object.keys(words) as (keyof typeof words)[]).map(async (covariance) => {
      const { fit } = await fitted(worlds.labelled, 84, { covariance });
      const table = await shares(fit, { scenario: { cost: 1 } });
      expect(table.display.notes!.at(-1)).toContain(`${words[covariance]} covariance`);
      return numbersIn(table, "std. error")[0];
    }),
  );
  expect(new Set(errors).size).toBe(3);
});
