/** What latent classes may share, leave out, scale, and be made of. */
import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import {
  fit,
  type LatentClassOptions,
  latentClass,
  logit,
  type ModelSpec,
  readModel,
} from "../../src/fit/index.ts";
import { simulate } from "../../src/post/index.ts";
import { compile } from "../../src/program/index.ts";
import { gaussHermite, mixed } from "../../src/spec/index.ts";
import { panel } from "./simulated.ts";

type Values = Readonly<Record<string, number>>;

const plain = {
  parameters: { asc: 0, b_x: 0, b_y: 0 },
  utilities: {
    1: "asc + b_x * x + b_y * y",
    2: "b_x * x + b_y * y",
    3: "b_x * x + b_y * y",
  },
};
const small = panel(({ x, y }) => x - y, { persons: 30 });
const people = panel(() => 0, { persons: 500, tasks: 6, seed: 2 });
const classes = (options: Partial<LatentClassOptions>, of: ModelSpec = logit(plain)): ModelSpec =>
  latentClass(of, { classes: 2, ...options });

async function lnL(model: ModelSpec, at: Values, data = small): Promise<number> {
  const { kernel, resolved, parameters } = readModel(model, data);
  const { program } = compile(kernel, model.options ?? {}, resolved, data);
  const unknown = Object.keys(at).filter((name) => !program.parameters.includes(name));
  expect(unknown).toEqual([]);
  const point = Float64Array.from(parameters, ({ name, start }) => at[name] ?? start);
  return (await (await prepare(program, data)).evaluate(point, "value")).value;
}

/** The likelihood of a person whose class is known is that of a logit with the coefficients of the class. */
async function byHand(inClasses: readonly Values[], constant: number): Promise<number> {
  const parts = await Promise.all(
    inClasses.map(async (values) => {
      const { kernel, resolved, parameters } = readModel(logit(plain), small);
      const { program } = compile(kernel, {}, resolved, small);
      const prepared = await prepare(program, small);
      const own = new Float64Array(small.personCount);
      const point = Float64Array.from(parameters, ({ name }) => values[name] ?? 0);
      await prepared.scores(point, ({ from, values: logs }) => {
        logs.forEach((log, i) => {
          own[small.person![from + i]] += log;
        });
      });
      return own;
    }),
  );
  const share = 1 / (1 + Math.exp(constant));
  return parts[0].reduce(
    (sum, _, i) => sum + Math.log(share * Math.exp(parts[0][i]) + (1 - share) * Math.exp(parts[1][i])),
    0,
  );
}

const close = (a: number, b: number): void => expect(Math.abs(a / b - 1)).toBeLessThan(1e-10);

async function recovers(model: ModelSpec, truth: Values): Promise<void> {
  const found = await fit(model, await simulate(model, people, truth, { seed: 6 }));
  expect(found.converged, found.message).toBe(true);
  for (const { name, estimate, standardError } of found.parameters)
    expect(Math.abs(estimate - truth[name]), `${name} ${estimate}`).toBeLessThan(3.5 * standardError);
}

describe("a class with coefficients at 0", () => {
  const model = classes({ shared: ["asc", "b_y"], zero: { 2: ["b_x"] } });

  test("has the likelihood of people who do not look at the attribute", async () => {
    const at = { asc: 0.3, b_y: -0.8, b_x_1: 1.2, class_2_constant: -0.4 };
    const shared = { asc: 0.3, b_y: -0.8 };
    close(await lnL(model, at), await byHand([{ ...shared, b_x: 1.2 }, shared], -0.4));
  });

  test("is found where there are such people", () =>
    recovers(model, { asc: 0.2, b_y: -1, b_x_1: 2, class_2_constant: -0.5 }));
});

describe("classes that differ in their scale alone", () => {
  const model = classes({ shared: ["asc", "b_x", "b_y"], scale: true });

  test("have the likelihood of utilities times the scale", async () => {
    const at = { asc: 0.3, b_x: 1.2, b_y: -0.8 };
    const scaled = { asc: 0.9, b_x: 3.6, b_y: -2.4 };
    close(await lnL(model, { ...at, scale_2: 3, class_2_constant: -0.4 }), await byHand([at, scaled], -0.4));
    close(await lnL(model, { ...at, scale_2: 1, class_2_constant: 2 }), await lnL(logit(plain), at));
  });

  test("are found where some people choose more at random", () =>
    recovers(model, { asc: 0.5, b_x: 2, b_y: -2, scale_2: 0.2, class_2_constant: -0.6 }));
});

describe("classes with kernels of their own", () => {
  const kernels = [{ kernel: "logit" }, { kernel: "nested", options: { nests: { near: ["1", "2"] } } }];
  const model = classes({ kernels, shared: ["asc"] });

  test("are classes of logits where the nest is none", async () => {
    const at = { asc: 0.3, b_x_1: 1.2, b_y_1: 0.1, b_x_2: -0.3, b_y_2: -0.8, class_2_constant: -0.4 };
    close(await lnL(model, { ...at, lambda_near_2: 1 }), await lnL(classes({ shared: ["asc"] }), at));
  });

  test("are found, each with its own parameters", () =>
    recovers(model, {
      asc: 0.3,
      b_x_1: 2,
      b_y_1: 0,
      b_x_2: -0.5,
      b_y_2: -1,
      lambda_near_2: 0.4,
      class_2_constant: -0.3,
    }));
});

test("coefficients may be random inside of a class, which is the class where they do not vary", async () => {
  const random = logit(mixed(plain, { b_x: "normal" }, { draws: gaussHermite(9) }));
  const model = classes({ shared: ["asc"] }, random);
  const at = { asc: 0.3, b_x_1: 1.2, b_y_1: 0.1, b_x_2: -0.3, b_y_2: -0.8, class_2_constant: -0.4 };
  close(await lnL(model, { ...at, sd_b_x_1: 0, sd_b_x_2: 0 }), await lnL(classes({ shared: ["asc"] }), at));
  const oneSided = await lnL(model, { ...at, sd_b_x_1: 0.9, sd_b_x_2: 0 });
  expect(Math.abs(oneSided - (await lnL(model, { ...at, sd_b_x_1: 0, sd_b_x_2: 0 })))).toBeGreaterThan(1e-3);
});
