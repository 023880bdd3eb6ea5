import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readArrow } from "../../src/data/arrow.ts";
import { cell, type Table } from "../../src/data/index.ts";
import { convert, open, readCsv } from "../../src/node.ts";

const folder = mkdtempSync(join(tmpdir(), "logsum-convert-"));
const csv = join(folder, "trips.csv");
const rows = 90_000;

/** Labels, gaps, ids beyond single precision, and a column whose first word comes late. */
beforeAll(() => {
  const lines = Array.from({ length: rows }, (_, row) => {
    const late = row < 85_000 ? `${row % 9}.50` : "none";
    return `${2 ** 24 + row},${row % 7 === 3 ? "NA" : (row % 100) / 10},${["bus", "car"][row % 2]},${late}`;
  });
  writeFileSync(csv, `id,cost,mode,late\n${lines.join("\n")}\n`);
});

const cells = (table: Table, name: string): unknown[] => {
  const column = table.column(name);
  const whole = column.kind === "number" ? { kind: "number" as const, values: column.values } : column;
  return Array.from({ length: table.rows }, (_, row) => cell(whole, row));
};

describe("a CSV file that is converted", () => {
  test("holds the same table when it is opened, and when it is read whole", async () => {
    const path = join(folder, "trips.arrows");
    await convert(csv, path);
    const expected = await readCsv(csv);
    for (const found of [await open(path), readArrow(readFileSync(path))]) {
      expect([found.names, found.rows]).toEqual([expected.names, rows]);
      for (const name of ["id", "cost", "mode"])
        expect(cells(found, name).join()).toBe(cells(expected, name).join());
      // As it is written in the file, which readCsv no longer knows when the word comes.
      expect(cells(found, "late").slice(84_999, 85_001)).toEqual(["3.50", "none"]);
    }
  });

  test("takes less in single precision, and keeps its ids", async () => {
    const [double, single] = [join(folder, "double.arrows"), join(folder, "single.arrows")];
    await convert(csv, double);
    await convert(csv, single, { numbers: "float32" });
    expect(statSync(double).size - statSync(single).size).toBeGreaterThan(3.9 * rows);
    const found = await open(single);
    expect(cells(found, "id")[rows - 1]).toBe(2 ** 24 + rows - 1);
    expect(cells(found, "cost").slice(0, 4)).toEqual([0, Math.fround(0.1), Math.fround(0.2), null]);
  });

  test("is refused under another ending, and where it is none", async () => {
    await expect(convert(csv, join(folder, "trips.arrow"))).rejects.toThrow("ends in .arrows");
    await expect(convert(join(folder, "none.csv"), join(folder, "a.arrows"))).rejects.toThrow("no such file");
    writeFileSync(join(folder, "ragged.csv"), "a,b\n1,2\n3\n");
    await expect(convert(join(folder, "ragged.csv"), join(folder, "a.arrows"))).rejects.toThrow("line 3");
  });
});

test("a CSV file stays in memory, with the advice to convert it", async () => {
  await expect(open(csv)).rejects.toThrow("logsum convert");
});
