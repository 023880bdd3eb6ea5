/** Willingness to pay where it is a mean: over people, over the data, over latent classes. */
import { beforeAll, describe, expect, test } from "vitest";
import { type Fit, fit, latentClass, logit } from "../../src/fit/index.ts";
import { classShares, derived, krinskyRobb, wtp } from "../../src/post/index.ts";
import { fitAt } from "../../src/post/intervals/index.ts";
import { lognormal, mixed, type RandomCoefficient, sobol } from "../../src/spec/index.ts";
import { panel } from "../fit/simulated.ts";
import { numbersIn, textsIn } from "./worlds.ts";

const data = panel(({ x, y }, [z]) => (z > 0 ? 1.5 * x - 0.6 * y : 0.5 * x - 1.4 * y), {
  persons: 120,
  tasks: 6,
});
const shared = { parameters: { b_x: 0.5, b_y: -0.5 }, utilities: "b_x * x + b_y * y" };
const labelled = {
  parameters: shared.parameters,
  utilities: { 1: shared.utilities, 2: shared.utilities, 3: shared.utilities },
};
const asked = { of: "x", per: "y" } as const;
const at = (found: Fit, name: string): number =>
  found.parameters.find((each) => each.name === name)!.estimate;
const first = async (found: Fit): Promise<number> => numbersIn(await wtp(found, asked), "wtp")[0];

/** The standard error by differences of the whole question in every free parameter. */
async function byDifferences(found: Fit, ask: (at: Fit) => Promise<number>): Promise<number> {
  const { free } = found.compiled.program;
  const slopes: number[] = [];
  for (const index of free) {
    const step = async (by: number): Promise<number> => {
      const point = found.estimates.slice();
      point[index] += by;
      return ask(fitAt(found, point));
    };
    slopes.push(((await step(1e-5)) - (await step(-1e-5))) / 2e-5);
  }
  const { matrix } = found.covariance;
  const size = found.parameters.length;
  return Math.sqrt(
    free.reduce(
      (sum, a, i) =>
        sum + free.reduce((part, b, j) => part + slopes[i] * slopes[j] * matrix[a * size + b], 0),
      0,
    ),
  );
}

describe.each([
  ["labelled", labelled],
  ["unlabelled", shared],
] as const)("per a cost whose coefficient varies over people, alternatives %s", (_, spec) => {
  const of = (b_y: RandomCoefficient | string): Promise<Fit> =>
    fit(logit(mixed(spec, { b_y } as Parameters<typeof mixed>[1], { draws: sobol(256) })), data);

  test("it is b E[1/c] of a lognormal c, in closed form", async () => {
    const found = await of(lognormal({ sign: -1 }));
    const closed = at(found, "b_x") * Math.exp(-at(found, "b_y") + at(found, "sd_b_y") ** 2 / 2);
    expect(Math.abs((await first(found)) / closed - 1)).toBeLessThan(5e-3);
    const error = numbersIn(await wtp(found, asked), "std. error")[0];
    expect(error / (await byDifferences(found, first))).toBeCloseTo(1, 5);
  });

  test("it is b E[1/c] of a uniform c whose ends are on one side of 0, and refused where they are not", async () => {
    const found = await of("uniform");
    const [m, w] = [at(found, "b_y"), Math.sqrt(3) * Math.abs(at(found, "sd_b_y"))];
    expect(m + w).toBeLessThan(0);
    const closed = (-at(found, "b_x") * Math.log((m + w) / (m - w))) / (2 * w);
    expect(Math.abs((await first(found)) / closed - 1)).toBeLessThan(5e-3);
    const wide = found.estimates.slice();
    wide[found.compiled.program.parameters.indexOf("sd_b_y")] = -m;
    await expect(wtp(fitAt(found, wide), asked)).rejects.toThrow(/there is no mean of a ratio to y/);
  });
});

describe("in latent classes", () => {
  let found: Fit;
  beforeAll(async () => {
    found = await fit(latentClass(logit(labelled), { classes: 2, membership: "age / 10" }), data);
  }, 60_000);

  test("there is one for each class, of its own coefficients", async () => {
    const table = await wtp(found, asked);
    expect(textsIn(table, "class")).toEqual(["1", "2", "mean"]);
    const values = numbersIn(table, "wtp");
    const errors = numbersIn(table, "std. error");
    for (const c of [1, 2]) {
      expect(values[c - 1]).toBeCloseTo(-at(found, `b_x_${c}`) / at(found, `b_y_${c}`), 12);
      const ratio = await derived(found, `b_x_${c} / b_y_${c}`);
      expect(errors[c - 1]).toBeCloseTo(numbersIn(ratio, "std. error")[0], 12);
    }
    expect(Number.isFinite(numbersIn(table, "Fieller lower")[0])).toBe(true);
    expect(numbersIn(table, "Fieller lower")[2]).toBeNaN();
  });

  test("the mean over them is by their shares, whose error counts", async () => {
    const table = await wtp(found, asked);
    const values = numbersIn(table, "wtp");
    const shares = numbersIn(await classShares(found), "share");
    expect(values[2]).toBeCloseTo(shares[0] * values[0] + shares[1] * values[1], 12);
    const mean = async (there: Fit): Promise<number> => numbersIn(await wtp(there, asked), "wtp")[2];
    expect(numbersIn(table, "std. error")[2] / (await byDifferences(found, mean))).toBeCloseTo(1, 5);
    const drawn = await wtp(found, { ...asked, intervals: krinskyRobb(found, { draws: 60 }) });
    expect(numbersIn(drawn, "lower")[2]).toBeLessThan(values[2]);
  });

  test("a class that does not count the cost has none, and there is no mean", async () => {
    const zero = await fit(latentClass(logit(shared), { classes: 2, zero: { "2": ["b_y"] } }), data);
    const table = await wtp(zero, asked);
    expect(textsIn(table, "class")).toEqual(["1"]);
    expect(table.display.notes).toContain("No ratio in class 2, which does not count y, and so no mean.");
  });

  test("coefficients that vary within a class are averaged within it", async () => {
    const inClasses = await fit(
      latentClass(logit(mixed(shared, { b_y: lognormal({ sign: -1 }) }, { draws: sobol(64) })), {
        classes: 2,
        shared: ["b_x", "sd_b_y"],
      }),
      data,
    );
    const values = numbersIn(await wtp(inClasses, asked), "wtp");
    for (const c of [1, 2]) {
      const closed =
        at(inClasses, "b_x") * Math.exp(-at(inClasses, `b_y_${c}`) + at(inClasses, "sd_b_y") ** 2 / 2);
      expect(Math.abs(values[c - 1] / closed - 1)).toBeLessThan(2e-2);
    }
  });
});
