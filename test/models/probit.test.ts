import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import { normalCdf } from "../../src/expr/normal.ts";
import { fit, logit, type ModelSpec, multinomialProbit, readModel } from "../../src/fit/index.ts";
import { random } from "../../src/math/random.ts";
import { modelOf } from "../../src/models/index.ts";
import { errorCovariances, predict, simulate } from "../../src/post/index.ts";
import { compile } from "../../src/program/index.ts";
import { type DrawOptions, mixed, type Spec } from "../../src/spec/index.ts";
import { complaint } from "../spec/examples.ts";

const labels = ["bus", "train", "car"];
const spec: Spec = {
  parameters: { asc_bus: 0.2, asc_train: -0.3, b_x: 0.7 },
  utilities: { bus: "asc_bus + b_x * x", train: "asc_train + b_x * x", car: "b_x * x" },
};
const values: Record<string, number> = { asc_bus: 0.2, asc_train: -0.3, b_x: 0.7 };

/** Three alternatives, or those of them that `there` leaves; five choices a person. */
function trips(situations: number, there: (s: number, label: string) => boolean = () => true): ChoiceData {
  const { normal, below } = random(8);
  const rows = Array.from({ length: situations }, (_, s) => {
    const open = labels.filter((label) => there(s, label));
    const chosen = open[below(open.length)];
    return open.map((alt) => ({ s, who: Math.floor(s / 5), alt, x: normal(), y: alt === chosen ? 1 : 0 }));
  });
  return long(Table.from(rows.flat()), { situation: "s", alternative: "alt", choice: "y", person: "who" });
}

async function prepared(model: ModelSpec, data: ChoiceData, at: Record<string, number>) {
  const { kernel, resolved, parameters } = readModel(model, data);
  const { program } = compile(kernel, model.options ?? {}, resolved, data);
  const point = Float64Array.from(parameters, ({ name, start }) => at[name] ?? start);
  return { program, point, prepared: await prepare(program, data) };
}
async function likelihood(model: ModelSpec, data: ChoiceData, at: Record<string, number>): Promise<number> {
  const { prepared: ready, point } = await prepared(model, data, at);
  return (await ready.evaluate(point, "value")).value;
}
const withDraws = (draws: DrawOptions): Spec => ({ ...spec, draws });
const nodes = (count = 40): Spec => withDraws({ kind: "gaussHermite", count });
const utilityOf = (data: ChoiceData, s: number, label: string): number => {
  const row = data.rowAt(s, data.labels!.indexOf(label));
  return (values[`asc_${label}`] ?? 0) + values.b_x * data.column("x")!.values[row];
};
const chosenOf = (data: ChoiceData, s: number): string =>
  data.labels!.find((_, j) => data.rowAt(s, j) === data.chosen![s])!;

describe("the probit of two alternatives", () => {
  test("is the binary probit: Φ of the difference of utilities", async () => {
    const data = trips(60, (_, label) => label !== "train");
    const two: Spec = {
      parameters: { asc_bus: 0.2, b_x: 0.7 },
      utilities: { bus: spec.utilities["bus" as never], car: spec.utilities["car" as never] },
    };
    const found = await likelihood(multinomialProbit(two), data, values);
    const utility = (s: number, j: number): number =>
      (j === 0 ? values.asc_bus : 0) + values.b_x * data.column("x")!.values[data.rowAt(s, j)];
    const wanted = Array.from({ length: 60 }, (_, s) => {
      const chosen = data.rowAt(s, 0) === data.chosen![s] ? 0 : 1;
      return Math.log(normalCdf(utility(s, chosen) - utility(s, 1 - chosen)));
    });
    expect(found).toBeCloseTo(
      wanted.reduce((sum, each) => sum + each, 0),
      10,
    );
  });

  test("takes no draws, and says so", () => {
    const data = trips(20, (_, label) => label !== "train");
    const two = { parameters: { b_x: 0 }, utilities: "b_x * x", draws: { count: 100 } };
    expect(complaint(() => readModel(multinomialProbit(two), data))).toContain("nothing is random");
  });

  test("is what is left where one of three is not there", async () => {
    const data = trips(60, (s, label) => label !== labels[s % 3]);
    const errors = { chol_train_car: 0.4, chol_car_car: 0.9 };
    const spread: Record<string, number> = {
      "bus train": 1,
      "bus car": Math.hypot(0.4, 0.9),
      "train car": Math.hypot(0.6, 0.9),
    };
    let wanted = 0;
    for (let s = 0; s < 60; s++) {
      const chosen = chosenOf(data, s);
      const other = labels.find((label) => label !== labels[s % 3] && label !== chosen)!;
      const pair = labels.filter((label) => label === chosen || label === other).join(" ");
      wanted += Math.log(normalCdf((utilityOf(data, s, chosen) - utilityOf(data, s, other)) / spread[pair]));
    }
    const found = await likelihood(multinomialProbit(nodes(), { base: "bus" }), data, {
      ...values,
      ...errors,
    });
    expect(found).toBeCloseTo(wanted, 7);
  });
});

