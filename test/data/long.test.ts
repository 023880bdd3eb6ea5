import { describe, expect, it } from "vitest";
import { long, parseCsv, Table } from "../../src/data/index.ts";

const options = { situation: "id", alternative: "mode", choice: "choice" };
const trips = parseCsv(`id,mode,choice,cost,income,region
1,car,0,5,20,north
1,bus,1,2,20,north
2,car,1,6,35,south
2,bus,0,3,35,south
`);
const values = (data: ReturnType<typeof long>, name: string) => {
  const column = data.column(name);
  return column && { values: [...column.values], addressing: column.addressing };
};

describe("long data", () => {
  it("has labels in order of first appearance, and the chosen rows", () => {
    const data = long(trips, options);
    expect(data.labels).toEqual(["car", "bus"]);
    expect([...data.start]).toEqual([0, 2, 4]);
    expect([...data.chosen!]).toEqual([1, 2]);
    expect([...data.alternative!]).toEqual([0, 1, 0, 1]);
    expect([data.complete, data.rowOf, data.person, data.weight]).toEqual([true, null, null, null]);
    expect(data.situationIds).toEqual(["1", "2"]);
  });

  it("hands out the table's own numbers when rows are in order", () => {
    const data = long(trips, options);
    const own = trips.column("cost") as { values: Float64Array };
    expect(data.column("cost")!.values).toBe(own.values);
    expect(values(data, "cost")!.addressing).toBe("row");
    expect(values(data, "income")).toEqual({ values: [20, 20, 35, 35], addressing: "first" });
  });

  it("gathers situations whose rows are scattered", () => {
    const scattered = trips.at(Int32Array.of(0, 2, 3, 1));
    const data = long(scattered, options);
    expect([...data.start]).toEqual([0, 2, 4]);
    expect(values(data, "cost")!.values).toEqual([5, 2, 6, 3]);
    expect([...data.chosen!]).toEqual([1, 2]);
    expect(data.complete).toBe(true);
    expect(data.line(1)).toBe(3);
  });

  it("keeps ragged choice sets ragged", () => {
    const data = long(trips.filter('not (id == 1 and mode == "car")'), options);
    expect([...data.start]).toEqual([0, 1, 3]);
    expect(data.labels).toEqual(["bus", "car"]);
    expect([...data.rowOf!]).toEqual([0, -1, 2, 1]);
    expect(data.warnings).toEqual([
      "1 of 2 choice sets have one alternative and tell nothing (the first is situation 1)",
    ]);
  });

  it("leaves out what is not available, whether its row is missing or says so", () => {
    const marked = trips.derive({ there: 'not (id == 2 and mode == "bus")' });
    const data = long(trips, { ...options, available: "cost != 3" });
    expect([...data.start]).toEqual([0, 2, 3]);
    expect(values(data, "cost")!.values).toEqual([5, 2, 6]);
    expect(values(long(marked, { ...options, available: "there" }), "cost")).toEqual(values(data, "cost"));
    expect([...data.rowOf!]).toEqual([0, 1, 2, -1]);
  });

  it("has unlabelled choice sets when no alternative column is named", () => {
    const data = long(trips, { situation: "id", choice: "choice" });
    expect([data.labels, data.alternative, data.rowOf]).toEqual([null, null, null]);
  });

  it("has an alternative called 0", () => {
    const numbered = trips.derive({ number: 'if(mode == "car", 0, 1)' });
    const data = long(numbered, { situation: "id", alternative: "number", choice: "choice" });
    expect(data.labels).toEqual(["0", "1"]);
    expect([...data.chosen!]).toEqual([1, 2]);
  });

  it("reads a choice that names the alternative in every row", () => {
    const named = parseCsv("id,mode,choice\n1,car,bus\n1,bus,bus\n2,bus,car\n2,car,car\n");
    expect([...long(named, options).chosen!]).toEqual([1, 3]);
    const numbered = parseCsv("id,mode,choice\n1,0,1\n1,1,1\n2,0,0\n2,1,0\n");
    expect([...long(numbered, options).chosen!]).toEqual([1, 2]);
  });

  it("reads a choice that is TRUE and FALSE, or an expression", () => {
    const truth = parseCsv("id,mode,choice\n1,car,FALSE\n1,bus,TRUE\n");
    expect([...long(truth, options).chosen!]).toEqual([1]);
    const ranked = parseCsv("id,mode,rank\n1,car,2\n1,bus,1\n");
    expect([...long(ranked, { ...options, choice: "rank == 1" }).chosen!]).toEqual([1]);
  });

  it("has ids of any type, in several columns", () => {
    const panel = parseCsv(`who,task,mode,choice
anna,1,car,1\nanna,1,bus,0\nanna,2,car,1\nanna,2,bus,0\nbert,1,car,0\nbert,1,bus,1\n`);
    const data = long(panel, {
      situation: ["who", "task"],
      alternative: "mode",
      choice: "choice",
      person: "who",
    });
    expect(data.situationIds).toEqual(["anna / 1", "anna / 2", "bert / 1"]);
    expect([...data.person!]).toEqual([0, 0, 1]);
    expect(data.persons).toEqual(["anna", "bert"]);
  });

  it("numbers ids that come in any order", () => {
    const table = Table.of({
      id: [9, 9, 3, 3, 9.5, 9.5, -1, -1],
      choice: [1, 0, 1, 0, 1, 0, 1, 0],
      person: [2, 2, 1, 1, 2, 2, 1, 1],
    });
    const data = long(table, { situation: "id", choice: "choice", person: "person" });
    expect(data.situationIds).toEqual(["9", "3", "9.5", "-1"]);
    expect([...data.person!]).toEqual([0, 1, 0, 1]);
  });

  it("has weights of situations, or of the chosen alternatives", () => {
    expect([...long(trips, { ...options, weight: "income / 10" }).weight!]).toEqual([2, 3.5]);
    expect([...long(trips, { ...options, weight: { car: 0.5, bus: "income" } }).weight!]).toEqual([20, 0.5]);
  });

  it("has no choices when it is there to predict", () => {
    expect(long(trips, { ...options, choice: null }).chosen).toBeNull();
  });

  it("derives columns and filters before anything else", () => {
    const data = long(trips, { ...options, derive: { dear: "cost * 2" }, filter: "dear > 5 and id == 2" });
    expect(values(data, "dear")!.values).toEqual([12, 6]);
  });

  it("turns text into 0/1 columns against a reference", () => {
    const data = long(trips, options);
    expect(data.category("region")).toEqual({
      reference: "north",
      declared: false,
      levels: ["north", "south"],
      coding: "dummy",
      columns: ["region_south"],
    });
    expect(values(data, "region_south")).toEqual({ values: [0, 0, 1, 1], addressing: "first" });
    expect(data.names).toContain("region_south");
    expect(data.column("region_north")).toBeNull();
  });

  it("codes effects with −1 on the reference, and numbers that are categories", () => {
    const data = long(trips, {
      ...options,
      categories: { region: { reference: "south", coding: "effects" }, cost: { reference: 2 } },
    });
    expect(values(data, "region_north")!.values).toEqual([1, 1, -1, -1]);
    expect(data.category("cost")!.columns).toEqual(["cost_3", "cost_5", "cost_6"]);
    expect(values(data, "cost_5")!.values).toEqual([1, 0, 0, 0]);
  });
});

