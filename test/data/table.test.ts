import { describe, expect, it } from "vitest";
import { Table } from "../../src/data/table.ts";

const people = Table.of({
  age: [31, 17, Number.NaN, 64],
  region: ["north", "south", "north", null],
  "price.beach": [1, 2, 3, 4],
});
const column = (table: Table, name: string) => [...(table.column(name) as { values: Float64Array }).values];

describe("a table", () => {
  it("keeps the rows for which a filter is true", () => {
    expect(column(people.filter("age >= 18"), "age")).toEqual([31, 64]);
    expect(column(people.filter('region == "north"'), "price.beach")).toEqual([1, 3]);
  });

  it("finds every comparison with a missing value false, also unequal", () => {
    expect(people.filter("age != 17").rows).toBe(2);
    expect(people.filter('region != "north"').rows).toBe(1);
    expect(people.filter("age == age").rows).toBe(3);
  });

  it("drops rows for which the filter is missing", () => {
    expect(people.filter("age - 17").rows).toBe(2);
  });

  it("compares labels with a number by how it is written", () => {
    const trips = Table.of({ alternative: ["0", "1", "x"], time: [1, 2, 3] });
    expect(column(trips.filter("alternative == 0"), "time")).toEqual([1]);
  });

  it("compares numbers with a quoted number", () => {
    expect(people.filter('age == "31"').rows).toBe(1);
  });

  it("derives columns, each of which may use those before it", () => {
    const more = people.derive({
      young: "age < 30",
      cost: "`price.beach` * 2",
      twice: "cost * 2",
      where: "region",
    });
    expect(column(more, "young")).toEqual([0, 1, 0, 0]);
    expect(column(more, "twice")).toEqual([4, 8, 12, 16]);
    expect(more.column("where")).toBe(people.column("region"));
    expect(people.names).not.toContain("cost");
  });

  it("reads a name with a dot without backticks when the table has it", () => {
    expect(people.filter("price.beach > 2").rows).toBe(2);
  });

  it("takes a text that is exactly a column's name as that column", () => {
    expect([...people.evaluate("price.beach")]).toEqual([1, 2, 3, 4]);
  });

  it("remembers the lines of the file through filters", () => {
    const rest = people.filter("`price.beach` > 1").filter("`price.beach` != 3");
    expect([rest.line(0), rest.line(1)]).toEqual([3, 5]);
  });

  it("names the nearest column when one is unknown", () => {
    expect(() => people.filter("agee > 3")).toThrow(/no column agee[\s\S]*\^[\s\S]*did you mean age\?/);
    expect(() => people.select(["regio"])).toThrow(/did you mean region\?/);
  });

  it("refuses labels where a number belongs and says what they are", () => {
    expect(() => people.filter("region + 1 > 2")).toThrow(/region holds labels[\s\S]*"north", "south"/);
    expect(() => people.derive({ r: 'if(age > 3, "old", "young")' })).toThrow(/the text "old"/);
    expect(() => people.filter('region < "south"')).toThrow(/holds labels/);
    expect(() => people.filter('age == "old"')).toThrow(/the text "old"/);
  });

  it("takes a label that never occurs for a misspelling", () => {
    expect(() => people.filter('region == "nrth"')).toThrow(/never "nrth"[\s\S]*did you mean north\?/);
  });

  it("refuses columns of unequal length", () => {
    expect(() => Table.of({ a: [1, 2], b: [1] })).toThrow(/column b has 1 rows/);
  });

  it("is made from records when that is what there is", () => {
    const table = Table.from([{ a: 1, b: "x" }, { a: 2 }]);
    expect(table.names).toEqual(["a", "b"]);
    expect(table.filter('b == "x"').rows).toBe(1);
  });
});

describe("a table as text", () => {
  it("aligns labels left and numbers right under their names", () => {
    const text = `${Table.of({ name: ["b_cost", "tau"], estimate: [-1.5, 12] }, { title: "Fit", formats: { estimate: 2 } })}`;
    expect(text.split("\n")).toEqual([
      "Fit",
      "",
      "name    estimate",
      "──────  ────────",
      "b_cost     -1.50",
      "tau        12.00",
    ]);
  });

  it("fits 80 columns by breaking wide tables into blocks that repeat the first column", () => {
    const wide = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`attribute_${i}`, [i, i]]));
    const lines = `${Table.of({ alternative: ["car", "bus"], ...wide })}`.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.filter((line) => line.startsWith("alternative")).length).toBe(3);
  });

  it("leaves out the middle of a long table and says how much", () => {
    const text = `${Table.of({ x: Float64Array.from({ length: 1000 }, (_, i) => i) })}`;
    expect(text).toContain("… 975 more rows");
    expect(text).toMatch(/\n999$/);
  });

  it("cuts only very long labels, and shows each on one line", () => {
    const text = `${Table.of({ label: ["likelihood ratio against equal shares, χ²(6)", "x".repeat(99), "a\nb"] })}`;
    expect(text).toContain("likelihood ratio against equal shares, χ²(6)\n");
    expect(text).toContain(`${"x".repeat(63)}…\na b`);
  });

  it("shows missing values as nothing and notes beneath", () => {
    const text = `${Table.of({ a: ["x", null], b: [Number.NaN, 1] }, { notes: ["All is well."] })}`;
    expect(text.split("\n").slice(2)).toEqual(["x", "   1", "", "All is well."]);
  });
});