describe("the GHK simulator", () => {
  /** Σ ln ∫ φ(e) Π Φ(√2 (V_i − V_k) + e) de: every error has variance 1/2. */
  const integrated = (data: ChoiceData): number => {
    let total = 0;
    for (let s = 0; s < data.situations; s++) {
      const chosen = chosenOf(data, s);
      let p = 0;
      for (let e = -9; e <= 9; e += 0.01)
        p +=
          0.01 *
          Math.exp(-0.5 * e * e) *
          0.3989422804014327 *
          labels
            .filter((label) => label !== chosen)
            .reduce(
              (product, label) =>
                product *
                normalCdf(Math.SQRT2 * (utilityOf(data, s, chosen) - utilityOf(data, s, label)) + e),
              1,
            );
      total += Math.log(p);
    }
    return total;
  };
  const data = trips(100);
  const free = { errors: "independent" } as const;

  test("agrees with quadrature where errors are independent", async () => {
    const wanted = integrated(data);
    expect(await likelihood(multinomialProbit(nodes(), free), data, values)).toBeCloseTo(wanted, 8);
    const drawn = await likelihood(multinomialProbit(withDraws({ count: 4096 }), free), data, values);
    expect(Math.abs(drawn - wanted)).toBeLessThan(1e-4 * data.situations ** 0.5);
  });

  test("counts a choice as the probability that it predicts", async () => {
    const errors = { chol_train_car: 0.1, chol_car_car: 0.6 };
    const model = multinomialProbit({ ...withDraws({ count: 32 }), parameters: { ...spec.parameters } });
    const { program, point, prepared: ready } = await prepared(model, data, { ...values, ...errors });
    const { kernel, resolved } = readModel(model, data);
    const { set, classes } = compile(kernel, {}, resolved, data);
    const logs = kernel.logProbabilities(set, classes[0].parameter, {});
    const { exp } = await import("../../src/expr/index.ts");
    let total = 0;
    await ready.each(logs.map(exp), point, ({ from, situations, values: columns }) => {
      for (let s = 0; s < situations; s++)
        total += Math.log(columns[labels.indexOf(chosenOf(data, from + s))][s]);
    });
    expect(program.draws!.dimensions).toEqual([{ base: "rank", within: true }]);
    expect((await ready.evaluate(point, "value")).value).toBeCloseTo(total, 9);
  });

  test("has the same likelihood whatever the base, in the scale of each", async () => {
    // Differences against the car, and their scale: the standard deviation of bus − car.
    const [a, b, c] = [0.8, 0.3, 0.7];
    const against = { chol_bus_train: b / a, chol_train_train: c / a };
    const ofBus = { spread: Math.hypot(b - a, c), car: [-a * (b - a), -a * c] };
    const [l, rest] = [
      (-a * (b - a)) / ofBus.spread ** 2,
      Math.sqrt((a / ofBus.spread) ** 2 - ((a * (b - a)) / ofBus.spread ** 2) ** 2),
    ];
    const scaled = (by: number) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value / by]));
    const one = await likelihood(multinomialProbit(nodes(), { base: "car" }), data, {
      ...scaled(a),
      ...against,
    });
    const two = await likelihood(multinomialProbit(nodes(), { base: "bus" }), data, {
      ...scaled(ofBus.spread),
      chol_train_car: l,
      chol_car_car: rest,
    });
    expect(two).toBeCloseTo(one, 9);
  });

  test("does not care which choices are one person's, since nothing ties them together", async () => {
    const alone = await likelihood(multinomialProbit(nodes()), data, values);
    const { parts } = data;
    const apart = new (data.constructor as new (parts: unknown) => ChoiceData)({ ...parts, person: null });
    expect(await likelihood(multinomialProbit(nodes()), apart, values)).toBeCloseTo(alone, 10);
  });
});

describe("with a coefficient that varies over people", () => {
  test("an error component is the same as more variance of that error", async () => {
    const data = trips(100);
    const { parts } = data;
    const apart = new (data.constructor as new (parts: unknown) => ChoiceData)({ ...parts, person: null });
    const component = mixed(spec, { extra: { on: ["car"] } }, { draws: { count: 4096 } });
    const errors = { chol_train_car: 0.5, chol_car_car: 0.8 };
    const one = await likelihood(multinomialProbit(component, {}), apart, {
      ...values,
      ...errors,
      sd_extra: 0.6,
    });
    const wider = { ...errors, chol_car_car: 1 };
    const two = await likelihood(multinomialProbit(nodes(), {}), apart, { ...values, ...wider });
    expect(Math.abs(one - two)).toBeLessThan(0.02);
  });

  test("over a person's choices its derivatives are exact, in any backend", async () => {
    const data = trips(20, (s, label) => s % 4 > 0 || label !== "train");
    const random = mixed(spec, { b_x: "normal" }, { draws: { count: 8 } });
    const { kernel, resolved, parameters } = readModel(multinomialProbit(random), data);
    const { program } = compile(kernel, {}, resolved, data);
    const point = Float64Array.from(parameters, ({ name, start }) => values[name] ?? start + 0.05);
    expect(program.draws!.dimensions).toEqual([{ base: "normal" }, { base: "rank", within: true }]);
    const [judge, ...others] = await Promise.all(
      ["interpret", "js", "wasm"].map(async (backend) =>
        (await prepare(program, data, backend)).evaluate(point, "hessian"),
      ),
    );
    for (const other of others)
      for (const part of ["gradient", "hessian"] as const)
        other[part]!.forEach((value, i) => {
          expect(value).toBeCloseTo(judge[part]![i], 9);
        });
    const ready = await prepare(program, data);
    for (const k of program.free.keys()) {
      const at = async (by: number) =>
        (await ready.evaluate(point.with(program.free[k], point[program.free[k]] + by), "value")).value;
      const slope =
        (8 * ((await at(1e-3)) - (await at(-1e-3))) - ((await at(2e-3)) - (await at(-2e-3)))) / 12e-3;
      expect(judge.gradient![k]).toBeCloseTo(slope, 6);
    }
  });
});

