import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/data/csv.ts";
import { long } from "../../src/data/index.ts";
import { asSpec, expandFormula, resolveSpec } from "../../src/spec/index.ts";
import { commutes, complaint, profiles, trips } from "./examples.ts";

const names = (formula: string, data = trips(), reference?: string) =>
  Object.keys(expandFormula(formula, data, { reference }).parameters);

describe("a formula stands for utilities", () => {
  test("generic coefficients carry the name of their column, constants come with them", () => {
    const spec = expandFormula("cost + time", trips());
    expect(spec.parameters).toEqual({ asc_train: 0, asc_car: 0, cost: 0, time: 0 });
    expect(spec.utilities).toEqual({
      air: "cost * cost.air + time * time.air",
      train: "asc_train + cost * cost.train + time * time.train",
      car: "asc_car + cost * cost.car + time * time.car",
    });
    expect(spec.reference).toBe("air");
  });

  test("situation variables have a coefficient for every alternative but the reference", () => {
    expect(names("cost | income", trips(), "car")).toEqual([
      "asc_air",
      "asc_train",
      "cost",
      "income_air",
      "income_train",
    ]);
  });

  test("part three has a coefficient for every alternative", () => {
    expect(names("cost | 0 | time")).toEqual(["cost", "time_air", "time_train", "time_car"]);
    expect(names("0 || time")).toEqual(["asc_train", "asc_car", "time_air", "time_train", "time_car"]);
  });

  test("without constants and without situation variables there is one utility for all", () => {
    expect(expandFormula("cost + time | 0", trips())).toEqual({
      parameters: { cost: 0, time: 0 },
      utilities: "cost * cost.each + time * time.each",
      reference: "air",
    });
  });

  test("constants alone", () => {
    expect(expandFormula("0", trips()).utilities).toEqual({ air: "0", train: "asc_train", car: "asc_car" });
  });

  test("a term may be an expression, and its coefficient has a readable name", () => {
    const spec = expandFormula("log(cost) + time / 60 + (cost - 10)^2 | 0", trips());
    expect(Object.keys(spec.parameters)).toEqual(["log_cost", "time_60", "cost_10_2"]);
    expect(spec.utilities).toBe("log_cost * log(cost) + time_60 * time / 60 + cost_10_2 * (cost - 10)^2");
  });

  test("a sum inside a call is one term", () => {
    expect(names("log(cost + 1) | 0")).toEqual(["log_cost_1"]);
  });

  test("terms that would read alike keep their text", () => {
    expect(names("cost * 2 + cost / 2 | 0")).toEqual(["cost * 2", "cost / 2"]);
  });

  test("an interaction is a product, of a situation variable too", () => {
    const spec = expandFormula("cost + cost:income | 0", trips());
    expect(spec.utilities).toBe("cost * cost.each + cost_income * cost.each * income");
  });

  test("an offset has no coefficient", () => {
    const spec = expandFormula("cost + offset(-time / 60) | 0", trips());
    expect(spec.parameters).toEqual({ cost: 0 });
    expect(spec.utilities).toBe("cost * cost.each + -time / 60");
  });

  test("a category becomes its 0/1 columns against the reference", () => {
    expect(names("cost | region")).toEqual([
      "asc_train",
      "asc_car",
      "cost",
      "region_south_train",
      "region_south_car",
      "region_west_train",
      "region_west_car",
    ]);
    expect(expandFormula("price + brand", profiles()).utilities).toBe(
      "price * price.each + brand_bolt * brand_bolt.each + brand_core * brand_core.each",
    );
  });

  test("interactions with a category have a coefficient per level", () => {
    expect(names("cost:region | 0")).toEqual(["cost_region_south", "cost_region_west"]);
  });

  test("wide data take the same formulas", () => {
    expect(expandFormula("time + cost | income", commutes(), { reference: "car" }).utilities).toEqual({
      bus: "asc_bus + time * time.bus + cost * cost.bus + income_bus * income",
      car: "time * time.car + cost * cost.car",
    });
  });

  test("names that are no words stand in backticks", () => {
    const data = trips({ derive: { "cost (euro)": "cost / 2" } });
    const spec = expandFormula("`cost (euro)` | 0", data);
    expect(spec.utilities).toBe("`cost (euro)` * `cost (euro)`.each");
    expect(resolveSpec(spec, data).utilities).toHaveLength(3);
  });

  test("expanding again from the printed utilities gives the same model", () => {
    const data = trips();
    const formula = resolveSpec("log(cost) + boxcox(time, 0.5) | region", data);
    const utilities = resolveSpec(expandFormula("log(cost) + boxcox(time, 0.5) | region", data), data);
    expect(utilities.utilities).toEqual(formula.utilities);
    expect(utilities.parameters).toEqual(formula.parameters);
  });
});

describe("a formula that cannot be meant is refused", () => {
  test("a situation variable in part one is sent to part two", () => {
    const message = complaint(() => names("cost + income"));
    expect(message).toContain("income is the same for all alternatives");
    expect(message).toContain("part 2");
    expect(message).toContain("cost + income\n                ^");
  });

  test("an attribute in part two is sent to part one or three", () => {
    expect(complaint(() => names("cost | time"))).toMatch(
      /time varies over the alternatives[\s\S]*part 1.*part 3/,
    );
  });

  test("an unknown column names the nearest", () => {
    expect(complaint(() => names("cots"))).toMatch(/no column cots[\s\S]*did you mean cost\?/);
  });

  test("constants need labels", () => {
    expect(complaint(() => names("price | 1", profiles()))).toContain("need alternatives with labels");
    expect(complaint(() => names("price | income", profiles()))).toContain("price * income");
    expect(names("price | 0", profiles())).toEqual(["price"]);
  });

  test("a reference that is no alternative names the nearest", () => {
    expect(complaint(() => names("cost", trips(), "trian"))).toContain("did you mean train?");
  });

  test("a term that is written twice", () => {
    expect(complaint(() => names("cost + cost"))).toContain("two terms");
  });

  test.each([
    ["cost +", "missing"],
    ["choice ~ cost", "right of the ~"],
    ["cost - 1", "part 2"],
    ["cost | 0 | time | age", "at most three parts"],
    ["0 | 0", "no coefficient"],
    ["1 + cost", "a number carries no coefficient"],
    ["cost:", "missing"],
    ["cost | offset(income)", "offset"],
    ["lag(cost)", "no function lag"],
  ])("%s", (formula, says) => {
    expect(complaint(() => names(formula))).toContain(says);
  });
});

test("a stray word in a column of numbers is complained about with its line, and not taken for a category", () => {
  const table = parseCsv("id,choice,price\n1,1,3\n1,0,4\n2,1,cheap\n2,0,5\n", { separator: "," });
  const data = long(table, { situation: "id", choice: "choice" });
  expect(() => resolveSpec("price | 0", data)).toThrow(
    /price should hold numbers[\s\S]*"cheap"[\s\S]*line 4/,
  );
  const declared = long(table, { situation: "id", choice: "choice", categories: { price: {} } });
  expect(Object.keys(asSpec("price | 0", declared).parameters)).toEqual([
    "price_4",
    "price_5",
    "price_cheap",
  ]);
});
