import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { fit, logit } from "../../src/fit/index.ts";
import { modelOf } from "../../src/models/index.ts";
import { compile } from "../../src/program/index.ts";
import {
  distributions,
  gaussHermite,
  halton,
  mixed,
  randomScale,
  resolveSpec,
  type Specification,
  sobol,
  wtpSpace,
} from "../../src/spec/index.ts";
import { panel } from "./simulated.ts";

const plain = { parameters: { b_x: 0.8, b_y: -0.5 }, utilities: "b_x * x + b_y * y" };
const data = panel(({ x, y }, [z]) => (0.8 + 0.7 * z) * x - 0.5 * y, { persons: 60 });

/** The log-likelihood, gradient and Hessian at a point by name. */
async function at(specification: Specification, point: Record<string, number>, of = data) {
  const resolved = resolveSpec(specification, of);
  const { program } = compile(modelOf("logit"), {}, resolved, of);
  const prepared = await prepare(program, of);
  const values = Float64Array.from(resolved.parameters, ({ name, start }) => point[name] ?? start);
  return prepared.evaluate(values, "gradient");
}

describe("a mixed logit", () => {
  test.for(
    Object.keys(distributions).filter(
      (name) => !["lognormal", "johnsonSb", "truncatedNormal"].includes(name),
    ),
  )("with a %s coefficient of spread 0 is a logit", async (distribution) => {
    const logitValue = (await at(plain, {})).value;
    const { value } = await at(mixed(plain, { b_x: distribution }, { draws: sobol(16) }), { sd_b_x: 0 });
    expect(Math.abs(value - logitValue)).toBeLessThan(1e-10 * Math.abs(logitValue));
  });

  test("with a lognormal coefficient of spread 0 is a logit at its exponential", async () => {
    const { value } = await at(mixed(plain, { b_x: "lognormal" }, { draws: sobol(16) }), {
      b_x: Math.log(0.8),
      sd_b_x: 0,
    });
    expect(value).toBeCloseTo((await at(plain, {})).value, 10);
  });

  test("has the same likelihood by Gauss–Hermite nodes and by 10,000 Sobol draws", async () => {
    const few = panel(({ x, y }, [z]) => (0.8 + 0.7 * z) * x - 0.5 * y, { persons: 8, seed: 3 });
    const point = { sd_b_x: 0.7, sd_b_y: 0.4 };
    const random = { b_x: "normal", b_y: "normal" };
    const nodes = await at(mixed(plain, random, { draws: gaussHermite(20) }), point, few);
    const draws = await at(mixed(plain, random, { draws: sobol(10_000) }), point, few);
    expect(Math.abs(nodes.value - draws.value) / Math.abs(nodes.value)).toBeLessThan(1e-4);
  });
});

describe("willingness-to-pay space", () => {
  const money = { parameters: { b_x: 0, b_cost: 0 }, utilities: "b_x * x + b_cost * y" };

  test("without random coefficients has the likelihood of the logit, and the ratios as coefficients", async () => {
    const [plainFit, wtp] = [
      await fit(logit(money), data),
      await fit(logit(wtpSpace(money, { cost: "b_cost" })), data),
    ];
    expect(wtp.logLikelihood).toBeCloseTo(plainFit.logLikelihood, 8);
    const [b, cost] = plainFit.estimates;
    expect(wtp.estimates[0]).toBeCloseTo(-b / cost, 6);
    expect(wtp.parameters.map(({ name }) => name)).toEqual(["wtp_x", "b_cost"]);
  });

  test("takes random coefficients by their new names", async () => {
    const random = { wtp_x: "normal", b_cost: { distribution: "lognormal", sign: -1 } } as const;
    const found = await fit(
      logit(mixed(wtpSpace(money, { cost: "b_cost" }), random, { draws: sobol(64) })),
      data,
    );
    expect(found.converged).toBe(true);
    expect(found.resolved.texts["each alternative"]).toContain("-(-exp(b_cost + sd_b_cost * normal(2)))");
  });
});

test("a scale that varies over people is 1 for everybody where its spread is 0", async () => {
  const { value } = await at(randomScale(plain, { draws: sobol(16) }), { sd_scale: 0 });
  expect(value).toBeCloseTo((await at(plain, {})).value, 10);
  const found = await fit(logit(randomScale(plain, { draws: sobol(64) })), data);
  expect(found.converged).toBe(true);
  expect(found.logLikelihood).toBeGreaterThan((await fit(logit(plain), data)).logLikelihood - 1e-6);
});

describe("mirror images of spreads", () => {
  const two = { b_x: "normal", b_y: "normal" };
  const lopsided = (found: { warnings: readonly string[] }): string[] =>
    found.warnings.filter((warning) => warning.startsWith("the draws are few"));

  test("few Halton draws are warned of where the other signs of the spreads give another likelihood", async () => {
    const many = panel(({ x, y }, [u, v]) => (0.8 + u) * x + (v - 0.5) * y, { persons: 200, tasks: 10 });
    const found = await fit(logit(mixed(plain, two, { draws: halton(12) })), many);
    expect(lopsided(found)).toHaveLength(1);
    const [, by] = /other sign of sd_b_x, sd_b_y, .* by (\S+);/.exec(lopsided(found)[0])!;
    const point = found.estimates.slice();
    for (const name of ["sd_b_x", "sd_b_y"])
      point[found.parameters.findIndex((each) => each.name === name)] *= -1;
    const { value } = await found.prepared.evaluate(point, "value");
    expect(Number(by.replace("−", "-"))).toBeCloseTo(value - found.logLikelihood, 1);
  });

  test("nothing is said where draws are many, and where they are symmetric", async () => {
    for (const draws of [sobol(1024), sobol(64, { antithetic: true }), gaussHermite(9)])
      expect(lopsided(await fit(logit(mixed(plain, two, { draws })), data))).toEqual([]);
  });

  test("a spread that must be positive has none", async () => {
    const random = { b_x: { distribution: "truncatedNormal" } };
    const found = await fit(logit(mixed(plain, random, { draws: halton(16) })), data);
    expect(lopsided(found)).toEqual([]);
  });
});
