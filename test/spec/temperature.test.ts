import { describe, expect, test } from "vitest";
import { NotIdentified } from "../../src/complaint/index.ts";
import { print } from "../../src/expr/index.ts";
import { asSpec, resolveSpec, type Spec, type Temperature, tempered } from "../../src/spec/index.ts";
import { complaint, profiles, trips } from "./examples.ts";

const modal: Spec = {
  parameters: { asc_train: 0, asc_car: 0, b_time: 0, b_cost: 0 },
  utilities: {
    air: "b_time * time + b_cost * cost / 100",
    train: "asc_train + b_time * time + b_cost * cost / 100",
    car: "asc_car + b_time * time + b_cost * cost / 100",
  },
};
const resolved = (temperature: Temperature, given: Spec | string = modal, data = trips()) =>
  resolveSpec(tempered(given, temperature), data);
const free = (temperature: Temperature, given: Spec | string = modal) =>
  resolved(temperature, given)
    .parameters.filter(({ fixed }) => !fixed)
    .map(({ name }) => name);
const refusal = (temperature: Temperature, given: Spec | string = modal, data = trips()) =>
  complaint(() => resolved(temperature, given, data));

describe("money pins the temperature", () => {
  test("the coefficient is -1 and τ is free, positive and in its unit", () => {
    const found = resolved({ money: "b_cost" });
    expect(free({ money: "b_cost" })).toEqual(["asc_train", "asc_car", "b_time", "tau"]);
    expect(found.parameters.find(({ name }) => name === "b_cost")).toMatchObject({ fixed: true, start: -1 });
    expect(found.parameters.at(-1)).toMatchObject({
      name: "tau",
      start: 1,
      lower: 1e-8,
      role: "temperature",
    });
    expect(found.temperature?.unit).toBe("100 cost");
    expect(found.temperature?.pinned).toContain("in units of 100 cost");
  });

  test("the unscaled model is kept for starting values", () => {
    const found = resolved({ money: "b_cost" });
    expect(found.unscaled?.parameters.every(({ fixed }) => !fixed)).toBe(true);
    expect(print(found.utilities[0])).toBe(`(${print(found.unscaled!.utilities[0])}) / tau`);
    expect(found.texts.air).toBe("(b_time * time + b_cost * cost / 100) / tau");
  });

  test("it serves formulas and unlabelled choice sets", () => {
    const found = resolved({ money: "price" }, "price + brand", profiles());
    expect(found.temperature?.unit).toBe("price");
    expect(found.parameters.map(({ name }) => name)).toEqual(["price", "brand_bolt", "brand_core", "tau"]);
  });

  test("with groups every τ is free", () => {
    expect(free({ money: "b_cost", by: "wave" }).slice(-2)).toEqual(["tau_wave_1", "tau_wave_2"]);
    expect(resolved({ money: "b_cost", by: "wave" }).texts.air).toMatch(
      /\/ if\(wave == 1, tau_wave_1, tau_wave_2\)$/,
    );
  });

  test("with variables ln τ has a constant", () => {
    expect(free({ money: "b_cost", on: "age" }).slice(-2)).toEqual(["gamma_constant", "gamma_age"]);
  });

  test("a coefficient that does not exist names the nearest", () => {
    expect(refusal({ money: "b_costs" })).toContain("did you mean b_cost?");
  });

  test("a coefficient that bends the utilities is refused", () => {
    const bent: Spec = { parameters: { b: 0, l: 1 }, utilities: "b * boxcox(cost, l)" };
    expect(refusal({ money: "l" }, bent)).toContain("linearly");
  });
});

