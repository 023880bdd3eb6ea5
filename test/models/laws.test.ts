/** What every model of a choice among alternatives must obey. A model that is registered joins by itself. */
import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { gradient, parameter } from "../../src/expr/index.ts";
import { fit } from "../../src/fit/index.ts";
import { type Model, models } from "../../src/models/index.ts";
import type { Evaluation } from "../../src/optimise/objective.ts";
import { simulate } from "../../src/post/index.ts";
import { programFromJson, programToJson } from "../../src/program/index.ts";
import { drawn, each, labels, logsum, probabilities, shared, shifted, spec, stage, world } from "./world.ts";

const ofChoices = Object.values(models).filter(
  ({ outcomes, logLikelihood, latent }) =>
    (!outcomes || outcomes.includes("choice")) && !logLikelihood && !latent,
);
const complete = world(1);
const ragged = world(2, { few: true });

const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, within: number): void => {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++)
    expect(Math.abs(found[i] - wanted[i]), `${i}: ${found[i]}, ${wanted[i]}`).toBeLessThanOrEqual(
      within * Math.max(1, Math.abs(wanted[i])),
    );
};

/** Choice sets whose alternatives have no names, for models that need none. */
const sharing = ({ labelled }: Model, situations = 40) =>
  world(3, { few: true, situations, options: labelled ? {} : { alternative: undefined } });

const step = 1e-3;

/** How much probabilities tell: those that are means over draws leave something out. */
const told = ({ draws }: Model): number => (draws ? 2e-3 : 1e-10);

const neutralOf = (model: Model): Record<string, number> =>
  Object.fromEntries(
    model
      .parameters(model.example.options, labels)
      .map(({ name, neutral, limit, fixed, start }) => [name, fixed ? start : (limit ?? neutral)]),
  );

