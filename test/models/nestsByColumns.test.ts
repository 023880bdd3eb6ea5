import { describe, expect, it, test } from "vitest";
import type { Table } from "../../src/data/index.ts";
import { fit, logit, type NestedOptions, nestedLogit } from "../../src/fit/index.ts";
import { elasticities, logsums, predict, shares } from "../../src/post/index.ts";
import { gaussHermite, mixed } from "../../src/spec/index.ts";
import { shared, world } from "./world.ts";

const told: NestedOptions = { nests: { public: 'alt == "train" or alt == "bus"' } };
const named = world(3, { few: true, situations: 250 });
const nameless = world(3, { few: true, situations: 250, options: { alternative: undefined } });
const numbers = (table: Table, name: string): number[] => [
  ...(table.column(name) as { values: Float64Array }).values,
];
const close = (a: ArrayLike<number>, b: ArrayLike<number>, digits = 8): void => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i], digits);
};

describe.each([
  ["with names", named],
  ["without names", nameless],
])("nests told by columns, alternatives %s", (_, data) => {
  test("are the nests that list the same alternatives", async () => {
    const byNames = await fit(nestedLogit(shared, { nests: { public: ["train", "bus"] } }), named);
    const found = await fit(nestedLogit(shared, told), data);
    expect(found.converged, found.message).toBe(true);
    expect(found.parameters.map(({ name }) => name)).toEqual(["b_x", "b_z", "lambda_public"]);
    expect(found.logLikelihood).toBeCloseTo(byNames.logLikelihood, 9);
    close(found.estimates, byNames.estimates, 6);
    for (const kind of ["hessian", "robust"] as const)
      close(found.covariances[kind]!, byNames.covariances[kind]!, 6);
    close(numbers(await predict(found), "probability"), numbers(await predict(byNames), "probability"));
    const [own, theirs] = [await logsums(found), await logsums(byNames)];
    for (const name of ["value", "std. error"]) close(numbers(own, name), numbers(theirs, name), 6);
  });

  test("give the same numbers in every backend", async () => {
    const fits = await Promise.all(
      ["wasm", "js", "interpret"].map((backend) => fit(nestedLogit(shared, told), data, { backend })),
    );
    for (const other of fits) {
      expect(other.logLikelihood).toBeCloseTo(fits[0].logLikelihood, 9);
      close(other.covariances.hessian!, fits[0].covariances.hessian!, 7);
    }
  });

  test("are a logit where λ is 1", async () => {
    const held = await fit(nestedLogit(shared, { ...told, lambda: { public: 1 } }), data);
    const plain = await fit(logit(shared), data);
    expect(held.logLikelihood).toBeCloseTo(plain.logLikelihood, 10);
    close(numbers(await shares(held), "predicted"), numbers(await shares(plain), "predicted"));
  });

  test("go with random coefficients, several nests with one λ, and effects", async () => {
    const two = { nests: { ...told.nests, air: 'alt == "air"' }, lambda: "shared" } as NestedOptions;
    const random = mixed(shared, { b_x: "normal" }, { draws: gaussHermite(5) });
    const found = await fit(nestedLogit(random, two), data, { covariance: "hessian" });
    expect(found.converged, found.message).toBe(true);
    expect(found.parameters.map(({ name }) => name)).toEqual(["b_x", "b_z", "sd_b_x", "lambda"]);
    for (const value of numbers(await elasticities(found, { of: "x" }), "std. error"))
      expect(value).toBeGreaterThan(0);
  });
});

test("a scenario may empty a nest, and not put an alternative into two", async () => {
  const nests = { high: "x > 1", dim: "z < -1 and x <= 1" };
  const found = await fit(nestedLogit(shared, { nests }), named);
  const low = numbers(await shares(found, { scenario: { x: "x - 10" } }), "predicted");
  expect(low.reduce((sum, share) => sum + share)).toBeCloseTo(1, 10);

  const held: NestedOptions = { nests: { x: "x > 2", z: "z > 2" }, lambda: { x: 0.7, z: 0.8 } };
  const apart = await fit(nestedLogit(shared, held), named);
  await expect(predict(apart, { scenario: { x: "x + 3" } })).rejects.toThrow(/is in nests x and z/);
});

describe("what is refused", () => {
  it.each<[string, NestedOptions, RegExp]>([
    ["an alternative in two nests", { nests: { a: "x > 0", b: "x > -1" } }, /is in nests a and b/],
    ["a nest that nobody is in", { nests: { a: 'alt == "tram"' } }, /tram|no alternative is in nest a/],
    ["a column that is none", { nests: { a: "brnd == 1" } }, /brnd/],
    ["a λ for no nest", { nests: { a: "x > 0" }, lambda: { b: 1 } }, /no nest/],
    ["utilities that are not divided", { nests: { a: "x > 0" }, normalisation: "nest" }, /by columns divide/],
    ["lists without names", { nests: { a: ["train", "bus"] } }, /tells alternatives apart by name/],
  ])("%s", async (_, options, wanted) => {
    await expect(fit(nestedLogit(shared, options), nameless)).rejects.toThrow(wanted);
  });
});
