import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { reweighted } from "../../src/data/index.ts";
import { normalCdf } from "../../src/expr/normal.ts";
import { fit, latentClass, logit, type ModelSpec, readModel } from "../../src/fit/index.ts";
import type { Want } from "../../src/optimise/objective.ts";
import { compile } from "../../src/program/index.ts";
import {
  gaussHermite,
  hybrid,
  type LatentVariables,
  mixed,
  sobol,
  tempered,
  wtpSpace,
} from "../../src/spec/index.ts";
import { choice, green, latentVariables, travellers, truth } from "./attitudes.ts";

const data = travellers({ persons: 40, silent: 0.2 });

/** The log-likelihood with its derivatives as a function of a point by name; what is not named is at its start. */
async function likelihoodOf(model: ModelSpec, of = data, backend?: string) {
  const { kernel, resolved, parameters } = readModel(model, of);
  const { program } = compile(kernel, model.options ?? {}, resolved, of);
  const prepared = await prepare(program, of, backend);
  const whole = (point: Point): Float64Array =>
    Float64Array.from(parameters, ({ name, start }) => point[name] ?? start);
  return {
    names: parameters.map(({ name }) => name),
    at: (point: Point, want: Want = "value") => prepared.evaluate(whole(point), want),
  };
}

type Point = Readonly<Record<string, number>>;

const valueAt = async (model: ModelSpec, point: Point, of = data): Promise<number> =>
  (await (await likelihoodOf(model, of)).at(point)).value;