describe.each(ofChoices.map((model) => [model.name, model] as const))("%s", (_, model) => {
  test("the example gives every parameter of the model a value within its bounds", () => {
    const own = model.parameters(model.example.options, labels);
    expect(Object.keys(model.example.parameters).sort()).toEqual(own.map(({ name }) => name).sort());
    for (const { name, lower, upper, start } of own)
      for (const value of [model.example.parameters[name], start]) {
        expect(value).toBeGreaterThanOrEqual(lower);
        expect(value).toBeLessThanOrEqual(upper);
      }
  });

  test.each([
    ["all alternatives", complete],
    ["some alternatives", ragged],
  ])("probabilities are above 0 and sum to one over %s", async (_words, data) => {
    const found = await probabilities(stage(model, data));
    for (let s = 0; s < data.situations; s++) {
      const there = labels.map((_label, j) => (data.rowAt(s, j) >= 0 ? 1 : 0));
      found.forEach((column, j) => {
        if (there[j]) expect(column[s]).toBeGreaterThan(0);
        else expect(column[s]).toBe(0);
      });
      const sum = found.reduce((total, column) => total + column[s], 0);
      expect(Math.abs(sum - 1)).toBeLessThan(told(model));
    }
  });

  test.each([
    ["labelled", complete, spec],
    ["missing", ragged, spec],
    ["sharing one utility", sharing(model), shared],
  ])("gradient and Hessian agree with differences, alternatives %s", async (_words, data, specification) => {
    const at = stage(model, data, specification);
    const prepared = await prepare(at.program, data);
    const { gradient: exact, hessian } = await prepared.evaluate(at.point, "hessian");
    const moved = async (k: number, by: number) =>
      prepared.evaluate(at.point.with(at.program.free[k], at.point[at.program.free[k]] + by), "gradient");
    for (const k of at.program.free.keys()) {
      const [a, b, c, d] = await Promise.all([step, -step, 2 * step, -2 * step].map((by) => moved(k, by)));
      const slope = (f: (at: Evaluation) => number): number =>
        (8 * (f(a) - f(b)) - (f(c) - f(d))) / (12 * step);
      close([exact![k]], [slope(({ value }) => value)], 1e-7);
      const column = at.program.free.map((_index, l) => slope(({ gradient }) => gradient![l]));
      close(
        at.program.free.map((_index, l) => hessian![l * column.length + k]),
        column,
        1e-7,
      );
    }
  });

  test("a constant added to all utilities changes nothing, unless the model says so", async () => {
    const at = stage(model, ragged, shifted);
    const found = await probabilities(at);
    const moved = await probabilities({ ...at, point: at.point.with(at.names.indexOf("shift"), 1.7) });
    const isSame = moved.every((column, j) => column.every((p, s) => Math.abs(p - found[j][s]) < 1e-10));
    expect(isSame).toBe(model.invariant?.(model.example.options) ?? true);
  });

  test("alternatives that are not available change nothing, whatever their columns hold", async () => {
    const [missing, closed] = [{ few: true }, { few: true, closed: true }].map((how) =>
      stage(model, world(5, how)),
    );
    expect(await probabilities(closed)).toEqual(await probabilities(missing));
    const [a, b] = await Promise.all(
      [missing, closed].map(async (at) => (await prepare(at.program, at.data)).evaluate(at.point, "hessian")),
    );
    expect(a).toEqual(b);
    expect([...a.gradient!, ...a.hessian!].every(Number.isFinite)).toBe(true);
  });

  test("utilities of a thousand give probabilities and derivatives that are numbers", async () => {
    const at = stage(model, ragged);
    const far = at.point.with(at.names.indexOf("asc_bus"), -1000).with(at.names.indexOf("asc_air"), 400);
    const found = await probabilities({ ...at, point: far });
    for (const column of found) for (const p of column) expect(p).toBeGreaterThanOrEqual(0);
    expect(found.flat().every((p) => p <= 1 + 1e-10)).toBe(true);
    const { value, gradient } = await (await prepare(at.program, at.data)).evaluate(far, "gradient");
    expect([value, ...gradient!].filter((number) => Number.isNaN(number))).toEqual([]);
  });

  test("model and program survive JSON", async () => {
    const at = stage(model, ragged);
    expect(JSON.parse(JSON.stringify(model.example))).toEqual(model.example);
    const back = programFromJson(JSON.parse(JSON.stringify(programToJson(at.program))));
    expect(back.classes[0].term).toBe(at.program.classes[0].term);
    expect({ ...back, classes: [] }).toEqual({ ...at.program, classes: [] });
  });

  test.each([
    ["labelled", ragged, spec],
    ["sharing one utility", sharing(model), shared],
  ])(
    "interpreter, JavaScript and WebAssembly agree, alternatives %s",
    async (_words, data, specification) => {
      const at = stage(model, data, drawn(model, specification, 3));
      const [judge, ...others] = await Promise.all(
        ["interpret", "js", "wasm"].map(async (backend) => {
          const { value, gradient, hessian } = await (await prepare(at.program, data, backend)).evaluate(
            at.point,
            "hessian",
          );
          return [value, ...gradient!, ...hessian!];
        }),
      );
      for (const other of others) close(other, judge, 1e-10);
    },
  );

  test.runIf(model.simpler)(
    "with its parameters at their neutral values it is the simpler model",
    async () => {
      const found = await probabilities(stage(model, ragged, spec, neutralOf(model)));
      const simple = await probabilities(stage(models[model.simpler!], ragged));
      found.forEach((column, j) => {
        close(column, simple[j], 1e-10);
      });
    },
  );

  test.runIf(model.gev || model.draws)(
    "the derivative of the logsum in a utility is the probability",
    async () => {
      const at = stage(model, ragged);
      const slopes = gradient(
        model.logsum(at.set, parameter, at.options),
        at.set.all.map(({ utility }) => utility),
      );
      const found = await each(at, slopes);
      const wanted = await probabilities(at);
      found.forEach((column, j) => {
        close(column, wanted[j], told(model));
      });
    },
  );

  test.runIf(model.gev || model.draws)("the logsum is a number for every situation", async () => {
    expect((await logsum(stage(model, ragged))).every(Number.isFinite)).toBe(true);
  });

  test("choices drawn from it give back what was put in", async () => {
    const at = stage(model, ragged);
    const truth = Object.fromEntries(at.names.map((name, i) => [name, at.point[i]]));
    const asked = {
      kernel: model.name,
      specification: drawn(model, spec, 5),
      options: model.example.options,
    };
    const chosen = await simulate(asked, world(7, { few: true, situations: 3000 }), truth, { seed: 11 });
    const found = await fit(asked, chosen);
    expect(found.converged, found.message).toBe(true);
    let distance = 0;
    for (const { name, estimate, standardError, fixed } of found.parameters) {
      if (fixed) continue;
      const z = (estimate - truth[name]) / standardError;
      expect(Math.abs(z), `${name}: ${estimate} where ${truth[name]} was put in`).toBeLessThan(4);
      distance += z * z;
    }
    expect(distance).toBeLessThan(4 * found.parameters.length);
  });
});
