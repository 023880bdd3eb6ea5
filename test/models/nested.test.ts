import { describe, expect, test } from "vitest";
import { fit, logit, nestedLogit } from "../../src/fit/index.ts";
import { readModel } from "../../src/fit/readModel.ts";
import { models } from "../../src/models/index.ts";
import { simulate } from "../../src/post/index.ts";
import { complaint } from "../spec/examples.ts";
import { probabilities, spec, stage, world } from "./world.ts";

const data = world(1);
const asked = (options: object): string =>
  complaint(() => readModel({ kernel: "nested", specification: spec, options: options as never }, data));

describe("what is wrong with nests is said with the nearest right thing", () => {
  test.each([
    ["a member that is no alternative", { nests: { public: ["trian", "bus"] } }, "did you mean train?"],
    [
      "an alternative in two nests",
      { nests: { a: ["train", "bus"], b: ["bus", "car"] } },
      "bus stands in nests a and b",
    ],
    ["an alternative twice in one", { nests: { a: ["bus", "bus"] } }, "bus stands twice in nest a"],
    ["an empty nest", { nests: { a: [] } }, "the nest a holds no alternatives"],
    ["no nests", {}, "names its nests"],
    ["nests that are a list", { nests: ["train", "bus"] }, "names its nests"],
    [
      "two nests of one name",
      { nests: { a: ["train", "bus"], b: { a: ["car"] } } },
      "two nests have the same name",
    ],
    ["an unknown option", { nest: { a: ["train", "bus"] } }, "did you mean nests?"],
    [
      "lambda of no nest",
      { nests: { public: ["train", "bus"] }, lambda: { publik: 1 } },
      "did you mean public?",
    ],
    ["lambda below 0", { nests: { public: ["train", "bus"] }, lambda: { public: -1 } }, "above 0"],
    ["lambda that is a word", { nests: { public: ["train", "bus"] }, lambda: "same" }, '"shared"'],
    [
      "an unknown normalisation",
      { nests: { public: ["train", "bus"] }, normalisation: "x" },
      "normalisation",
    ],
  ])("%s", (_, options, says) => {
    expect(asked(options)).toContain(says);
  });
});

test("nests may be written in lists as well as in objects", async () => {
  const trees = [
    { ground: { public: ["train", "bus"], own: ["car"] } },
    { ground: ["car", { public: ["train", "bus"] }] },
  ];
  const values = { lambda_ground: 0.8, lambda_public: 0.5 };
  const [a, b] = await Promise.all(
    trees.map((nests) => {
      const kernel = { ...models.nested, example: { options: { nests }, parameters: values } };
      return probabilities(stage(kernel, data, spec, values));
    }),
  );
  for (const [j, column] of a.entries())
    for (const [s, p] of column.entries()) expect(p).toBeCloseTo(b[j][s], 12);
});

test("a nest of one has no λ, and a shared λ is one parameter", () => {
  const names = (options: object) =>
    models.nested.parameters(options as never, ["air", "train", "bus", "car"]).map(({ name }) => name);
  expect(names({ nests: { fly: ["air"], ground: ["train", "bus"] } })).toEqual(["lambda_ground"]);
  expect(names({ nests: { a: ["air", "car"], b: ["train", "bus"] }, lambda: "shared" })).toEqual(["lambda"]);
  expect(names({ nests: { fly: ["air"], ground: ["train", "bus"] }, normalisation: "nest" })).toEqual([
    "lambda_fly",
    "lambda_ground",
  ]);
});

test("a λ outside (0, 1] is warned of by name, and a held one is not", async () => {
  const free = nestedLogit(spec, { nests: { public: ["train", "bus"], other: ["air", "car"] } });
  const choices = await simulate(
    free,
    world(4, { situations: 2000 }),
    { lambda_public: 1.8, lambda_other: 0.5 },
    { seed: 1 },
  );
  const { warnings } = await fit(free, choices);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^lambda_public is 1\.\d+, outside \(0, 1\]: /);
  const held = await fit(
    nestedLogit(spec, { nests: { public: ["train", "bus"] }, lambda: { public: 1 } }),
    choices,
  );
  const plain = await fit(logit(spec), choices);
  expect(held.warnings).toEqual([]);
  expect(held.logLikelihood).toBeCloseTo(plain.logLikelihood, 9);
});
