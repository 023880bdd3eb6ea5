import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { fit, latentClass, logit, type ModelSpec, randomRegret, readModel } from "../../src/fit/index.ts";
import { hermite } from "../../src/math/draws/quadrature.ts";
import { models } from "../../src/models/index.ts";
import { elasticities, logsums, simulate, wtp } from "../../src/post/index.ts";
import { compile } from "../../src/program/index.ts";
import { gaussHermite, mixed, randomScale } from "../../src/spec/index.ts";
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

describe("with coefficients that vary over people", () => {
  const draws = gaussHermite(7);
  const { utilities } = spec;
  const random = mixed(spec, { b_x: "normal", b_z: { distribution: "lognormal", sign: -1 } }, { draws });
  const names = ["asc_air", "asc_train", "asc_bus", "b_x", "b_z", "sd_b_x", "sd_b_z"];

  /** ln Σ_r w_r P_r at the choice, by hand from the fixed model at the coefficients of every node. */
  test("the likelihood is the mean over people of what regret says of each", async () => {
    expect(Object.values(utilities).join()).toContain("b_z");
    const choices = await simulate(randomRegret(spec), world(5, { situations: 40 }), {}, { seed: 2 });
    const value = async (model: ModelSpec, at: readonly number[], labels: readonly string[]) => {
      const { kernel, resolved, parameters } = readModel(model, choices);
      const { program } = compile(kernel, {}, resolved, choices);
      const prepared = await prepare(program, choices);
      const point = Float64Array.from(parameters, ({ name, start }) =>
        labels.includes(name) ? at[labels.indexOf(name)] : start,
      );
      const logs: number[] = [];
      await prepared.scores(point, ({ values }) => void logs.push(...values));
      return logs;
    };
    const mixedLogs = await value(randomRegret(random), [0.3, -0.2, 0.4, 0.8, -0.7, 0.5, 0.3], names);
    const { nodes, weights } = hermite(7);
    const means = mixedLogs.map(() => 0);
    for (const [i, a] of nodes.entries())
      for (const [k, b] of nodes.entries()) {
        const at = [0.3, -0.2, 0.4, 0.8 + 0.5 * a, -Math.exp(-0.7 + 0.3 * b)];
        const logs = await value(randomRegret(spec), at, names.slice(0, 5));
        logs.forEach((log, s) => {
          means[s] += weights[i] * weights[k] * Math.exp(log);
        });
      }
    mixedLogs.forEach((log, s) => void expect(log).toBeCloseTo(Math.log(means[s]), 10));
  });

  test("the spread is found again, and effects of attributes have their standard errors", async () => {
    const people = world(6, { situations: 1500 });
    const model = randomRegret(mixed(spec, { b_x: "normal" }, { draws: gaussHermite(9) }));
    const truth = { asc_air: 0.3, asc_train: -0.2, asc_bus: 0.4, b_x: 0.8, b_z: -0.5, sd_b_x: 0.9 };
    const found = await fit(model, await simulate(model, people, truth, { seed: 3 }));
    expect(found.converged, found.message).toBe(true);
    for (const { name, estimate, standardError } of found.parameters)
      expect(Math.abs(estimate - truth[name as keyof typeof truth]), name).toBeLessThan(3.5 * standardError);
    const table = await elasticities(found, { of: "x.car" });
    for (const value of (table.column("std. error") as { values: Float64Array }).values)
      expect(value).toBeGreaterThan(0);
  });

  test("a class may ignore an attribute, and another class may be of another kernel", async () => {
    const choices = await simulate(randomRegret(spec), world(5, { situations: 300 }), {}, { seed: 2 });
    const ignoring = latentClass(randomRegret(spec), {
      classes: 2,
      shared: ["asc_air", "asc_train", "asc_bus", "b_z"],
      zero: { 2: ["b_x"] },
    });
    const unlike = latentClass(randomRegret(spec), {
      classes: 2,
      shared: ["asc_air", "asc_train", "asc_bus", "b_z", "b_x"],
      kernels: [{ kernel: "regret" }, { kernel: "logit" }],
    });
    const at = async (model: ModelSpec, values: Readonly<Record<string, number>>): Promise<number> => {
      const { kernel, resolved, parameters } = readModel(model, choices);
      const prepared = await prepare(compile(kernel, {}, resolved, choices).program, choices);
      const point = Float64Array.from(parameters, ({ name, start }) => values[name] ?? start);
      return (await prepared.evaluate(point, "value")).value;
    };
    const alone = (values: Readonly<Record<string, number>>, model: ModelSpec = randomRegret(spec)) =>
      at(model, values);
    // Nearly everybody is in one of the classes.
    const second = { b_z: -0.5, asc_air: 0.3, asc_train: 0, asc_bus: 0, class_2_constant: 40 };
    expect(await at(ignoring, { ...second, b_x_1: 0.7 })).toBeCloseTo(await alone({ ...second, b_x: 0 }), 8);
    expect(await at(unlike, { ...second, b_x: 0.7 })).toBeCloseTo(
      await alone({ ...second, b_x: 0.7 }, logit(spec)),
      8,
    );
    const first = { ...second, class_2_constant: -40, b_x: 0.7 };
    expect(await at(unlike, first)).toBeCloseTo(await alone(first), 8);
  });

  test("a scale on everything is refused in words", async () => {
    const scaled = randomRegret(randomScale(spec, { draws }));
    const choices = await simulate(randomRegret(spec), world(5, { situations: 40 }), {}, { seed: 2 });
    const { kernel, resolved } = readModel(scaled, choices);
    expect(() => compile(kernel, {}, resolved, choices)).toThrow("does not enter linearly");
  });
});
