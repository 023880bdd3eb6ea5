import { beforeAll, describe, expect, test } from "vitest";
import { type Fit, fit, latentClass, logit } from "../../src/fit/index.ts";
import { classShares, krinskyRobb } from "../../src/post/index.ts";
import { fitAt } from "../../src/post/intervals/index.ts";
import { panel } from "../fit/simulated.ts";
import { numbersIn, textsIn } from "./worlds.ts";

const data = panel(({ x, y }, [z]) => (z > 0.4 ? 2.5 * x - y : -0.5 * x - y), { persons: 150, tasks: 6 });
const spec = { parameters: { b_x: 0, b_y: 0 }, utilities: "b_x * x + b_y * y" };
const classes = (count: number, membership?: string) =>
  latentClass(logit(spec), { classes: count, shared: ["b_y"], ...(membership ? { membership } : {}) });

describe.each([
  ["constants alone", undefined],
  ["a column of the person", "age / 10"],
])("class shares with %s", (_, membership) => {
  let found: Fit;
  beforeAll(async () => {
    found = await fit(classes(2, membership), data);
  }, 60_000);

  test("add to one, with the same error in both of two", async () => {
    expect(found.converged, found.message).toBe(true);
    const table = await classShares(found);
    expect(textsIn(table, "class")).toEqual(["1", "2"]);
    const [first, second] = numbersIn(table, "share");
    expect(first + second).toBeCloseTo(1, 14);
    expect(first).toBeGreaterThan(second);
    const errors = numbersIn(table, "std. error");
    expect(errors[0]).toBeGreaterThan(0.01);
    expect(errors[0]).toBeCloseTo(errors[1], 12);
  });

  test("have the standard errors that differences of the share give", async () => {
    const { free } = found.compiled.program;
    const size = found.parameters.length;
    const shareAt = async (index: number, by: number): Promise<number> => {
      const point = found.estimates.slice();
      point[index] += by;
      return numbersIn(await classShares(fitAt(found, point)), "share")[1];
    };
    const slopes: number[] = [];
    for (const index of free)
      slopes.push(((await shareAt(index, 1e-5)) - (await shareAt(index, -1e-5))) / 2e-5);
    const variance = free.reduce(
      (sum, a, i) =>
        sum +
        free.reduce((part, b, j) => part + slopes[i] * slopes[j] * found.covariance.matrix[a * size + b], 0),
      0,
    );
    expect(numbersIn(await classShares(found), "std. error")[1]).toBeCloseTo(Math.sqrt(variance), 7);
  });

  test("by Krinsky–Robb draws stay between 0 and 1 around the share", async () => {
    const table = await classShares(found, { intervals: krinskyRobb(found, { draws: 400 }) });
    const share = numbersIn(table, "share");
    for (const [c, lower] of numbersIn(table, "lower").entries()) {
      const upper = numbersIn(table, "upper")[c];
      expect(lower).toBeGreaterThan(0);
      expect(lower).toBeLessThan(share[c]);
      expect(upper).toBeGreaterThan(share[c]);
      expect(upper).toBeLessThan(1);
    }
  });
});

test("a share with constants alone is the logit of the constants", async () => {
  const found = await fit(classes(2), data);
  const constant = found.parameters.find(({ name }) => name === "class_2_constant")!;
  const share = 1 / (1 + Math.exp(-constant.estimate));
  const table = await classShares(found);
  expect(numbersIn(table, "share")[1]).toBeCloseTo(share, 14);
  expect(numbersIn(table, "std. error")[1]).toBeCloseTo(share * (1 - share) * constant.standardError, 12);
});

test("with columns a share is the mean over persons, not over choices or at the mean column", async () => {
  const found = await fit(classes(2, "age / 10"), data);
  const at = (name: string): number => found.parameters.find((each) => each.name.startsWith(name))!.estimate;
  const ages = new Map<number, number>();
  for (let s = 0; s < data.situations; s++)
    ages.set(data.person![s], data.column("age")!.values[data.start[s]]);
  const shares = [...ages.values()].map(
    (age) => 1 / (1 + Math.exp(-at("class_2_constant") - (at("class_2_age") * age) / 10)),
  );
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(numbersIn(await classShares(found), "share")[1]).toBeCloseTo(mean, 12);
});

test.each([
  [() => logit(spec), "this fit has no latent classes"],
  [() => classes(1), "this fit has one class, and everybody belongs to it"],
])("are refused where nobody is told apart: %#", async (model, says) => {
  const found = await fit(model(), data);
  await expect(classShares(found)).rejects.toThrow(says);
});
