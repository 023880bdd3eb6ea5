import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backends } from "../../src/backends/index.ts";
import { add, draw, type Expr, exp, mul, num, parameter } from "../../src/expr/index.ts";
import { outerProducts } from "../../src/math/outerProducts.ts";
import type { Want } from "../../src/optimise/objective.ts";
import { type Case, caseOf, scaledBy, worldOf } from "./programs.ts";

const three = ["b * x", "a1 + b * x + c * y", "a2 + b * x + d * v"];
const random = [
  "(b + s * z0) * x",
  "a1 + (b + s * z0) * x + exp(c + t * z1) * y",
  "a2 + (b + s * z0) * x + d * v",
];
const one = "b * x + c * y";
const oneRandom = "(b + s * z0) * x - exp(c + k * z0 + t * z1) * y";
const unlabelled = { labelled: false, ragged: true };
const many = (names: number): string =>
  Array.from({ length: names }, (_, k) => `p${k} * x * y ^ ${k}`).join(" + ");

/** One class, no draws; then everything that a person's sum may be over. */
const cases: Readonly<Record<string, () => Case>> = {
  "a logit": () => caseOf(worldOf(1), [{ utilities: three }], null),
  "a ragged, weighted logit": () =>
    caseOf(worldOf(2, { ragged: true, weights: true }), [{ utilities: three }], null),
  "an unlabelled logit": () => caseOf(worldOf(3, unlabelled), [{ utilities: [one] }], null),
  "utilities that bend": () =>
    caseOf(
      worldOf(4),
      [{ utilities: ["b * x ^ 2 / exp(c)", "exp(b) * log(big) ^ 2 + a", "a * big ^ c"] }],
      null,
    ),
  "a fixed parameter": () => caseOf(worldOf(5), [{ utilities: three }], null, ["a1"]),
  "a kernel with its own parameter": () =>
    caseOf(worldOf(6), [{ utilities: three, logProbabilities: scaledBy(parameter("tau")) }], null),
  "random coefficients": () => caseOf(worldOf(7), [{ utilities: random }], {}),
  "random coefficients, even draws": () => caseOf(worldOf(8), [{ utilities: random }], { count: 8 }),
  "one draw": () => caseOf(worldOf(9), [{ utilities: random }], { count: 1 }),
  "random, ragged, weighted": () =>
    caseOf(worldOf(10, { ragged: true, weights: true }), [{ utilities: random }], {}, ["d"]),
  "persons mixed up": () =>
    caseOf(worldOf(11, { ragged: true, weights: true, mixedUp: true }), [{ utilities: random }], {}),
  "no persons": () => caseOf(worldOf(12, { anonymous: true, weights: true }), [{ utilities: random }], {}),
  "random, unlabelled": () => caseOf(worldOf(13, unlabelled), [{ utilities: [oneRandom] }], {}),
  "random, unlabelled, with parts that no draw moves": () =>
    caseOf(
      worldOf(20, unlabelled),
      [{ utilities: [`${oneRandom} + d * x * y - d * v * x + exp(d) * y`] }],
      {},
    ),
  "classes of random coefficients, with parts that no draw moves": () =>
    caseOf(
      worldOf(21, { ragged: true, weights: true, mixedUp: true }),
      [
        { utilities: ["c * y", "a + (b + s * z0) * x + c * y", "d * v - c * y + t * w0 * x"] },
        { utilities: ["c * x", "a - c * y", "d * v + c * (x - y)"], member: "m + n * age" },
      ],
      {},
    ),
  "a negative power of what a closed alternative lacks": () =>
    caseOf(worldOf(0, { ragged: true }), [{ utilities: ["a * x", "l * x", "l * big ^ l"] }], null),
  "random, unlabelled, mixed up": () =>
    caseOf(worldOf(14, { ...unlabelled, mixedUp: true, weights: true }), [{ utilities: [oneRandom] }], {}),
  "correlated coefficients": () =>
    caseOf(
      worldOf(15),
      [
        {
          utilities: [
            "0",
            "(b + s * z0) * x + (c + r * z0 + t * z1) * y",
            "a + (c + r * z0 + t * z1) * y * x",
          ],
        },
      ],
      { kind: "sobol", count: 7 },
    ),
  "willingness to pay": () =>
    caseOf(worldOf(16), [{ utilities: ["exp(l + s * z0) * (x + (m + t * z1) * y)", "a", "a2 + m * x"] }], {}),
  "draws within persons": () =>
    caseOf(
      worldOf(17, { ragged: true }),
      [{ utilities: ["(b + s * z0) * x", "a + (b + t * w1) * x", "exp(c + t * w1) * y"] }],
      {
        dimensions: [{ base: "normal" }, { base: "uniform", within: true }],
      },
    ),
  "draws within persons, mixed up": () =>
    caseOf(
      worldOf(18, { mixedUp: true }),
      [{ utilities: ["(b + s * w0) * x", "a + (b + t * w1) * x", "y"] }],
      {
        dimensions: [
          { base: "normal", within: true },
          { base: "uniform", within: true },
        ],
        count: 4,
      },
    ),
  "a random scale": () =>
    caseOf(
      worldOf(19),
      [{ utilities: random, logProbabilities: scaledBy(exp(mul(parameter("tau"), draw(1)))) }],
      {},
    ),
  "a random scale of unlabelled sets": () =>
    caseOf(
      worldOf(20, unlabelled),
      [{ utilities: [oneRandom], logProbabilities: scaledBy(add(num(1), mul(parameter("tau"), draw(1)))) }],
      {},
    ),
  "a quadrature": () => caseOf(worldOf(21), [{ utilities: random }], { kind: "gaussHermite", count: 3 }),
  "two classes": () =>
    caseOf(
      worldOf(22, { ragged: true }),
      [{ utilities: three }, { utilities: ["b2 * x", "a1", "0"], member: "m + g * age" }],
      null,
    ),
  "three classes, some random": () =>
    caseOf(
      worldOf(23, { ragged: true, weights: true }),
      [
        { utilities: random, member: "0" },
        { utilities: ["b2 * x", "a1", "b2 * y"], member: "m + g * age" },
        { utilities: ["s * z1 * x", "0", "b"], member: "n * age + b" },
      ],
      {},
    ),
  "classes whose membership is random": () =>
    caseOf(
      worldOf(24),
      [{ utilities: three }, { utilities: ["b2 * x", "a1", "0"], member: "m + g * age * z1" }],
      {},
    ),
  "something measured of people": () =>
    caseOf(
      worldOf(29, { ragged: true, weights: true }),
      [{ utilities: random, measured: "-0.5 * ((age - k - l * (g * age + z0)) / exp(q))^2 - q" }],
      {},
      ["l"],
    ),
  "something measured of people, mixed up and unlabelled": () =>
    caseOf(
      worldOf(30, { ...unlabelled, mixedUp: true, weights: true }),
      [{ utilities: [oneRandom], measured: "if(age > 0.5, log(1 + exp(l * z1 + c)), -age * exp(z0))" }],
      {},
    ),
  "something measured of people in classes": () =>
    caseOf(
      worldOf(31, { ragged: true }),
      [
        { utilities: random, measured: "-0.5 * (age - l * z0)^2" },
        { utilities: ["b2 * x", "a1", "0"], member: "m + g * age", measured: "-0.5 * (age - m * z1)^2" },
        { utilities: ["s * z1 * x", "0", "b"], member: "n * age" },
      ],
      {},
    ),
  "something measured of people by quadrature": () =>
    caseOf(worldOf(32), [{ utilities: random, measured: "-0.5 * (age - l * z0)^2" }], {
      kind: "gaussHermite",
      count: 3,
    }),
  "unlabelled classes": () =>
    caseOf(
      worldOf(25, unlabelled),
      [{ utilities: [oneRandom] }, { utilities: ["e * y"], member: "m + age" }],
      {},
    ),
  "more inputs than fit in locals": () =>
    caseOf(
      worldOf(26),
      [{ utilities: ["0", `(b + s * z0) * big + (${many(15)})`, `a + b * y + (${many(9)})`] }],
      {},
    ),
  "more inputs, bent": () =>
    caseOf(
      worldOf(27),
      [
        {
          utilities: [
            "exp(p3 * v)",
            `(b + s * z0) * big + (${many(15)})`,
            `(p3 + z1) * y + p3 * (${many(9)})`,
          ],
        },
      ],
      {},
    ),
  "more inputs, unlabelled": () =>
    caseOf(
      worldOf(28, unlabelled),
      [
        { utilities: [`(b + s * z0) * big + (${many(14)})`] },
        { utilities: [many(3)], member: "p2 + age * p1" },
      ],
      {},
    ),
};