describe("groups and variables", () => {
  test("the first group has τ = 1, another one on request", () => {
    expect(free({ by: "wave" }).at(-1)).toBe("tau_wave_2");
    expect(free({ by: "wave", reference: "2" }).at(-1)).toBe("tau_wave_1");
    expect(free({ by: "region" }).slice(-2)).toEqual(["tau_region_south", "tau_region_west"]);
    expect(resolved({ by: "region" }).parameters.at(-1)).toMatchObject({ neutral: 1 });
  });

  test("the temperature is that of the group", () => {
    const { tau } = resolved({ by: "wave" }).temperature!;
    expect(print(tau)).toBe("if(wave == 2, tau_wave_2, 1)");
  });

  test("a constant that nothing pins is left out and said so", () => {
    const found = resolved({ on: "1 + age + wave" });
    expect(found.parameters.slice(-2).map(({ name }) => name)).toEqual(["gamma_age", "gamma_wave"]);
    expect(found.notes.join()).toContain("constant of on is left out");
  });

  test("categories have a γ per level", () => {
    expect(free({ on: "region" }).slice(-2)).toEqual(["gamma_region_south", "gamma_region_west"]);
  });

  test.each<[Temperature, string]>([
    [{ by: "waves" }, "did you mean wave?"],
    [{ by: "cost" }, "varies over the alternatives"],
    [{ by: "wave", reference: "3" }, "not a value of wave"],
    [{ by: "trip" }, "more than 50"],
    [{ on: "cost" }, "varies over the alternatives"],
    [{ on: "agee" }, "did you mean age?"],
    [{ on: "1" }, "names no variable"],
    [{ by: "wave", on: "age" }, "not both"],
  ])("%j", (temperature, says) => {
    expect(refusal(temperature)).toContain(says);
  });

  test("a column with one value makes no groups", () => {
    expect(refusal({ by: "one" }, modal, trips({ derive: { one: "wave * 0" } }))).toContain("one value only");
  });
});

describe("a temperature that nothing pins is refused", () => {
  const ways = /money.*by.*on.*known/;

  test("in one sentence that names the four ways out", () => {
    const message = refusal({});
    expect(message).toMatch(ways);
    expect(message.split("\n")).toHaveLength(1);
    expect(() => resolved({})).toThrow(NotIdentified);
  });

  test("known utilities with free coefficients", () => {
    expect(refusal({ known: true })).toMatch(ways);
    expect(refusal({ known: true }, "cost + time | income")).toMatch(ways);
  });

  test("known utilities whose slopes are free have a free scale, bent or not", () => {
    const bent: Spec = { parameters: { b: 0, l: 1 }, utilities: "b * boxcox(time + 1, l)" };
    expect(refusal({ known: true }, bent)).toMatch(ways);
    const power: Spec = { parameters: { b: 0 }, utilities: "exp(b) * time" };
    expect(refusal({ known: true }, power)).toMatch(ways);
  });

  test("known utilities without a free scale are served", () => {
    expect(free({ known: true }, "offset(-cost) + time | 0")).toEqual(["time", "tau"]);
    expect(
      free({ known: true }, { parameters: { b: { start: -2, fixed: true } }, utilities: "b * cost" }),
    ).toEqual(["tau"]);
  });

  test("an offset that all alternatives share pins nothing", () => {
    const shared: Spec = { parameters: { b: 0 }, utilities: "income + b * time" };
    expect(refusal({ known: true }, shared)).toMatch(ways);
  });

  test("a money coefficient that multiplies nothing that varies pins nothing", () => {
    const idle: Spec = { parameters: { b: 0, b_cost: 0 }, utilities: "b * time + b_cost * income" };
    expect(refusal({ money: "b_cost" }, idle)).toMatch(ways);
  });

  test("groups whose coefficients differ anyway leave nothing to their τ", () => {
    const apart: Spec = {
      parameters: { b1: 0, b2: 0 },
      utilities: "b1 * time * (wave == 1) + b2 * time * (wave == 2)",
    };
    expect(refusal({ by: "wave" }, apart)).toContain("tau_wave_2");
  });
});

test.each<[Temperature, string | Spec]>([
  [{ by: "region" }, modal],
  [{ money: "b_cost", on: "age" }, modal],
  [{ money: "cost", by: "wave" }, "cost + time | income"],
  [{ money: "cost" }, "cost + time | 0"],
])("written out, %j is the same model without asking what pins it", (temperature, given) => {
  const data = trips();
  const found = resolved(temperature, given, data);
  const spec = asSpec(tempered(given, temperature), data);
  expect(spec.temperature).toBeUndefined();
  const again = resolveSpec(spec, data);
  expect(again.utilities).toEqual(found.utilities);
  const options = ({ parameters }: typeof found) =>
    parameters.map(({ role: _, neutral: __, ...rest }) => rest);
  expect(options(again)).toEqual(options(found));
});

test("a tempered specification is plain JSON and says what it was made of", () => {
  const given = tempered("cost | income", { by: "wave" });
  expect(JSON.parse(JSON.stringify(given))).toEqual({
    formula: "cost | income",
    temperature: { by: "wave" },
  });
  expect(tempered(modal, { money: "b_cost" })).toEqual({ ...modal, temperature: { money: "b_cost" } });
});
