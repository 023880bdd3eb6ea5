import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { readArrow } from "../../src/data/arrow.ts";
import { cell } from "../../src/data/index.ts";
import { readParquet } from "../../src/data/parquet.ts";
import { readCsv } from "../../src/node.ts";

const folder = mkdtempSync(join(tmpdir(), "logsum-formats-"));
const modes = ["train", "bus", null, "train"];
const costs = [1.5, -2, null, 1e6];

const parquet = (): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: "id", data: [1n, 1n, 2n, 2n], type: "INT64" },
        { name: "cost", data: costs, type: "DOUBLE", nullable: true },
        { name: "mode", data: modes, type: "STRING", nullable: true },
        { name: "choice", data: [true, false, false, true], type: "BOOLEAN" },
      ],
      rowGroupSize: 3,
    }),
  );
const arrow = (): Uint8Array =>
  tableToIPC(
    tableFromArrays({
      id: Int32Array.of(1, 1, 2, 2),
      cost: costs,
      mode: modes,
      choice: [true, false, false, true],
    }),
    {
      format: "file",
    },
  )!;

describe.each([
  ["Parquet", "parquet", parquet],
  ["Arrow", "arrow", arrow],
] as const)("a %s file", (_, ending, bytes) => {
  test("has the same table as the CSV of the same rows", async () => {
    const csv = "id,cost,mode,choice\n1,1.5,train,1\n1,-2,bus,0\n2,NA,NA,0\n2,1000000,train,1\n";
    writeFileSync(join(folder, "trips.csv"), csv);
    writeFileSync(join(folder, `trips.${ending}`), bytes());
    const expected = await readCsv(join(folder, "trips.csv"));
    const found = await readCsv(join(folder, `trips.${ending}`));
    expect(found.names).toEqual(expected.names);
    for (const name of expected.names)
      for (let row = 0; row < expected.rows; row++)
        expect(cell(found.column(name), row)).toBe(cell(expected.column(name), row));
  });

  test("that is named .csv is told its right ending", async () => {
    writeFileSync(join(folder, `${ending}.csv`), bytes());
    await expect(readCsv(join(folder, `${ending}.csv`))).rejects.toThrow(new RegExp(`\\.${ending}`));
  });

  test("that is damaged is a complaint", async () => {
    const broken = bytes().slice(0, 40);
    writeFileSync(join(folder, `broken.${ending}`), broken);
    await expect(readCsv(join(folder, `broken.${ending}`))).rejects.toThrow("damaged");
  });
});

test("dates become labels", async () => {
  const data = [new Date("2024-05-01T00:00:00Z"), new Date("2024-05-01T08:30:00Z")];
  const table = await readParquet(
    parquetWriteBuffer({ columnData: [{ name: "when", data, type: "TIMESTAMP" }] }),
  );
  expect(table.column("when")).toMatchObject({ levels: ["2024-05-01", "2024-05-01T08:30:00.000Z"] });
});

test("lists have no place in a cell", () => {
  const bytes = tableToIPC(tableFromArrays({ list: [[1, 2], [3]] }), { format: "file" })!;
  expect(() => readArrow(bytes)).toThrow(/column list holds values that are neither numbers nor text/);
});
