import { describe, expect, test } from "vitest";
import { cell } from "../../src/data/column.ts";
import type { Table } from "../../src/data/index.ts";
import { type Fit, fit, latentClass, logit } from "../../src/fit/index.ts";
import { conditionals, randomCoefficients, randomCovariances } from "../../src/post/index.ts";
import { mixed, sobol } from "../../src/spec/index.ts";
import { panel } from "../fit/simulated.ts";

const plain = { parameters: { b_x: 0, b_y: 0 }, utilities: "b_x * x + b_y * y" };
const data = panel(({ x, y }, [z, w]) => (1 + 0.8 * z) * x - Math.exp(-0.5 + 0.3 * z + 0.4 * w) * y, {
  persons: 300,
  tasks: 8,
  seed: 4,
});
const values = (table: Table, name: string): number[] => {
  const column = table.column(name);
  if (column.kind !== "number") throw new Error(name);
  return [...column.values];
};
const texts = (table: Table, name: string): string[] =>
  Array.from({ length: table.rows }, (_, row) => String(cell(table.column(name), row)));

describe("random coefficients", () => {
  let known: Promise<Fit> | undefined;
  const mixedFit = () =>
    (known ??= fit(
      logit(
        mixed(
          plain,
          { b_x: "normal", b_y: { distribution: "lognormal", sign: -1 } },
          { correlated: true, draws: sobol(128) },
        ),
      ),
      data,
    ));

  test("have means, spreads and shares with standard errors, near those that made the data", async () => {
    const table = await randomCoefficients(await mixedFit());
    const at = (statistic: string, coefficient: string): [number, number] => {
      const row = texts(table, "statistic").findIndex(
        (each, i) => each === statistic && texts(table, "coefficient")[i] === coefficient,
      );
      return [values(table, "value")[row], values(table, "std. error")[row]];
    };
    const lognormalMean = -Math.exp(-0.5 + 0.25 / 2);
    for (const [statistic, name, truth] of [
      ["mean", "b_x", 1],
      ["std. deviation", "b_x", 0.8],
      ["mean", "b_y", lognormalMean],
      ["share above 0", "b_x", 0.894],
    ] as const) {
      const [value, error] = at(statistic, name);
      expect(Math.abs(value - truth)).toBeLessThan(3 * error);
    }
    expect(at("share above 0", "b_y")[0]).toBe(0);
  });

  test("covariances are those of the Cholesky factor", async () => {
    const found = await mixedFit();
    const table = await randomCovariances(found);
    const estimate = (name: string): number => found.parameters.find((each) => each.name === name)!.estimate;
    const [a, b, c] = ["chol_b_x_b_x", "chol_b_x_b_y", "chol_b_y_b_y"].map(estimate);
    expect(values(table, "value")).toEqual(
      [a * a, a * b, (a * b) / Math.sqrt(a * a * (b * b + c * c)), b * b + c * c].map((value) =>
        expect.closeTo(value, 10),
      ),
    );
  });

  test("given each person's choices average to the mean over people", async () => {
    const found = await mixedFit();
    const table = await conditionals(found);
    const means = values(table, "b_x mean");
    expect(means).toHaveLength(300);
    const average = means.reduce((sum, value) => sum + value, 0) / 300;
    const { estimate } = found.parameters.find(({ name }) => name === "b_x")!;
    expect(Math.abs(average - estimate)).toBeLessThan(0.05);
    // The law of total variance, to sampling error.
    const within = values(table, "b_x sd").reduce((sum, sd) => sum + sd * sd, 0) / 300;
    const between = means.reduce((sum, value) => sum + (value - average) ** 2, 0) / 300;
    const sd = found.parameters.find(({ name }) => name === "chol_b_x_b_x")!.estimate;
    expect(Math.abs((within + between) / sd ** 2 - 1)).toBeLessThan(0.1);
  });
});

test("class probabilities of a person sum to one, and average to the shares", async () => {
  const two = panel(({ x, y }, [z]) => (z < 0.43 ? 1.5 * x - 0.2 * y : -0.3 * x + 1.2 * y), {
    persons: 250,
    tasks: 6,
  });
  const found = await fit(latentClass(logit(plain), { classes: 2 }), two);
  const table = await conditionals(found);
  const [first, second] = [values(table, "class 1"), values(table, "class 2")];
  first.forEach((p, i) => {
    expect(p + second[i]).toBeCloseTo(1, 12);
  });
  const constant = found.parameters.find(({ name }) => name === "class_2_constant")!.estimate;
  const share = 1 / (1 + Math.exp(constant));
  expect(first.reduce((sum, p) => sum + p, 0) / 250).toBeCloseTo(share, 6);
});
