import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NumberColumn } from "../../src/data/column.ts";
import { columnFrom } from "../../src/data/otherFormats.ts";
import { parseCsv, Table } from "../../src/index.ts";

const stored = (table: Table, name: string): unknown => (table.column(name) as NumberColumn).stored;
const values = (table: Table, name: string): number[] => [...(table.column(name) as NumberColumn).values];
const read = (text: string): Table => parseCsv(text, { numbers: "float32" });

describe("numbers of a CSV file in single precision", () => {
  const text = "id,price,age,tiny\n16777216,0.1,31,1e-60\n16777217,12.3456789,NA,1\n";

  test("are rounded to the nearest that there is", () => {
    expect(values(read(text), "price")).toEqual([Math.fround(0.1), Math.fround(12.3456789)]);
    expect(stored(read(text), "price")).toMatchObject({ kind: "single" });
  });

  test("stay missing where they are missing", () => {
    expect(values(read(text), "age")).toEqual([31, Number.NaN]);
    expect(stored(read(text), "age")).toMatchObject({ kind: "single" });
  });

  test("stay in double precision where an id would change, or a number would become 0", () => {
    expect(values(read(text), "id")).toEqual([16777216, 16777217]);
    expect(values(read(text), "tiny")).toEqual([1e-60, 1]);
    expect([stored(read(text), "id"), stored(read(text), "tiny")]).toEqual([undefined, undefined]);
  });

  test("become the labels they were written as where a word comes late", () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `${(i % 7) / 10 + 0.1},${i}`);
    const column = read(`x,y\n${rows.join("\n")}\nnone,1\n`).column("x");
    expect(column.kind === "text" && column.levels.slice(0, 3)).toEqual(["0.1", "0.2", "0.3"]);
  });

  test("that are neither are refused", () => {
    expect(() => parseCsv(text, { numbers: "float16" as "float32" })).toThrow(
      "numbers are float64 or float32",
    );
  });
});

test("whatever whole numbers a file holds, all of them survive", () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger(), { minLength: 1 }), (ids) => {
      expect(values(read(`id\n${ids.join("\n")}\n`), "id")).toEqual(ids);
    }),
  );
});

test("a table of single precision keeps it when rows are taken, and says what it holds", () => {
  const table = Table.of({ x: Float32Array.of(0.5, 1.5, 2.5), id: [1, 2, 3] }).filter("id != 2");
  expect(stored(table, "x")).toMatchObject({ kind: "single", length: 2 });
  expect(values(table, "x")).toEqual([0.5, 2.5]);
  expect(`${table}`).toContain("2.5");
});

test("a column of another format is in single precision where it is there", () => {
  expect(columnFrom("x", Float32Array.of(1, 2))).toMatchObject({ stored: { kind: "single" } });
});
