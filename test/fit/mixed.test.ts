import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { modelOf } from "../../src/models/index.ts";
import { compile } from "../../src/program/index.ts";
import {
  distributions,
  gaussHermite,
  mixed,
  resolveSpec,
  type Specification,
  sobol,
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
