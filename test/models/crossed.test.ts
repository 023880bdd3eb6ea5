import { describe, expect, test } from "vitest";
import { fit, logit, nestedLogit, readModel } from "../../src/fit/index.ts";
import { models } from "../../src/models/index.ts";
import { complaint } from "../spec/examples.ts";
import { probabilities, shared, spec, stage, world } from "./world.ts";

const data = world(1, { few: true });
const asked = (kernel: string, options: object): string =>
  complaint(() => readModel({ kernel, specification: spec, options: options as never }, data));
const nests = { public: ["train", "bus"], road: ["bus", "car"] };
const under = (kernel: keyof typeof models, options: object, parameters: Record<string, number>) =>
  probabilities(
    stage({ ...models[kernel], example: { options: options as never, parameters } }, data, spec, parameters),
  );
const expectSame = (a: number[][], b: number[][]): void => {
  for (const [j, column] of a.entries())
    for (const [s, p] of column.entries()) expect(p).toBeCloseTo(b[j][s], 11);
};

describe("what is wrong with the options is said with the nearest right thing", () => {
  test.each([
    ["crossNested", { nests: { a: ["trian"] } }, "did you mean train?"],
    ["crossNested", { nests: { a: ["bus", "bus"] } }, "bus stands twice in nest a"],
    ["crossNested", { nests: { a: { b: ["bus"] } } }, "is not a list of alternatives"],
    ["crossNested", {}, "names its nests"],
    ["crossNested", { nests, allocations: { air: "age" } }, "which is in no nest"],
    ["crossNested", { nests, allocations: { bus: { public: 0.5, road: 0.6 } } }, "are not shares"],
    ["crossNested", { nests, allocations: { bus: { publik: 0.5, road: 0.5 } } }, "did you mean public?"],
    ["crossNested", { nests, allocations: "half" }, '"equal"'],
    ["pairedCombinatorial", { lambda: { train_buss: 1 } }, "did you mean train_bus?"],
    ["heteroscedastic", { base: "cra" }, "did you mean car?"],
    ["heteroscedastic", { nodes: 3 }, "from 20 to 400"],
    ["consideration", {}, "which alternatives may be overlooked"],
    ["consideration", { considered: { aer: "1" } }, "did you mean air?"],
    ["consideration", { considered: { air: 1 } }, "is not text"],
  ])("%s with %j", (kernel, options, says) => {
    expect(asked(kernel, options)).toContain(says);
  });

  test.each(
    Object.values(models)
      .filter(({ labelled }) => labelled)
      .map(({ name }) => name),
  )("%s refuses choice sets without names", (kernel) => {
    const unnamed = world(1, { options: { alternative: undefined } });
    const options = models[kernel].example.options;
    expect(complaint(() => readModel({ kernel, specification: shared, options }, unnamed))).toContain(
      "tells alternatives apart by name",
    );
  });
});

test("where no alternative is in two nests, the cross-nested logit is the nested logit", async () => {
  const apart = { public: ["train", "bus"], own: ["air", "car"] };
  const values = { lambda_public: 0.4, lambda_own: 0.7 };
  expectSame(
    await under("crossNested", { nests: apart }, values),
    await under("nested", { nests: apart }, values),
  );
});

test("an allocation that is one number is the same as a parameter at that number", async () => {
  const values = { lambda_public: 0.4, lambda_road: 0.7 };
  const free = await under("crossNested", { nests }, { ...values, alpha_bus_public: 0.3 });
  const given = { nests, allocations: { bus: { public: 0.3, road: 0.7 } } };
  expectSame(free, await under("crossNested", given, values));
  const odds = { nests, allocations: { bus: "age" } };
  const constant = { alpha_bus_public: Math.log(3 / 7), alpha_bus_public_age: 0 };
  expectSame(free, await under("crossNested", odds, { ...values, ...constant }));
});

test("the paired combinatorial logit is the cross-nested logit of all pairs in equal parts", async () => {
  const pairs = {
    air_train: ["air", "train"],
    air_bus: ["air", "bus"],
    air_car: ["air", "car"],
    train_bus: ["train", "bus"],
    train_car: ["train", "car"],
    bus_car: ["bus", "car"],
  };
  const values = Object.fromEntries(Object.keys(pairs).map((pair, i) => [`lambda_${pair}`, 0.4 + i / 10]));
  expectSame(
    await under("pairedCombinatorial", {}, values),
    await under("crossNested", { nests: pairs, allocations: "equal" }, values),
  );
});

test("a nested logit with λ held at 1 is the logit, standard errors included", async () => {
  const choices = world(4, { situations: 200 });
  const held = await fit(
    nestedLogit(spec, { nests: { public: ["train", "bus"] }, lambda: { public: 1 } }),
    choices,
  );
  const plain = await fit(logit(spec), choices);
  expect(held.logLikelihood).toBeCloseTo(plain.logLikelihood, 10);
  plain.parameters.forEach(({ estimate, standardError }, k) => {
    expect(held.parameters[k].estimate).toBeCloseTo(estimate, 8);
    expect(held.parameters[k].standardError).toBeCloseTo(standardError, 8);
  });
});
