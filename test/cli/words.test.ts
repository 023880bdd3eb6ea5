import { describe, expect, test } from "vitest";
import { flags } from "../../src/cli/flags.ts";
import { pair } from "../../src/cli/pairs.ts";
import { bar } from "../../src/cli/progress.ts";
import { checkSaved } from "../../src/cli/saved.ts";
import { studyFromFlags } from "../../src/cli/studyFromFlags.ts";
import { complaint } from "../spec/examples.ts";

describe("name=value on the command line", () => {
  test("is cut at the first single equals sign", () => {
    expect(pair("cost.car=cost * 1.2", "--scenario")).toEqual(["cost.car", "cost * 1.2"]);
    expect(pair("north = region == 1", "--derive")).toEqual(["north", "region == 1"]);
  });

  test("an expression alone is no pair", () => {
    for (const text of ["a == 1", "a <= 2", "=1", "cost"])
      expect(complaint(() => pair(text, "--derive"))).toContain("--derive is written name=value");
  });
});

describe("flags make a study", () => {
  const data = { file: "trips.csv" };

  test("of data alone", () => {
    const values = {
      situation: "id",
      alternative: "alt",
      choice: "choice",
      formula: "cost",
      derive: ["c=cost / 2"],
    };
    expect(studyFromFlags(values, { data })).toEqual({
      data: {
        file: "trips.csv",
        situation: "id",
        alternative: "alt",
        choice: "choice",
        derive: { c: "cost / 2" },
      },
      model: { formula: "cost" },
      fit: {},
    });
  });

  test("alternatives make the layout wide", () => {
    const coded = studyFromFlags(
      { alternatives: "train=1, car=2", attribute: ["cost=cost_{alternative}"] },
      { data },
    );
    expect(coded.data).toMatchObject({
      layout: "wide",
      alternatives: { train: "1", car: "2" },
      attributes: { cost: "cost_{alternative}" },
    });
    expect(studyFromFlags({ alternatives: "train,car" }, { data }).data.alternatives).toEqual([
      "train",
      "car",
    ]);
  });

  test("change a study file, and a formula takes the place of its utilities", () => {
    const base = {
      data: { file: "trips.csv", situation: "id", choice: "choice" },
      model: { parameters: { b: 0 }, utilities: "b * cost", reference: "bus" },
      fit: { covariance: "robust" as const },
    };
    const changed = studyFromFlags({ formula: "time", covariance: "hessian" }, base);
    expect(changed.model).toEqual({ formula: "time", reference: "bus" });
    expect(changed.fit).toEqual({ covariance: "hessian" });
    expect(changed.data).toEqual(base.data);
  });

  test("temperatures in all their modes", () => {
    const temperature = (text: string) => studyFromFlags({ temperature: text }, { data }).model.temperature;
    expect(temperature("money=b_cost,by=group")).toEqual({ money: "b_cost", by: "group" });
    expect(temperature("known")).toEqual({ known: true });
    expect(temperature("on=age + task")).toEqual({ on: "age + task" });
    expect(complaint(() => temperature("cost"))).toContain("--temperature");
  });
});

test("the progress bar fills as the gradient falls", () => {
  const at = (gradientNorm: number) =>
    bar({ iteration: 3, value: -5331.25, gradientNorm, radius: 1, seconds: 2 }, 1).match(/█/g)?.length ?? 0;
  expect(at(1)).toBe(0);
  expect(at(1e-4)).toBe(12);
  expect(at(1e-9)).toBe(24);
  expect(at(100)).toBe(0);
});

test("a saved fit is told from a study and from what is no JSON", () => {
  expect(checkSaved("{")).toBeNull();
  expect(checkSaved('{"data": {}}')).toBeNull();
  expect(complaint(() => checkSaved('{"format": "logsum-fit", "version": 9}'))).toContain("another version");
});

test("every flag is written with the name that its value has", () => {
  for (const [name, { flag }] of Object.entries(flags)) {
    const long = /--([a-z\d-]+)/.exec(flag)![1];
    expect(long.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())).toBe(name);
  }
});