function close(found: ArrayLike<number>, wanted: ArrayLike<number>, what: string): void {
  expect(found.length, what).toBe(wanted.length);
  const size = Math.max(1, ...Array.from(wanted, Math.abs));
  for (let i = 0; i < wanted.length; i++)
    expect(Math.abs(found[i] - wanted[i]) / size, `${what} ${i}: ${found[i]} and ${wanted[i]}`).toBeLessThan(
      1e-10,
    );
}

const [judge, ...others] = [...backends].reverse();

describe.for(Object.entries(cases))("%s", ([, make]) => {
  const { data, program, point, outputs, rowOutputs } = make();

  test.for(others.map(({ name }) => name))(
    "gives the same on %s and where it is walked through",
    async (name) => {
      const [one, two] = await Promise.all(
        [backends.find((backend) => backend.name === name)!, judge].map((backend) =>
          backend.prepare(program, data),
        ),
      );
      for (const want of ["value", "gradient", "hessian"] as Want[]) {
        const [found, wanted] = [await one.evaluate(point, want), await two.evaluate(point, want)];
        expect(Number.isFinite(wanted.value)).toBe(true);
        close([found.value], [wanted.value], want);
        close(found.gradient ?? [], wanted.gradient ?? [], `${want}: gradient`);
        close(found.hessian ?? [], wanted.hessian ?? [], `${want}: Hessian`);
      }
      const scores = async (prepared: typeof one): Promise<number[]> => {
        const all: number[] = [];
        await prepared.scores(point, ({ values, scores: each, terms }) => {
          for (let p = 0; p < terms; p++) all.push(values[p], ...each.map((column) => column[p]));
        });
        return all;
      };
      close(await scores(one), await scores(two), "scores");
      const products = await one.scoreProducts?.(point);
      if (products) close(products, await scoreProducts(two), "products of scores");
      async function scoreProducts(prepared: typeof one): Promise<Float64Array> {
        const sum = outerProducts(program.free.length);
        await prepared.scores(point, ({ scores: columns }) => sum.addColumns(columns));
        return sum.matrix();
      }
      const each = async (prepared: typeof one, asked: readonly Expr[]): Promise<Float64Array[]> => {
        const all = asked.map(() => new Float64Array(asked === outputs ? data.situations : data.rows));
        await prepared.each(asked, point, ({ from, values }) => {
          for (const [m, column] of values.entries())
            all[m].set(column, asked === outputs ? from : data.start[from]);
        });
        return all;
      };
      for (const asked of [outputs, rowOutputs]) {
        const wanted = await each(two, asked);
        for (const [m, found] of (await each(one, asked)).entries()) close(found, wanted[m], `output ${m}`);
      }
      const [found, wanted] = [await one.sums(outputs, point), await two.sums(outputs, point)];
      close(found.values, wanted.values, "sums");
      close(found.jacobian, wanted.jacobian, "derivatives of sums");
    },
  );

  test("has the gradient and the Hessian of its differences", async () => {
    const prepared = await judge.prepare(program, data);
    const { gradient, hessian } = await prepared.evaluate(point, "hessian");
    const size = program.free.length;
    for (const [k, index] of program.free.entries()) {
      const step = 1e-5;
      const [up, down] = await Promise.all(
        [step, -step].map((by) =>
          prepared.evaluate(
            point.map((value, i) => (i === index ? value + by : value)),
            "gradient",
          ),
        ),
      );
      close([(up.value - down.value) / (2 * step) / 1e4], [gradient![k] / 1e4], `slope ${k}`);
      for (let l = 0; l < size; l++)
        close(
          [(up.gradient![l] - down.gradient![l]) / (2 * step) / 1e5],
          [hessian![k * size + l] / 1e5],
          `curve ${k} ${l}`,
        );
    }
  });

  test("has sums with the derivatives of their differences", async () => {
    const prepared = await judge.prepare(program, data);
    const { jacobian } = await prepared.sums(outputs, point);
    for (const [k, index] of program.free.entries()) {
      const step = 1e-5;
      const at = (by: number) => point.map((value, i) => (i === index ? value + by : value));
      const [up, down] = [await prepared.sums(outputs, at(step)), await prepared.sums(outputs, at(-step))];
      for (const m of outputs.keys())
        close(
          [(up.values[m] - down.values[m]) / (2 * step) / 1e4],
          [jacobian[m * program.free.length + k] / 1e4],
          `output ${m}, slope ${k}`,
        );
    }
  });
});

