/** How coefficients are spread for which there is no formula: expressions of draws, and some moments. */
import { beforeAll, describe, expect, test } from "vitest";
import { normalCdf } from "../../src/expr/normal.ts";
import { type Fit, fit, latentClass, logit } from "../../src/fit/index.ts";
import { randomCoefficients } from "../../src/post/index.ts";
import { fitAt } from "../../src/post/intervals/index.ts";
import { mixed, type RandomCoefficient, sobol } from "../../src/spec/index.ts";
import { panel } from "../fit/simulated.ts";
import { numbersIn, textsIn } from "./worlds.ts";

const plain = { parameters: { b_x: 0, b_y: 0 }, utilities: "b_x * x + b_y * y" };
const data = panel(({ x, y }, [z]) => (1 + 0.8 * z) * x - y, { persons: 150, tasks: 6, seed: 4 });
const of = (b_x: RandomCoefficient): Promise<Fit> =>
  fit(logit(mixed(plain, { b_x }, { draws: sobol(64) })), data);
const estimate = (found: Fit, name: string): number =>
  found.parameters.find((each) => each.name === name)!.estimate;

async function statistic(
  found: Fit,
  name: string,
  coefficient = "b_x",
): Promise<{ value: number; error: number }> {
  const table = await randomCoefficients(found);
  const row = textsIn(table, "statistic").findIndex(
    (each, i) => each === name && textsIn(table, "coefficient")[i] === coefficient,
  );
  return { value: numbersIn(table, "value")[row], error: numbersIn(table, "std. error")[row] };
}

describe("an expression that is a normal", () => {
  let written: Fit;
  let named: Fit;
  beforeAll(async () => {
    written = await of({ expression: "mu + s * normal(1)", parameters: { mu: 0.5, s: 0.5 } });
    named = await of({ distribution: "normal" });
  }, 60_000);

  test.each([
    ["mean", 1e-4],
    ["std. deviation", 1e-3],
    ["10 %", 2e-3],
    ["median", 2e-3],
    ["90 %", 2e-3],
  ])("has the %s and its standard error by draws that the normal has by formula", async (name, near) => {
    expect(written.logLikelihood).toBeCloseTo(named.logLikelihood, 6);
    const [drawn, known] = [await statistic(written, name), await statistic(named, name)];
    expect(Math.abs(drawn.value - known.value)).toBeLessThan(near);
    expect(Math.abs(drawn.error / known.error - 1)).toBeLessThan(0.02);
  });
});

test("a square of a normal is a χ² that is moved and stretched", async () => {
  const found = await of({ expression: "mu + s * normal(1)^2", parameters: { mu: 0, s: 0.7 } });
  const [mu, s] = [estimate(found, "mu"), estimate(found, "s")];
  expect(s).toBeGreaterThan(0);
  // Quantiles of χ² with one degree of freedom.
  for (const [name, value] of [
    ["mean", 1],
    ["std. deviation", Math.SQRT2],
    ["10 %", 0.0157907741],
    ["median", 0.4549364231],
    ["90 %", 2.7055434541],
  ] as const) {
    const wanted = name === "std. deviation" ? s * value : mu + s * value;
    expect(Math.abs((await statistic(found, name)).value - wanted), name).toBeLessThan(0.01 * s);
  }
});

describe("an expression of two draws", () => {
  let found: Fit;
  beforeAll(async () => {
    const expression = "exp(mu + s * normal(1)) - 0.5 * uniform(2)";
    found = await of({ expression, parameters: { mu: 0, s: 0.5 } });
  }, 60_000);

  /** √(gᵀ V g), the derivatives by name. */
  const errorOf = (slopes: Readonly<Record<string, number>>): number => {
    const size = found.parameters.length;
    const at = (name: string): number => found.parameters.findIndex((each) => each.name === name);
    const pairs = Object.entries(slopes).flatMap(([a, da]) =>
      Object.entries(slopes).map(([b, db]) => da * db * found.covariance.matrix[at(a) * size + at(b)]),
    );
    return Math.sqrt(pairs.reduce((sum, part) => sum + part, 0));
  };

  test.each(["mean", "std. deviation"])(
    "has the standard error of its %s that differences give",
    async (name) => {
      const slope = async (parameter: string): Promise<number> => {
        const index = found.compiled.program.parameters.indexOf(parameter);
        const at = async (by: number): Promise<number> => {
          const point = found.estimates.slice();
          point[index] += by;
          return (await statistic(fitAt(found, point), name)).value;
        };
        return ((await at(1e-5)) - (await at(-1e-5))) / 2e-5;
      };
      const wanted = errorOf({ mu: await slope("mu"), s: await slope("s") });
      expect((await statistic(found, name)).error / wanted).toBeCloseTo(1, 6);
    },
  );

  test("has the quantile that its law has, with the standard error of the implicit function", async () => {
    // F(q) = ∫ Φ((ln(q + u / 2) − μ) / s) du: ∂q/∂θ = −(∂F/∂θ) / (∂F/∂q).
    const [mu, s] = [estimate(found, "mu"), estimate(found, "s")];
    const { value: q, error } = await statistic(found, "90 %");
    let [below, byMu, byS, density] = [0, 0, 0, 0];
    const steps = 2000;
    for (let i = 0; i < steps; i++) {
      const moved = q + (i + 0.5) / steps / 2;
      const z = (Math.log(moved) - mu) / s;
      const normal = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / steps;
      below += normalCdf(z) / steps;
      byMu += normal / s;
      byS += (normal * z) / s;
      density += normal / (s * moved);
    }
    expect(Math.abs(below - 0.9)).toBeLessThan(2e-3);
    expect(Math.abs(error / errorOf({ mu: byMu / density, s: byS / density }) - 1)).toBeLessThan(0.015);
  });
});

test("where a distribution has no formula for its moments they are those of draws", async () => {
  const found = await of({ distribution: "johnsonSb", lower: -1, upper: 4 });
  const { value } = await statistic(found, "mean");
  const [m, s] = [estimate(found, "b_x"), estimate(found, "sd_b_x")];
  let [sum, weight] = [0, 0];
  for (let z = -8; z <= 8; z += 1e-3) {
    const density = Math.exp((-z * z) / 2);
    sum += density * (-1 + 5 / (1 + Math.exp(-(m + s * z))));
    weight += density;
  }
  expect(Math.abs(value - sum / weight)).toBeLessThan(1e-3);
  const both = await of({ distribution: "censoredNormal", lower: -6, upper: 8 });
  // So far out that nothing is censored: mean and spread of the normal.
  expect((await statistic(both, "mean")).value).toBeCloseTo(estimate(both, "b_x"), 3);
  expect((await statistic(both, "std. deviation")).value).toBeCloseTo(estimate(both, "sd_b_x"), 2);
});

test("in latent classes an expression has the parameters of the class", async () => {
  const b_x = { expression: "mu + 0.3 * normal(1)", parameters: { mu: 0.5 } };
  const found = await fit(
    latentClass(logit(mixed(plain, { b_x }, { draws: sobol(32) })), { classes: 2, shared: ["b_y"] }),
    data,
  );
  for (const c of [1, 2]) {
    const { value } = await statistic(found, "mean", `b_x, class ${c}`);
    expect(value).toBeCloseTo(estimate(found, `mu_${c}`), 3);
  }
});
