import { expect, test } from "vitest";
import { fit, randomRegret, readModel } from "../../src/fit/index.ts";
import { models } from "../../src/models/index.ts";
import { logsums, simulate, wtp } from "../../src/post/index.ts";
import { compile } from "../../src/program/index.ts";
import { probabilities, spec, stage, world } from "./world.ts";

const data = world(2, { few: true });

test("probabilities are those of the formula, written out by hand", async () => {
  const found = await probabilities(stage(models.regret, data));
  const [x, z] = ["x", "z"].map((name) => data.column(name)!.values);
  const constants = [0.3, -0.2, 0.4, 0];
  for (let s = 0; s < data.situations; s++) {
    const rows = [0, 1, 2, 3].filter((j) => data.rowAt(s, j) >= 0);
    const at = (values: Float64Array, j: number): number => values[data.rowAt(s, j)];
    const scores = rows.map((i) => {
      let regret = 0;
      for (const j of rows.filter((other) => other !== i)) {
        regret += Math.log(1 + Math.exp(0.8 * (at(x, j) - at(x, i))));
        regret += Math.log(1 + Math.exp(-0.5 * (at(z, j) - at(z, i))));
      }
      return Math.exp(constants[i] - regret);
    });
    const total = scores.reduce((sum, score) => sum + score, 0);
    for (const [n, j] of rows.entries()) expect(found[j][s]).toBeCloseTo(scores[n] / total, 12);
  }
});

test("where only two alternatives are there, regret is the logit", async () => {
  const found = await probabilities(stage(models.regret, data));
  const plain = await probabilities(stage(models.logit, data));
  const pairs = Array.from({ length: data.situations }, (_, s) => s).filter(
    (s) => data.start[s + 1] - data.start[s] === 2,
  );
  expect(pairs.length).toBeGreaterThan(5);
  for (const s of pairs) for (let j = 0; j < 4; j++) expect(found[j][s]).toBeCloseTo(plain[j][s], 12);
});

test("what has no meaning under regret is refused in words", async () => {
  const choices = await simulate(randomRegret(spec), world(5, { situations: 300 }), {}, { seed: 2 });
  const found = await fit(randomRegret(spec), choices);
  await expect(wtp(found, { of: "x", per: "z" })).rejects.toThrow("no ratio of coefficients");
  await expect(logsums(found)).rejects.toThrow("regret has no logsum");
  const bent = {
    parameters: { asc_air: 0, b_x: -0.1, power: 1 },
    utilities: Object.fromEntries(
      ["air", "train", "bus", "car"].map((label) => [
        label,
        `${label === "air" ? "asc_air + " : ""}b_x * abs(x) ^ power`,
      ]),
    ),
  };
  const { kernel, resolved } = readModel(randomRegret(bent), choices);
  expect(() => compile(kernel, {}, resolved, choices)).toThrow("does not enter linearly");
});
