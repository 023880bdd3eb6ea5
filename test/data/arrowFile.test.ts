import { appendFileSync, mkdtempSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CompressionType,
  columnFromArray,
  dictionary,
  float16,
  setCompressionCodec,
  tableFromArrays,
  tableFromColumns,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import { describe, expect, test } from "vitest";
import { messagesOf } from "../../src/data/arrowMessages.ts";
import type { NumberColumn } from "../../src/data/column.ts";
import { cell, long, type Table } from "../../src/data/index.ts";
import { open, readCsv } from "../../src/node.ts";

const folder = mkdtempSync(join(tmpdir(), "logsum-arrow-"));
const rows = 1000;
const every = <T>(of: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => of(row));

/** What other packages write: whole numbers of 64 bits, gaps, labels with and without a dictionary, truth values. */
function written(name: string, format: "file" | "stream" = "file"): string {
  const table = tableFromArrays(
    {
      id: BigInt64Array.from(every((row) => BigInt(row) - 2n ** 40n)),
      cost: every((row) => (row % 7 === 3 ? null : row / 8)),
      small: Uint8Array.from(every((row) => row % 200)),
      mode: every((row) => (row % 11 === 0 ? null : ["train", "bus", "car"][row % 3])),
      late: every((row) => (row < 400 ? null : `after ${row % 5}`)),
      yes: every((row) => row % 2 === 0),
    },
    { maxBatchRows: 150 },
  );
  const path = join(folder, name);
  writeFileSync(path, tableToIPC(table, { format })!);
  return path;
}

const isStored = (table: Table, name: string): boolean =>
  (table.column(name) as NumberColumn).stored !== undefined;

describe.each(["file", "stream"] as const)("an Arrow %s that is opened", (format) => {
  test("has the table that it has when it is read whole", async () => {
    const path = written(`${format}.arrow`, format);
    const [found, expected] = [await open(path), await readCsv(path)];
    expect(found.names).toEqual(expected.names);
    for (const name of expected.names)
      for (let row = 0; row < rows; row++)
        expect(cell(found.column(name), row)).toBe(cell(expected.column(name), row));
  });
});

test("the numbers of an Arrow file stay in it, its labels do not", async () => {
  const table = await open(written("kept.arrow"));
  expect(table.names.filter((name) => isStored(table, name))).toEqual(["id", "cost", "small"]);
  expect(table.filter("mode == 'bus' and cost > 3").rows).toBeGreaterThan(100);
});

test("numbers of half precision are numbers", async () => {
  const path = join(folder, "half.arrows");
  const made = tableFromColumns({ x: columnFromArray([1, 2.5, -3, 0.5], float16()) });
  writeFileSync(path, tableToIPC(made, { format: "stream" })!);
  for (const table of [await open(path), await readCsv(path)])
    expect([...(table.column("x") as NumberColumn).values]).toEqual([1, 2.5, -3, 0.5]);
});

test("labels that a stream replaces are those of their own rows", async () => {
  const path = join(folder, "replaced.arrows");
  const streams = [
    ["car", "bus", "car"],
    ["bus", "car", "bus"],
  ].map(
    (labels) =>
      tableToIPC(tableFromColumns({ mode: columnFromArray(labels, dictionary(utf8())) }), {
        format: "stream",
      })!,
  );
  const [first, second] = streams.map((bytes) =>
    messagesOf(bytes.byteLength, (from, length) => bytes.subarray(from, from + length)).map(
      ({ begin, end }) => bytes.subarray(begin, end),
    ),
  );
  writeFileSync(path, Buffer.concat([...first, ...second.slice(1)]));
  for (const table of [await open(path), await readCsv(path)])
    expect(Array.from({ length: table.rows }, (_, row) => cell(table.column("mode"), row))).toEqual([
      "car",
      "bus",
      "car",
      "bus",
      "car",
      "bus",
    ]);
});

describe("a file is refused with advice", () => {
  test("where two columns have one name", async () => {
    const path = join(folder, "twice.arrows");
    const x = columnFromArray([1, 2]);
    writeFileSync(
      path,
      tableToIPC(
        tableFromColumns([
          ["x", x],
          ["x", x],
        ]),
        { format: "stream" },
      )!,
    );
    await expect(open(path)).rejects.toThrow("two columns are called x");
    await expect(readCsv(path)).rejects.toThrow("two columns are called x");
  });

  test("where ids are too large for numbers", async () => {
    const path = join(folder, "ids.arrows");
    const id = columnFromArray([2n ** 53n, 2n ** 53n + 1n]);
    writeFileSync(path, tableToIPC(tableFromColumns({ id }), { format: "stream" })!);
    await expect(readCsv(path)).rejects.toThrow("whole numbers too large");
    const table = (await open(path)).derive({ choice: "1" });
    expect(() => long(table, { situation: "id", choice: "choice" })).toThrow("ids too large for numbers");
  });

  test("where it ends too early", async () => {
    const path = written("short.arrow");
    truncateSync(path, 9000);
    await expect(open(path)).rejects.toThrow("within a message");
  });

  test("where it is compressed", async () => {
    const path = join(folder, "compressed.arrow");
    const same = (bytes: Uint8Array): Uint8Array => bytes;
    setCompressionCodec(CompressionType.ZSTD, { encode: same, decode: same });
    const bytes = tableToIPC(tableFromArrays({ x: [1, 2] }), {
      format: "file",
      codec: CompressionType.ZSTD,
    })!;
    setCompressionCodec(CompressionType.ZSTD, null as never);
    writeFileSync(path, bytes);
    await expect(open(path)).rejects.toThrow("write it without compression");
  });

  test("where it is something else", async () => {
    const path = join(folder, "other.arrow");
    writeFileSync(path, "id,choice\n1,1\n");
    await expect(open(path)).rejects.toThrow("this is not an Arrow file");
    writeFileSync(path, "");
    await expect(open(path)).rejects.toThrow("this is not an Arrow file");
  });

  test("where it is changed after it was opened", async () => {
    const path = written("changed.arrow");
    const table = await open(path);
    appendFileSync(path, "more");
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(() => table.evaluate("cost * 2")).toThrow("was changed after it was opened");
  });

  test("where it is not there", async () => {
    await expect(open(join(folder, "none.arrow"))).rejects.toThrow("there is no such file");
  });
});
