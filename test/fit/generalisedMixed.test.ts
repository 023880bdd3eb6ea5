/** The generalised mixed logit: means and deviations of coefficients, scaled apart. */
import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { conditionals, fit, logit, randomCoefficients, simulate } from "../../src/index.ts";
import { modelOf } from "../../src/models/index.ts";
import { compile } from "../../src/program/index.ts";
import { mixed, randomScale, resolveSpec, type Specification, sobol } from "../../src/spec/index.ts";
import { panel } from "./simulated.ts";

const plain = { parameters: { b_x: 0.8, b_y: -0.5 }, utilities: "b_x * x.each + b_y * y.each" };
const draws = sobol(32);
const random = mixed(plain, { b_x: "normal", b_y: "normal" }, { draws, correlated: true });
const data = panel(({ x, y }, [z]) => (0.8 + 0.7 * z) * x - 0.5 * y, { persons: 40 });
const point = {
  b_x: 0.8,
  b_y: -0.5,
  sd_scale: 0.6,
  chol_b_x_b_x: 0.7,
  chol_b_x_b_y: 0.2,
  chol_b_y_b_y: 0.4,
};

async function lnL(specification: Specification, at: Readonly<Record<string, number>>): Promise<number> {
  const resolved = resolveSpec(specification, data);
  const { program } = compile(modelOf("logit"), {}, resolved, data);
  const prepared = await prepare(program, data);
  const values = Float64Array.from(resolved.parameters, ({ name, start }) => at[name] ?? start);
  return (await prepared.evaluate(values, "value")).value;
}

/** σ β + γ η + (1 − γ) σ η, written out by hand. */
function byHand(gamma: number): Specification {
  const scale = "exp(-sd_scale^2 / 2 + sd_scale * normal(3))";
  const of = (mean: string, deviation: string): string =>
    `(${scale} * ${mean} + ${gamma} * (${deviation}) + (1 - ${gamma}) * ${scale} * (${deviation}))`;
  const x = of("b_x", "chol_b_x_b_x * normal(1)");
  const y = of("b_y", "chol_b_x_b_y * normal(1) + chol_b_y_b_y * normal(2)");
  return {
    parameters: Object.fromEntries(Object.keys(point).map((name) => [name, 0.1])),
    utilities: `${x} * x.each + ${y} * y.each`,
    draws,
  };
}

const close = (a: number, b: number): void => expect(Math.abs(a / b - 1)).toBeLessThan(1e-10);

describe("the generalised mixed logit", () => {
  test.for([0, 0.3, 1])("with gamma %d is its formula", async (gamma) => {
    close(await lnL(randomScale(random, { gamma }), point), await lnL(byHand(gamma), point));
    close(
      await lnL(randomScale(random, { gamma: "free" }), { ...point, gamma_scale: gamma }),
      await lnL(byHand(gamma), point),
    );
  });

  test("without a gamma scales deviations like means", async () => {
    close(await lnL(randomScale(random), point), await lnL(randomScale(random, { gamma: 0 }), point));
  });

  test("is a mixed logit, whatever gamma, where the scale is 1 for everybody", async () => {
    for (const gamma_scale of [0, 0.4, 1])
      close(
        await lnL(randomScale(random, { gamma: "free" }), { ...point, sd_scale: 0, gamma_scale }),
        await lnL(random, point),
      );
  });

  test("finds a gamma of 1 and of 0 in simulated choices", async () => {
    const people = panel(() => 0, { persons: 800, tasks: 5, seed: 8 });
    const model = logit(
      randomScale(mixed(plain, { b_x: "normal" }, { draws: sobol(256) }), { gamma: "free" }),
    );
    for (const gamma_scale of [0, 1]) {
      const truth = { b_x: 1.5, b_y: -1, sd_b_x: 1, sd_scale: 0.8, gamma_scale };
      const found = await fit(model, await simulate(model, people, truth, { seed: 5 }));
      expect(found.converged, found.message).toBe(true);
      for (const { name, estimate, standardError } of found.parameters.slice(0, -1)) {
        const wanted = (truth as Record<string, number>)[name];
        expect(Math.abs(estimate - wanted), `${name} ${estimate}`).toBeLessThan(3.5 * standardError);
      }
      const gamma = found.parameters.at(-1)!;
      expect(gamma.name).toBe("gamma_scale");
      expect(Math.abs(gamma.estimate - gamma_scale)).toBeLessThan(0.35);
      expect((await conditionals(found)).names).toContain("b_x mean");
      for (const table of [await conditionals(found), await randomCoefficients(found)])
        expect(`${table}`).toMatch(/before the scale/);
    }
  });

  test("takes no coefficient that is not a mean plus a deviation, and no gamma that is none", () => {
    const skewed = mixed(plain, { b_x: "lognormal" }, { draws });
    expect(() => resolveSpec(randomScale(skewed, { gamma: "free" }), data)).toThrow(/needs normal/);
    expect(() => randomScale(random, { gamma: Number.NaN })).toThrow(/gamma is a number, or "free"/);
    const misspelt = { ...plain, randomScale: { gama: 1 } } as unknown as Specification;
    expect(() => resolveSpec(misspelt, data)).toThrow(/gamma/);
  });
});
