import { describe, expect, test } from "vitest";
import { fit, latentClass, logit } from "../../src/fit/index.ts";
import { panel } from "./simulated.ts";

const plain = { parameters: { b_x: 0, b_y: 0 }, utilities: "b_x * x + b_y * y" };
/** Two thirds of the people care for x, one third for y: z of a person decides. */
const data = panel(({ x, y }, [z]) => (z < 0.43 ? 1.5 * x - 0.2 * y : -0.3 * x + 1.2 * y), {
  persons: 250,
  tasks: 6,
});

describe("latent classes", () => {
  test("one class is a logit", async () => {
    const [one, alone] = [
      await fit(latentClass(logit(plain), { classes: 1 }), data),
      await fit(logit(plain), data),
    ];
    expect(Math.abs(one.logLikelihood - alone.logLikelihood)).toBeLessThan(
      1e-10 * Math.abs(alone.logLikelihood),
    );
  });

  test("two classes are found where there are two, the larger one first", async () => {
    const found = await fit(latentClass(logit(plain), { classes: 2 }), data);
    expect(found.converged).toBe(true);
    const truth = { b_x_1: 1.5, b_y_1: -0.2, b_x_2: -0.3, b_y_2: 1.2 };
    for (const [name, value] of Object.entries(truth)) {
      const { estimate, standardError } = found.parameters.find((each) => each.name === name)!;
      expect(Math.abs(estimate - value)).toBeLessThan(3 * standardError);
    }
  });
});
