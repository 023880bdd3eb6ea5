import { describe as about, expect, it } from "vitest";
import { cell, describe, long, parseCsv, type Table, wide } from "../../src/data/index.ts";

const rows = (table: Table) =>
  Array.from({ length: table.rows }, (_, row) => table.names.map((name) => cell(table.column(name), row)));

about("the description of choice data", () => {
  const table = parseCsv(`person,id,mode,choice,cost,income,region,w
a,1,car,1,5,20,north,3
a,1,bus,0,2,20,north,3
a,2,bus,1,3,20,north,1
b,3,car,0,7,40,south,1
b,3,bus,1,4,40,south,1
`);
  const data = long(table, { situation: "id", alternative: "mode", choice: "choice", person: "person" });
  const [sample, alternatives, attributes] = describe(data);

  it("counts situations, persons and choice sets, and repeats warnings", () => {
    expect(rows(sample)).toEqual([
      ["choice situations", "3"],
      ["persons", "2"],
      ["situations of a person", "1 to 2, mean 1.50"],
      ["alternatives in a choice set", "1 to 2, mean 1.67"],
      ["rows of available alternatives", "5"],
    ]);
    expect(sample.display.notes).toEqual([
      "Warning: 1 of 3 choice sets have one alternative and tell nothing (the first is situation 2).",
    ]);
  });

  it("counts how often each alternative was there and was chosen", () => {
    expect(rows(alternatives)).toEqual([
      ["car", 2, 1, 1 / 3, 1 / 2],
      ["bus", 3, 2, 2 / 3, 2 / 3],
    ]);
  });

  it("gives mean and range of attributes, of each alternative where they vary", () => {
    expect(rows(attributes)).toEqual([
      ["cost", "car", 6, 5, 7],
      ["cost", "bus", 3, 2, 4],
      ["income", "", 80 / 3, 20, 40],
      ["region_south", "", 1 / 3, 0, 1],
      ["w", "", 5 / 3, 1, 3],
    ]);
    expect(attributes.display.notes!.at(-1)).toBe("region: 0/1 columns against the reference north.");
  });

  it("weights the shares and leaves out weights and ids", () => {
    const weighted = long(table, { situation: "id", alternative: "mode", choice: "choice", weight: "w" });
    const [, shares, values] = describe(weighted);
    expect(rows(shares).map((row) => row[3])).toEqual([3 / 5, 2 / 5]);
    expect(rows(values).map((row) => row[0])).not.toContain("w");
  });

  it("describes attributes of wide data, not the columns they are made of", () => {
    const wideData = wide(parseCsv("y,cost_a,cost_b,age\na,1,2,30\nb,3,NA,40\n"), {
      choice: "y",
      alternatives: ["a", "b"],
      attributes: { cost: "cost_{alternative}" },
    });
    expect(rows(describe(wideData)[2])).toEqual([
      ["cost", "a", 2, 1, 3, 0],
      ["cost", "b", 2, 2, 2, 1],
      ["age", "", 35, 30, 40, 0],
    ]);
  });

  it("describes an attribute that has the name of one of its columns", () => {
    const same = wide(parseCsv("y,cost,other\na,1,2\nb,3,4\n"), {
      choice: "y",
      alternatives: ["a", "b"],
      attributes: { cost: { a: "cost", b: "other" } },
    });
    expect(rows(describe(same)[2])).toEqual([
      ["cost", "a", 2, 1, 3],
      ["cost", "b", 3, 2, 4],
    ]);
  });

  it("needs neither labels nor choices", () => {
    const unlabelled = long(table, { situation: "id", choice: null });
    expect(describe(unlabelled).map(({ display }) => display.title)).toEqual(["Sample", "Attributes"]);
  });
});