/** One value for each person. */
function byPerson(name: string): number[] {
  const { values } = data.column(name)!;
  return Array.from({ length: data.personCount }, (_, i) => {
    const s = data.person!.indexOf(i);
    return values[data.start[s]];
  });
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** What a person with this attitude answers, by the formulas of the model and the numbers of `truth`. */
function logAnswers(person: { concern: number; cars: number; spend: number }, eta: number): number {
  const shares = (F: (x: number) => number, loading: number, ...thresholds: number[]): number[] => {
    const ends = [0, ...thresholds.map((threshold) => F(threshold - loading * eta)), 1];
    return ends.slice(1).map((end, k) => end - ends[k]);
  };
  const concern = shares(logistic, truth.loading_green_concern, -1.5, 0.2, 1.8)[person.concern - 1];
  const cars = shares(normalCdf, truth.loading_green_cars, -0.5, 1)[person.cars - 1];
  const z = (person.spend - truth.constant_spend - truth.loading_green_spend * eta) / truth.sigma_spend;
  const spend = Number.isNaN(person.spend) ? 1 : density(z) / truth.sigma_spend;
  return Math.log(concern) + Math.log(cars) + Math.log(spend);
}

const people = (() => {
  const [concern, cars, spend, female, young] = ["concern", "cars", "spend", "female", "young"].map(byPerson);
  return concern.map((_, i) => ({
    concern: concern[i],
    cars: cars[i],
    spend: spend[i],
    female: female[i],
    young: young[i],
  }));
})();

describe("hybrid choice", () => {
  test("is the integral over the attitude of choices and answers", async () => {
    const value = await valueAt(logit({ ...green, draws: gaussHermite(40) }), truth);
    const step = 0.02;
    const grid = Array.from({ length: 801 }, (_, k) => -8 + step * k);
    const times = data.column("time")!.values;
    const total = people.reduce((sum, person, i) => {
      const mean = truth.gamma_green_female * person.female + truth.gamma_green_young * person.young;
      const likelihood = grid.reduce((integral, omega) => {
        const eta = mean + omega;
        let log = logAnswers(person, eta);
        for (let s = 0; s < data.situations; s++) {
          if (data.person![s] !== i) continue;
          const at = data.start[s];
          const utilities = [truth.asc_train, truth.asc_bus, 0].map(
            (asc, j) => asc + (j < 2 ? truth.lambda_green * eta : 0) + truth.b_time * times[at + j],
          );
          const sumOfAll = utilities.reduce((all, utility) => all + Math.exp(utility), 0);
          log += utilities[data.chosen![s] - at] - Math.log(sumOfAll);
        }
        return integral + step * density(omega) * Math.exp(log);
      }, 0);
      return sum + Math.log(likelihood);
    }, 0);
    expect(Math.abs(value - total)).toBeLessThan(1e-8 * Math.abs(total));
  });

  test("with loadings of 0 is the mixed logit and the answers by themselves", async () => {
    const loadings = { loading_green_concern: 0, loading_green_cars: 0, loading_green_spend: 0 };
    const value = await valueAt(logit(green), { ...truth, ...loadings });
    const expression = "gamma_green_female * female + gamma_green_young * young + normal(1)";
    const gammas = { gamma_green_female: 0, gamma_green_young: 0 };
    const alone = mixed(choice, { green: { expression, parameters: gammas } }, { draws: sobol(64) });
    const choices = await valueAt(logit(alone), truth);
    const answers = people.reduce((sum, person) => sum + logAnswers(person, 0), 0);
    expect(Math.abs(value - choices - answers)).toBeLessThan(1e-10 * Math.abs(value));
  });

  test("has the gradient and the Hessian of its differences", async () => {
    const { names, at } = await likelihoodOf(logit(green));
    const { gradient, hessian } = await at(truth, "hessian");
    const step = 1e-5;
    for (const [k, name] of names.entries()) {
      const moved = (by: number) =>
        at({ ...truth, [name]: truth[name as keyof typeof truth] + by }, "gradient");
      const [up, down] = [await moved(step), await moved(-step)];
      expect((up.value - down.value) / (2 * step)).toBeCloseTo(gradient![k], 5);
      for (const l of names.keys())
        expect((up.gradient![l] - down.gradient![l]) / (2 * step)).toBeCloseTo(
          hessian![k * names.length + l],
          4,
        );
    }
  });

  test("is the same on every backend", async () => {
    const model = logit({ ...green, draws: sobol(8) });
    const [judge, ...others] = await Promise.all(
      ["interpret", "js", "wasm"].map(async (backend) =>
        (await likelihoodOf(model, data, backend)).at(truth, "hessian"),
      ),
    );
    for (const { value, gradient, hessian } of others) {
      expect(Math.abs(value - judge.value)).toBeLessThan(1e-10 * Math.abs(judge.value));
      for (const [k, slope] of gradient!.entries()) expect(slope).toBeCloseTo(judge.gradient![k], 8);
      for (const [k, curve] of hessian!.entries()) expect(curve).toBeCloseTo(judge.hessian![k], 7);
    }
  });

  test("counts a person with weight 2 as two people", async () => {
    const model = logit({ ...green, draws: gaussHermite(9) });
    const weights = (of: (person: number) => number): Float64Array =>
      Float64Array.from({ length: data.situations }, (_, s) => of(data.person![s]));
    const value = (of: (person: number) => number): Promise<number> =>
      valueAt(model, truth, reweighted(data, weights(of)));
    const first = await value((person) => Number(person === 0));
    expect(await value((person) => (person === 0 ? 2 : 1))).toBeCloseTo((await value(() => 1)) + first, 9);
  });

  test("gives back what was put in", async () => {
    const found = await fit(logit(green), travellers({ persons: 800, seed: 2 }));
    expect(found.converged, found.message).toBe(true);
    expect(found.parameters.map(({ name }) => name)).toEqual(Object.keys(truth));
    for (const { name, estimate, standardError } of found.parameters) {
      expect(standardError, name).toBeGreaterThan(0);
      expect(Math.abs(estimate - truth[name as keyof typeof truth]), name).toBeLessThan(3.3 * standardError);
    }
  });
});

describe("the sign of a latent variable", () => {
  const few = travellers({ persons: 120, seed: 3 });

  test("is that of its first indicator", async () => {
    const start = {
      loading_green_concern: -1,
      loading_green_cars: 1,
      loading_green_spend: -2,
      lambda_green: -0.7,
    };
    const turned = await fit(logit(green), few, { start: { ...start, loading_green_concern: 0.01 } });
    const usual = await fit(logit(green), few);
    for (const [k, { name, estimate }] of usual.parameters.entries())
      expect(turned.parameters[k].estimate, name).toBeCloseTo(estimate, 4);
    expect(usual.parameters.find(({ name }) => name === "loading_green_concern")!.estimate).toBeGreaterThan(
      0,
    );
  });

  test("stays as it is given", async () => {
    const start = {
      loading_green_concern: -1,
      loading_green_cars: 1,
      loading_green_spend: -2,
      lambda_green: -0.7,
    };
    const found = await fit(logit(green), few, { start });
    const estimate = new Map(found.parameters.map((each) => [each.name, each.estimate]));
    expect(estimate.get("loading_green_concern")).toBeLessThan(0);
    expect(estimate.get("lambda_green")).toBeLessThan(0);
    expect(estimate.get("gamma_green_female")).toBeLessThan(0);
  });

  test("follows the indicator that comes first, also where that one falls with the others", async () => {
    const { concern, cars, spend } = latentVariables.green.indicators;
    const variables: LatentVariables = {
      green: { on: "female + young", indicators: { cars, concern, spend } },
    };
    const found = await fit(logit(hybrid(choice, variables, { draws: sobol(64) })), few);
    const estimate = new Map(found.parameters.map((each) => [each.name, each.estimate]));
    expect(estimate.get("loading_green_cars")).toBeGreaterThan(0);
    expect(estimate.get("loading_green_concern")).toBeLessThan(0);
    expect(estimate.get("lambda_green")).toBeLessThan(0);
  });
});

/** A composition, and parameters that it has and neither part has alone. */
const nests = { kernel: "nested", options: { nests: { public: ["train", "bus"] } } };
const compositions: Readonly<Record<string, readonly [ModelSpec, readonly string[]]>> = {
  "with a random coefficient": [
    logit(mixed(green, { b_time: "normal" })),
    ["sd_b_time", "loading_green_cars"],
  ],
  "with nests": [{ ...nests, specification: green }, ["lambda_public", "lambda_green"]],
  "with latent classes": [
    latentClass(logit(green), { classes: 2, shared: ["b_time", "asc_bus"] }),
    ["lambda_green_1", "lambda_green_2", "gamma_green_female", "class_2_constant"],
  ],
  "with a temperature": [logit(tempered(green, { money: "b_time" })), ["tau", "loading_green_cars"]],
  "in willingness-to-pay space": [
    logit(wtpSpace(green, { cost: "b_time" })),
    ["wtp_lambda_green", "loading_green_cars"],
  ],
  "with two latent variables": [
    logit(
      hybrid(
        {
          parameters: { asc_train: 0, asc_bus: 0, b_time: 0, lambda_green: 0, lambda_rich: 0 },
          utilities: {
            train: "asc_train + lambda_green * green + b_time * time",
            bus: "asc_bus + lambda_green * green + lambda_rich * rich + b_time * time",
            car: "b_time * time",
          },
        },
        {
          green: { on: "female", indicators: { concern: "ordered", cars: "ordered" } },
          rich: { indicators: { spend: "continuous" } },
        },
        { draws: sobol(64) },
      ),
    ),
    ["lambda_green", "lambda_rich", "loading_rich_spend"],
  ],
};

describe.for(Object.entries(compositions))("hybrid choice %s", ([, [model, names]]) => {
  test("has a maximum, which is one of choices and answers", async () => {
    const found = await fit(model, travellers({ persons: 250, seed: 4 }));
    expect(found.converged, found.message).toBe(true);
    const known = found.parameters.map(({ name }) => name);
    for (const name of names) expect(known).toContain(name);
    expect(found.choicesLogLikelihood).toBeGreaterThan(found.logLikelihood);
  });
});