describe("after the fit", () => {
  test("what was put in comes back, and the covariances are those of another base", async () => {
    const truth = { ...values, chol_train_car: 0.3, chol_car_car: 0.8 };
    const model = multinomialProbit(nodes(16));
    const data = await simulate(model, trips(2000), truth, { seed: 5 });
    const found = await fit(model, data);
    expect(found.converged, found.message).toBe(true);
    for (const { name, estimate, standardError } of found.parameters)
      expect(Math.abs(estimate - truth[name as keyof typeof truth]) / standardError, name).toBeLessThan(3.5);
    const other = await fit(multinomialProbit(nodes(16), { base: "car" }), data);
    expect(other.logLikelihood).toBeCloseTo(found.logLikelihood, 7);
    const numbers = async (of: typeof found) => {
      const table = await errorCovariances(of);
      const [statistic, value, error] = ["statistic", "value", "std. error"].map(
        (name) =>
          table.column(name) as { values?: Float64Array; codes?: ArrayLike<number>; levels?: string[] },
      );
      return Object.fromEntries(
        Array.from(value.values!, (each, i) => [
          `${statistic.levels![statistic.codes![i]]} ${i}`,
          [each, error.values![i]],
        ]),
      );
    };
    // Against the bus: train 1, car v, covariance c. Against the car: bus v, train 1 + v − 2c, covariance v − c.
    const own = await numbers(found);
    const theirs = await numbers(other);
    const [c, v] = [own["covariance 1"][0], own["variance 3"][0]];
    expect(theirs["covariance 1"][0]).toBeCloseTo((v - c) / v, 5);
    expect(theirs["variance 3"][0]).toBeCloseTo((1 + v - 2 * c) / v, 5);
    expect(own["correlation 2"][0]).toBeCloseTo(c / Math.sqrt(v), 10);
    const [l, d] = ["chol_train_car", "chol_car_car"].map((name) =>
      found.parameters.findIndex((each) => each.name === name),
    );
    const { matrix } = found.covariance;
    const K = found.parameters.length;
    const [x, y] = [found.estimates[l], found.estimates[d]];
    const variance =
      4 * (x * x * matrix[l * K + l] + 2 * x * y * matrix[l * K + d] + y * y * matrix[d * K + d]);
    expect(own["variance 3"][1]).toBeCloseTo(Math.sqrt(variance), 10);
    const { values: p } = (await predict(found)).column("probability") as { values: Float64Array };
    for (let s = 0; s < 50; s++) expect(p[3 * s] + p[3 * s + 1] + p[3 * s + 2]).toBeCloseTo(1, 5);
  });

  test("a logit has no covariance of errors to report", async () => {
    const found = await fit(logit(spec), trips(100));
    await expect(errorCovariances(found)).rejects.toThrow("independent by assumption");
  });
});

describe("what is wrong is said with the nearest right thing", () => {
  test.each([
    [{ base: "trian" }, "did you mean train?"],
    [{ errors: "corelated" }, '"errors": "independent"'],
    [{ nests: {} }, "has no option"],
  ])("%j", (options, says) => {
    const asked = () =>
      readModel({ kernel: "probit", specification: spec, options: options as never }, trips(10));
    expect(complaint(asked)).toContain(says);
  });

  test("a parameter of the utilities that is called as one of the errors is refused", () => {
    const { utilities } = spec;
    const named = { ...(utilities as Record<string, string>), car: "b_x * x + chol_train_car" };
    const asked = () =>
      readModel(
        multinomialProbit({ parameters: { ...spec.parameters, chol_train_car: 0 }, utilities: named }),
        trips(10),
      );
    expect(complaint(asked)).toContain("chol_train_car is a parameter of the utilities and of probit");
  });

  test("rankings have no probit here", () => {
    expect(modelOf("probit").outcomes).toEqual(["choice"]);
  });
});

test("forecasts are for the alternatives of the fit in their order, since covariances are of them", async () => {
  const found = await fit(multinomialProbit({ ...spec, draws: { kind: "sobol", count: 64 } }), trips(300));
  const other = trips(40, (s, label) => s > 0 || label !== "bus");
  await expect(predict(found, { data: other })).rejects.toThrow(/another order.*/);
  await expect(predict(found, { data: trips(40) })).resolves.toBeDefined();
});
