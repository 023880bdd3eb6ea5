import { describe, expect, it } from "vitest";
import {
  type ChoiceData,
  checkUsed,
  long,
  parseCsv,
  resolve,
  variesWithinSituations,
  wide,
} from "../../src/data/index.ts";
import { Place, parse } from "../../src/expr/index.ts";

const utility = (data: ChoiceData, text: string, place: number) =>
  resolve(parse(text), { data, place, parameter: () => undefined, source: text });
const each = (data: ChoiceData, text: string) => data.labels!.map((_, j) => utility(data, text, j));

describe("a missing value", () => {
  const table = parseCsv(`id,mode,choice,cost,there,income,region
1,car,1,5,1,20,north
1,bus,0,,0,20,north
2,car,0,6,1,,
2,bus,1,3,1,,
`);
  const options = { situation: "id", alternative: "mode", choice: "choice" };

  it("is a complaint in a column that a utility uses, with its line", () => {
    const data = long(table, options);
    expect(() => checkUsed(data, each(data, "cost"))).toThrow(
      /cost is missing in situation 1[\s\S]*line 3, column cost/,
    );
    expect(() => checkUsed(data, [utility(data, "cost", Place.axis)])).toThrow(/line 3, column cost/);
    expect(() => checkUsed(data, each(data, "income"))).toThrow(
      /income is missing in situation 2[\s\S]*line 4/,
    );
    expect(() => checkUsed(data, each(data, 'region == "north"'))).toThrow(/missing in situation 2/);
  });

  it("is none where the alternative is not available", () => {
    const data = long(table, { ...options, available: "there" });
    expect(() => checkUsed(data, each(data, "cost"))).not.toThrow();
    expect(() => checkUsed(data, [utility(data, "cost", Place.axis)])).not.toThrow();
  });

  it("is none in a column that is not used", () => {
    const data = long(table, options);
    expect(() => checkUsed(data, each(data, "there"))).not.toThrow();
  });

  it("is found in wide data where the alternative that uses it is available", () => {
    const trips = parseCsv("chosen,car_cost,bus_cost,car_av\nbus,,1,0\ncar,2,3,1\nbus,4,NA,1\n");
    const data = wide(trips, {
      choice: "chosen",
      alternatives: ["car", "bus"],
      available: { car: "car_av" },
      attributes: { cost: "{alternative}_cost" },
    });
    const zero = utility(data, "0", 0);
    expect(() => checkUsed(data, [utility(data, "cost", 0), zero])).not.toThrow();
    expect(() => checkUsed(data, [zero, utility(data, "cost", 1)])).toThrow(
      /bus_cost is missing in situation 3[\s\S]*line 4/,
    );
    expect(() => checkUsed(data, [zero, utility(data, "car_cost", 1)])).toThrow(
      /car_cost is missing in situation 1/,
    );
    expect(() => checkUsed(data, [utility(data, "cost", Place.axis)])).toThrow(
      /cost is missing in situation 3/,
    );
  });

  it("is an attribute of another alternative that is not there", () => {
    const data = long(table, { ...options, available: "there" });
    const utilities = [utility(data, "cost.bus", 0), utility(data, "cost", 1)];
    expect(() => checkUsed(data, utilities)).toThrow(
      /utility of car reads cost of bus, which is not available[\s\S]*situation 1/,
    );
  });

  it("may also be an infinite one", () => {
    const data = long(table.derive({ ratio: "1 / (cost - 6)" }), { ...options, available: "there" });
    expect(() => checkUsed(data, each(data, "ratio"))).toThrow(
      /ratio is not finite in situation 2[\s\S]*Infinity[\s\S]*line 4/,
    );
  });
});

describe("a column", () => {
  it("varies within situations, or does not", () => {
    const table = parseCsv("id,alt,choice,cost,income\n1,a,1,1,9\n1,b,0,2,9\n2,a,1,1,8\n2,b,0,1,8\n");
    const data = long(table, { situation: "id", alternative: "alt", choice: "choice" });
    expect(variesWithinSituations(data, "cost")).toBe(true);
    expect(variesWithinSituations(data, "income")).toBe(false);
    expect(variesWithinSituations(data, "alt_b")).toBe(true);
  });

  it("varies within situations of wide data when the attribute does", () => {
    const data = wide(parseCsv("y,x_a,x_b,z\na,1,2,3\nb,1,1,4\n"), {
      choice: "y",
      alternatives: ["a", "b"],
      attributes: { x: "x_{alternative}", same: { a: "z", b: "z" } },
    });
    expect(variesWithinSituations(data, "x")).toBe(true);
    expect(variesWithinSituations(data, "same")).toBe(false);
    expect(variesWithinSituations(data, "z")).toBe(false);
  });
});
