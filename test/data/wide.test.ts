import { describe, expect, it } from "vitest";
import { type ChoiceData, long, parseCsv, resolve, wide } from "../../src/data/index.ts";
import { nameLeaf, num, Place, parameter, parse, print } from "../../src/expr/index.ts";

const trips = parseCsv(`person,chosen,car_cost,bus_cost,car_av,ticket,brand_car,brand_bus
a,1,5,2,1,none,vw,man
a,2,6,3,0,pass,vw,vw
b,2,7,4,1,none,bmw,man
`);
const options = {
  choice: "chosen",
  alternatives: { car: 1, bus: 2 },
  available: { car: "car_av" },
  attributes: {
    cost: { car: "car_cost", bus: 'bus_cost * (ticket == "none")' },
    brand: "brand_{alternative}",
    wait: { bus: 7 },
  },
  person: "person",
};
const data = wide(trips, options);
const at = (text: string, place: number, choiceData: ChoiceData = data) =>
  print(
    resolve(parse(text), {
      data: choiceData,
      place,
      parameter: (name) => (name.startsWith("b_") ? parameter(name) : undefined),
      parameters: ["b_cost"],
      source: text,
    }),
  );

describe("wide data", () => {
  it("has a row for every available alternative", () => {
    expect(data.labels).toEqual(["car", "bus"]);
    expect([...data.start]).toEqual([0, 2, 3, 5]);
    expect([...data.alternative!]).toEqual([0, 1, 1, 0, 1]);
    expect([...data.rowOf!]).toEqual([0, 1, -1, 2, 3, 4]);
    expect([...data.chosen!]).toEqual([0, 2, 4]);
    expect([...data.person!]).toEqual([0, 0, 1]);
    expect(data.situationIds).toEqual(["1", "2", "3"]);
    expect(data.line(2)).toBe(3);
  });

  it("is complete when all alternatives are always available", () => {
    const all = wide(trips, { ...options, available: null });
    expect([all.complete, all.rowOf, all.rows]).toEqual([true, null, 6]);
    expect([...all.alternative!]).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it("means by an attribute the expression of each alternative", () => {
    expect(at("b_cost * cost", 0)).toBe("b_cost * car_cost");
    expect(at("cost", 1)).toBe('bus_cost * `ticket == "none"`');
    expect(at("wait", 1)).toBe("7");
    expect(data.column("car_cost")).toEqual({ values: Float64Array.of(5, 6, 7), addressing: "situation" });
    expect([...data.column('ticket == "none"')!.values]).toEqual([1, 0, 1]);
  });

  it("reads an attribute of another alternative by its label", () => {
    expect(at("cost - cost.car", 1)).toBe('bus_cost * `ticket == "none"` - car_cost');
  });

  it("has one value a row of an attribute along the axis", () => {
    expect(at("cost", Place.axis)).toBe("cost");
    expect(data.column("cost")).toEqual({ values: Float64Array.of(5, 2, 0, 7, 4), addressing: "row" });
    expect([...data.column("brand_vw")!.values]).toEqual([1, 0, 1, 0, 0]);
  });

  it("makes 0/1 columns of labels that are attributes", () => {
    expect(data.category("brand")!.columns).toEqual(["brand_man", "brand_vw"]);
    expect(at("brand_vw", 0)).toBe("brand_car_vw");
    expect(at("brand_man", 0)).toBe("0");
    expect(at('brand == "bmw"', 0)).toBe('`brand_car == "bmw"`');
    expect([...data.column('brand_car == "bmw"')!.values]).toEqual([0, 0, 1]);
  });

  it("compares labels of a situation, and uses them as 0/1 columns", () => {
    expect(at('ticket == "pass"', 0)).toBe("ticket_pass");
    expect(at('ticket != "none"', 0)).toBe('1 - `ticket == "none"`');
    expect(at("ticket_pass", 1)).toBe("ticket_pass");
    expect([...data.column("ticket_pass")!.values]).toEqual([0, 1, 0]);
  });

  it("takes a string that is exactly a column's name as that column", () => {
    const fishing = parseCsv("mode,price.beach,price.boat\nbeach,1,2\nboat,3,4\n");
    const fish = wide(fishing, {
      choice: "mode",
      alternatives: ["beach", "boat"],
      attributes: { price: "price.{alternative}" },
    });
    expect(at("price", 1, fish)).toBe("`price.boat`");
    expect(at("price.beach", 1, fish)).toBe("`price.beach`");
    expect([...fish.chosen!]).toEqual([0, 3]);
  });

  it("keeps an attribute apart from a column of the same name", () => {
    const table = parseCsv("chosen,cost,bus_cost\ncar,1,2\n");
    const same = wide(table, {
      choice: "chosen",
      alternatives: ["car", "bus"],
      attributes: { cost: { car: "cost", bus: "bus_cost" } },
    });
    expect(at("cost", 0, same)).toBe("cost");
    expect(at("cost", 1, same)).toBe("bus_cost");
    const axis = resolve(nameLeaf("cost"), {
      data: same,
      place: Place.axis,
      parameter: () => undefined,
      source: "cost",
    });
    expect([...same.column(axis.name)!.values]).toEqual([1, 2]);
    expect([...same.column("cost")!.values]).toEqual([1]);
  });

  it("has an alternative called 0, and weights by chosen alternative", () => {
    const table = parseCsv("y,x\n0,1\n1,2\n");
    const binary = wide(table, { choice: "y", alternatives: [0, 1], weight: { 0: "x", 1: 5 } });
    expect(binary.labels).toEqual(["0", "1"]);
    expect([...binary.chosen!]).toEqual([0, 3]);
    expect([...binary.weight!]).toEqual([1, 5]);
  });
});

describe("names in utilities", () => {
  it("are parameters first", () => {
    const name = resolve(nameLeaf("cost"), { data, place: 0, parameter: () => num(3), source: "cost" });
    expect(name.value).toBe(3);
  });

  it.each([
    [
      "b_cost * cots",
      /cots is neither a parameter nor a column[\s\S]*b_cost \* cots\n +\^[\s\S]*did you mean cost\?/,
    ],
    ["b_cst * cost", /b_cst is neither[\s\S]*did you mean b_cost/],
    ["cost.cra", /no alternative cra[\s\S]*did you mean car\?/],
    ["cots.car", /no column or attribute cots[\s\S]*did you mean cost\?/],
    ["ticket + 1", /ticket holds labels[\s\S]*"none", "pass"[\s\S]*ticket_pass/],
    ["brand * 2", /brand holds labels[\s\S]*brand_man, brand_vw/],
    ['ticket == "pas"', /ticket is never "pas"[\s\S]*did you mean pass/],
    ["wait", /attribute wait is not given for alternative car/],
    ["2 * (cost", /\) was expected/],
  ])("are refused: %s", (text, message) => {
    const resolving = () =>
      resolve(parse(text), {
        data,
        place: 0,
        parameter: (name) => (name === "b_cost" ? parameter(name) : undefined),
        source: text,
        parameters: ["b_cost"],
      });
    expect(resolving).toThrow(message);
  });

  it("that vary over the alternatives have no value in the situation", () => {
    expect(() => at("cost", Place.situation)).toThrow(/cost varies over the alternatives[\s\S]*cost\.car/);
    expect(at("car_cost", Place.situation)).toBe("car_cost");
  });

  it("belong to the row in long data, or to the situation where they do not vary", () => {
    const table = parseCsv("id,alt,choice,cost,income\n1,a,1,1,9\n1,b,0,2,9\n2,a,1,1,8\n2,b,0,5,8\n");
    const trip = long(table, { situation: "id", alternative: "alt", choice: "choice" });
    expect(trip.resolve("cost", 1)).toMatchObject({ op: "data", value: 1 });
    expect(trip.resolve("cost", Place.axis)).toMatchObject({ op: "data", value: Place.axis });
    expect(trip.resolve("cost", Place.situation)).toBeNull();
    expect(trip.resolve("income", 1)).toMatchObject({ op: "data", value: Place.situation });
    expect(trip.resolve("nothing", 1)).toBeNull();
    expect(() =>
      resolve(parse("cost.a"), {
        data: long(table, { situation: "id", choice: "choice" }),
        place: Place.axis,
        parameter: () => undefined,
        source: "cost.a",
      }),
    ).toThrow(/these alternatives have no names/);
  });

  it("that were used are collected", () => {
    const used = new Set<string>();
    const text = 'b_cost * cost + (ticket == "pass")';
    resolve(parse(text), {
      data,
      place: 0,
      parameter: (name) => (name === "b_cost" ? parameter(name) : undefined),
      source: text,
      used,
    });
    expect([...used].sort()).toEqual(["cost", "ticket"]);
  });
});

describe("what is not wide data", () => {
  const cases: [string, object, RegExp][] = [
    [
      "a choice of no alternative",
      { alternatives: { car: 1, bus: 3 }, attributes: {} },
      /2 was chosen, which is not an alternative[\s\S]*line 3, column chosen/,
    ],
    [
      "a choice that is not available",
      { available: { bus: "car_av" } },
      /bus was chosen in situation 2, where it is not available[\s\S]*line 3/,
    ],
    [
      "availability of an unknown alternative",
      { available: { train: "car_av" } },
      /available is given for train/,
    ],
    [
      "an attribute of an unknown alternative",
      { attributes: { cost: { crr: "car_cost" } } },
      /attribute cost is given for crr[\s\S]*did you mean car/,
    ],
    [
      "an attribute over an unknown column",
      { attributes: { cost: { car: "car_cots / 2" } } },
      /no column car_cots[\s\S]*did you mean car_cost/,
    ],
    [
      "an attribute without alternatives",
      { attributes: { cost: "car_cost" } },
      /same for all alternatives[\s\S]*\{alternative\}/,
    ],
    ["no alternatives", { alternatives: [] }, /needs the option alternatives/],
    [
      "the same alternative twice",
      { alternatives: { car: 1, bus: 1 } },
      /alternatives car and bus are the same/,
    ],
    [
      "no available alternative",
      { available: { car: 0, bus: 0 }, attributes: {} },
      /no alternative is available in situation 1[\s\S]*line 2/,
    ],
    [
      "an option of the other layout",
      { alternative: "chosen" },
      /no option alternative[\s\S]*did you mean alternatives/,
    ],
  ];
  it.each(cases)("is refused: %s", (_, more, message) => {
    expect(() => wide(trips, { ...options, ...more })).toThrow(message);
  });

  it("is refused when a choice is missing", () => {
    expect(() => wide(parseCsv("y,x\na,1\n,2\n"), { choice: "y", alternatives: ["a", "b"] })).toThrow(
      /y is missing[\s\S]*line 3/,
    );
  });
});
