import { describe, expect, test } from "vitest";
import type { ChoiceData } from "../../src/data/index.ts";
import { fit, latentClass, logit, type ModelSpec } from "../../src/fit/index.ts";
import { simulate } from "../../src/post/index.ts";
import { gaussHermite, mixed } from "../../src/spec/index.ts";
import { panel } from "../fit/simulated.ts";

const spec = { parameters: { b_x: 0, b_y: 0 }, utilities: "b_x * x.each + b_y * y.each" };
const people = panel(() => 0, { persons: 400, tasks: 8 });

async function recovers(model: ModelSpec, truth: Record<string, number>, data: ChoiceData): Promise<void> {
  const found = await fit(model, await simulate(model, data, truth, { seed: 4 }));
  expect(found.converged, found.message).toBe(true);
  for (const { name, estimate, standardError } of found.parameters)
    expect(Math.abs(estimate - truth[name]), name).toBeLessThan(3.5 * standardError);
}

describe("simulated choices of people who differ", () => {
  test("give back the spread of a coefficient that a person keeps from task to task", async () => {
    const random = logit(mixed(spec, { b_x: "normal" }, { draws: gaussHermite(12) }));
    await recovers(random, { b_x: 0.5, b_y: -0.5, sd_b_x: 1 }, people);
  });

  test("give back the shares and tastes of latent classes", async () => {
    const two = latentClass(logit(spec), { classes: 2 });
    const truth = { b_x_1: 1.5, b_y_1: 0, b_x_2: -1, b_y_2: 1, class_2_constant: -0.7 };
    await recovers(two, truth, people);
  });

  test("vary over the tasks of a person by chance alone, where everybody is all but certain", async () => {
    const random = logit(mixed(spec, { b_x: "normal" }));
    const { chosen, start, person } = await simulate(random, people, { sd_b_x: 1e9, b_y: 0 }, { seed: 9 });
    const x = people.table.column("x") as { values: Float64Array };
    const wanted = new Map<number, number>();
    for (const [s, row] of chosen!.entries()) {
      const own = Array.from(x.values.subarray(start[s], start[s + 1]));
      const way = x.values[row] === Math.max(...own) ? 1 : -1;
      expect(x.values[row]).toBe(way > 0 ? Math.max(...own) : Math.min(...own));
      expect(wanted.get(person![s]) ?? way).toBe(way);
      wanted.set(person![s], way);
    }
    expect(new Set(wanted.values()).size).toBe(2);
  });

  test("are the same for the same seed, and others for another", async () => {
    const random = logit(mixed(spec, { b_x: "normal" }));
    const of = async (seed: number) => (await simulate(random, people, { b_x: 0.3 }, { seed })).chosen;
    expect(await of(1)).toEqual(await of(1));
    expect(await of(1)).not.toEqual(await of(2));
  });
});
