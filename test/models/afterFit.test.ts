/** What is asked after the fit, for every model of a choice: no model brings code of its own for it. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Table } from "../../src/data/index.ts";
import { type Fit, fit } from "../../src/fit/index.ts";
import { models } from "../../src/models/index.ts";
import { elasticities, logsums, predict, shares, simulate, surplus, wtp } from "../../src/post/index.ts";
import { drawn, spec, stage, world } from "./world.ts";

const ofChoices = Object.values(models).filter(
  ({ outcomes, logLikelihood, latent }) =>
    (!outcomes || outcomes.includes("choice")) && !logLikelihood && !latent,
);
const numbers = (table: Table, name: string): Float64Array => {
  const column = table.column(name);
  if (column.kind !== "number") throw new Error(`${name} is no number`);
  return column.values;
};
const expectNear = (found: number, wanted: number, within: number): void =>
  expect(Math.abs(found - wanted), `${found}, ${wanted}`).toBeLessThan(within);

describe.each(ofChoices.map((model) => [model.name, model] as const))("%s", (_name, model) => {
  let found: Fit;
  beforeAll(async () => {
    const asked = {
      kernel: model.name,
      specification: drawn(model, spec, 7),
      options: model.example.options,
    };
    const data = world(8, { few: true, situations: 2000 });
    const at = stage(model, data);
    const truth = Object.fromEntries(at.names.map((name, i) => [name, at.point[i]]));
    found = await fit(asked, await simulate(asked, data, truth, { seed: 3 }));
    expect(found.converged, found.message).toBe(true);
  }, 60_000);

  test("predicted probabilities sum to one in every situation", async () => {
    const probability = numbers(await predict(found), "probability");
    const { start, situations } = found.data;
    for (let s = 0; s < situations; s++)
      expectNear(
        probability.slice(start[s], start[s + 1]).reduce((sum, p) => sum + p, 0),
        1,
        model.draws ? 5e-3 : 1e-9,
      );
  });

  test("an elasticity is what a scenario of a little more does to the share", async () => {
    const at = async (by: number) =>
      numbers(await shares(found, { scenario: { "x.bus": `x * ${1 + by}` } }), "predicted");
    const [up, down] = [await at(1e-4), await at(-1e-4)];
    const table = await elasticities(found, { of: "x.bus" });
    const value = numbers(table, "elasticity");
    const error = numbers(table, "std. error");
    for (let j = 0; j < value.length; j++) {
      const share = (up[j] + down[j]) / 2;
      expectNear(value[j], (up[j] - down[j]) / (2e-4 * share), 1e-5);
      expect(error[j]).toBeGreaterThan(0);
    }
  });

  test.skipIf(model.split)("willingness to pay is the ratio of the coefficients", async () => {
    const table = await wtp(found, { of: "x", per: "z" });
    const [x, z] = ["b_x", "b_z"].map(
      (name) => found.parameters.find((each) => each.name === name)!.estimate,
    );
    expectNear(numbers(table, numbersName(table))[0], -x / z, 1e-10);
  });

  test.skipIf(model.split)("the logsum and the change of surplus have standard errors", async () => {
    const before = await logsums(found);
    const after = await logsums(found, { scenario: { "z.bus": "z + 0.5" } });
    const change = await surplus(found, { scenario: { "z.bus": "z + 0.5" }, per: "z" });
    const z = found.parameters.find(({ name }) => name === "b_z")!.estimate;
    const difference = numbers(after, "value")[0] - numbers(before, "value")[0];
    expectNear(numbers(change, "value")[0], difference / -z, 1e-8);
    expect(numbers(change, "std. error")[0]).toBeGreaterThan(0);
  });
});

const numbersName = (table: Table): string =>
  table.names.find((name) => table.column(name).kind === "number")!;
