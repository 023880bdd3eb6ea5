import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { fit, latentClass, logit, type ModelSpec, readModel } from "../../src/fit/index.ts";
import { dataset } from "../../src/node.ts";
import { predict } from "../../src/post/index.ts";
import { compile } from "../../src/program/index.ts";
import { mixed, sobol, tempered } from "../../src/spec/index.ts";

const spec = {
  parameters: { asc_air: 0, asc_train: 0, asc_bus: 0, b_gc: 0, b_ttme: 0 },
  utilities: {
    air: "asc_air + b_gc * gc / 10 + b_ttme * ttme / 10",
    train: "asc_train + b_gc * gc / 10 + b_ttme * ttme / 10",
    bus: "asc_bus + b_gc * gc / 10 + b_ttme * ttme / 10",
    car: "b_gc * gc / 10 + b_ttme * ttme / 10",
  },
};
const draws = sobol(32);
const random = mixed(spec, { b_ttme: "normal" }, { draws });
const nested = {
  kernel: "nested",
  options: { nests: { ground: ["train", "bus", "car"] }, lambda: "shared" },
};

/** A composition, and the parameters that it has and neither part has alone. */
const compositions: Record<string, [ModelSpec, readonly string[]]> = {
  "a mixed nested logit": [{ ...nested, specification: random }, ["sd_b_ttme", "lambda"]],
  "a mixed logit in money": [logit(tempered(random, { money: "b_gc" })), ["sd_b_ttme", "tau"]],
};

describe.for(Object.entries(compositions))("%s", ([, [model, names]]) => {
  test("has a maximum, and probabilities that sum to one", async () => {
    const data = await dataset("travel-mode");
    const found = await fit(model, data);
    for (const name of names) expect(found.parameters.map((each) => each.name)).toContain(name);
    expect(found.converged, found.message).toBe(true);
    const column = (await predict(found)).column("probability");
    if (column.kind !== "number") throw new Error("no numbers");
    for (let s = 0; s < 210; s++) {
      const total = [0, 1, 2, 3].reduce((sum, j) => sum + column.values[4 * s + j], 0);
      expect(total).toBeCloseTo(1, 10);
    }
  });
});

test("latent classes of nested logits with the same coefficients are one nested logit", async () => {
  const data = await dataset("travel-mode");
  const alone = { ...nested, specification: spec };
  const at = async (model: ModelSpec): Promise<number> => {
    const { kernel, resolved, parameters } = readModel(model, data);
    const { program } = compile(kernel, model.options ?? {}, resolved, data);
    const prepared = await prepare(program, data);
    const point = Float64Array.from(parameters, ({ name }) =>
      /^class/.test(name) ? 0.3 : name.startsWith("lambda") ? 0.6 : name.startsWith("asc") ? 0.5 : -0.2,
    );
    return (await prepared.evaluate(point, "value")).value;
  };
  const two = await at(latentClass(alone, { classes: 2 }));
  expect(Math.abs(two - (await at(alone)))).toBeLessThan(1e-10 * Math.abs(two));
});