describe("what is not long data", () => {
  const csv = (...rows: string[]) => parseCsv(`id,mode,choice,w\n${rows.join("\n")}\n`);
  const good = ["1,car,0,1", "1,bus,1,1"];
  const cases: [string, Table, object, RegExp][] = [
    [
      "no choice",
      csv(...good, "2,car,0,1", "2,bus,0,1"),
      {},
      /no alternative is chosen in situation 2[\s\S]*line 4, column choice/,
    ],
    [
      "two choices",
      csv("1,car,1,1", "1,bus,1,1"),
      {},
      /two alternatives are chosen in situation 1[\s\S]*lines 2 and 3/,
    ],
    [
      "a choice that is not available",
      csv(...good),
      { available: 'mode == "car"' },
      /chosen alternative is not available in situation 1[\s\S]*line 3/,
    ],
    [
      "an alternative twice",
      csv(...good, "1,car,0,1"),
      {},
      /alternative car is twice in situation 1[\s\S]*line 4, column mode/,
    ],
    [
      "a choice of 2",
      csv("1,car,2,1", "1,bus,1,1"),
      {},
      /choice is neither 0 nor 1[\s\S]*value: 2[\s\S]*line 2/,
    ],
    ["a missing choice", csv("1,car,NA,1", "1,bus,1,1"), {}, /choice is missing[\s\S]*line 2/],
    [
      "a choice in other words",
      csv("1,car,no,1", "1,bus,picked,1"),
      {},
      /neither 0 nor 1[\s\S]*"picked"[\s\S]*line 3/,
    ],
    [
      "an unknown choice",
      csv("1,car,car,1", "1,bus,car,1", "2,car,bsu,1", "2,bus,bsu,1"),
      {},
      /bsu was chosen, which is not an alternative[\s\S]*line 4[\s\S]*did you mean bus\?/,
    ],
    [
      "a named choice without a row",
      csv("1,car,car,1", "1,bus,car,1", "2,car,bus,1"),
      {},
      /bus was chosen in situation 2, where it is not available/,
    ],
    [
      "a named choice that changes",
      csv("1,car,car,1", "1,bus,bus,1"),
      {},
      /choice changes within situation 1[\s\S]*line 3/,
    ],
    ["a missing situation", csv(...good, "NA,car,1,1"), {}, /id is missing[\s\S]*line 4/],
    ["a missing alternative", csv(...good, "1,,0,1"), {}, /mode is missing[\s\S]*line 4/],
    [
      "a person who changes",
      csv("1,car,0,1", "1,bus,1,2"),
      { person: "w" },
      /w changes within situation 1[\s\S]*value: 2[\s\S]*line 3/,
    ],
    [
      "a weight that changes",
      csv("1,car,0,1", "1,bus,1,2"),
      { weight: "w" },
      /the weight changes within situation 1[\s\S]*line 3/,
    ],
    [
      "a negative weight",
      csv("1,car,0,-1", "1,bus,1,-1"),
      { weight: "w" },
      /a weight is negative[\s\S]*value: -1[\s\S]*line 2/,
    ],
    ["a missing weight", csv("1,car,0,NA", "1,bus,1,NA"), { weight: "w" }, /a weight is missing/],
    ["an infinite weight", csv(...good), { weight: "1 / (w - 1)" }, /a weight is not finite/],
    ["weights of 0", csv(...good), { weight: "w * 0" }, /all weights are 0/],
    [
      "a weight for an unknown alternative",
      csv(...good),
      { weight: { car: 1, buss: 2 } },
      /buss has a weight[\s\S]*did you mean bus/,
    ],
    [
      "a missing weight for an alternative",
      csv(...good),
      { weight: { car: 1 } },
      /alternative bus has no weight/,
    ],
    [
      "an availability of 2",
      csv(...good),
      { available: "w + 1" },
      /availability is neither 0 nor 1[\s\S]*value: 2/,
    ],
    [
      "a situation without alternatives",
      csv(...good, "2,car,1,1"),
      { available: "id == 1" },
      /no alternative is available in situation 2|chosen alternative is not available/,
    ],
    ["a filter that keeps nothing", csv(...good), { filter: "w > 5" }, /the filter keeps no row/],
    ["a misspelled option", csv(...good), { persn: "id" }, /no option persn[\s\S]*did you mean person/],
    ["a misspelled column", csv(...good), { alternative: "mod" }, /no column mod[\s\S]*did you mean mode/],
    [
      "an unknown reference",
      csv(...good),
      { reference: "cra" },
      /reference cra is not an alternative[\s\S]*did you mean car/,
    ],
    [
      "a reference level that does not occur",
      csv(...good),
      { categories: { w: { reference: 7 } } },
      /no level "7"/,
    ],
  ];
  it.each(cases)("is refused: %s", (_, table, more, message) => {
    expect(() => {
      const data = long(table, { ...options, ...more });
      for (const name of table.names) data.category(name);
    }).toThrow(message);
  });

  it("needs to know the situation and the choice", () => {
    expect(() => long(trips, { choice: "choice" } as never)).toThrow(
      /needs the option situation[\s\S]*id, mode/,
    );
    expect(() => long(trips, { situation: "id" } as never)).toThrow(/needs the option choice/);
  });
});
