import { expect, test } from "vitest";
import { drawStability, fit, latentClass, logit, multiStart } from "../../src/fit/index.ts";
import { mixed, sobol } from "../../src/spec/index.ts";
import { panel } from "./simulated.ts";

const plain = { parameters: { b_x: 0, b_y: 0 }, utilities: "b_x * x + b_y * y" };
const data = panel(({ x, y }, [z]) => (z < 0.43 ? 1.5 * x - 0.2 * y : -0.3 * x + 1.2 * y), {
  persons: 120,
  tasks: 5,
});

test("a logit has one basin, whatever the beginning", async () => {
  const { table } = await multiStart(logit(plain), data, { starts: 4 });
  expect(table.rows).toBe(1);
});

test("the best of many beginnings of latent classes is at least as high as the usual one", async () => {
  const model = latentClass(logit(plain), { classes: 2 });
  const usual = await fit(model, data);
  const { fit: best, table } = await multiStart(model, data, { starts: 5 });
  expect(best.logLikelihood).toBeGreaterThanOrEqual(usual.logLikelihood - 1e-8);
  expect(String(table)).toContain("usual start");
});

test("the draw-stability report names what more draws would move", async () => {
  const found = await fit(logit(mixed(plain, { b_x: "normal", b_y: "normal" }, { draws: sobol(8) })), data);
  const few = await drawStability(found);
  expect(few.rows).toBe(found.parameters.length + 1);
  expect(String(few).replaceAll(/\s+/g, " ")).toContain("Take more draws");
});