/** A coefficient: a parameter, a draw, and what the language makes of them. */
const coefficient = fc.constantFrom(
  "b",
  "(b + s * z0)",
  "exp(c + t * z1)",
  "(b + s * z0 + r * z1)",
  "(l * (1 + w2))",
  "(c * z0 ^ 2 - b)",
  "log(1 + exp(s * z1))",
  "(b + s * z0) / exp(tau * z1)",
);
const piece = fc
  .tuple(coefficient, fc.constantFrom("x", "y", "x * y", "v", "1", "(x > 0)", "big ^ l", "age * y"))
  .map(([a, x]) => `${a} * ${x}`);
const utilityText = fc.array(piece, { minLength: 1, maxLength: 3 }).map((all) => all.join(" - "));
const world = fc.record({
  labelled: fc.boolean(),
  ragged: fc.boolean(),
  weights: fc.boolean(),
  mixedUp: fc.boolean(),
  anonymous: fc.boolean(),
});
const classText = fc.record({
  utilities: fc.tuple(utilityText, utilityText, utilityText),
  member: fc.constantFrom("m", "m + g * age", "g * age * 2"),
  measured: fc.constantFrom(undefined, "-(age - l * z0)^2", "-0.5 * (age / exp(g))^2 - g"),
});

test("any mixture is the same in generated code and where it is walked through", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1000),
      world,
      fc.array(classText, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 4 }),
      async (seed, options, classes, count) => {
        const { data, program, point, outputs } = caseOf(worldOf(seed, { ...options, persons: 4 }), classes, {
          count,
          dimensions: [{ base: "normal" }, { base: "normal" }, { base: "uniform", within: true }],
        });
        const [wanted, ...found] = await Promise.all(
          [judge, ...others].map(async (backend) => {
            const prepared = await backend.prepare(program, data);
            const { value, gradient, hessian } = await prepared.evaluate(point, "hessian");
            const { values, jacobian } = await prepared.sums(outputs, point);
            return [value, ...gradient!, ...hessian!, ...values, ...jacobian];
          }),
        );
        for (const each of found) close(each, wanted, "everything");
      },
    ),
    { numRuns: 15 },
  );
});
