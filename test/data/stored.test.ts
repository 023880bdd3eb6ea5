/** Columns that are not doubles in memory give the same fits, to the last bit. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backends } from "../../src/backends/index.ts";
import { blockOf, eachBlock, type Held, numberAt, single, whole } from "../../src/data/stored.ts";
import { cases, inDouble, inFile, inSingle, numbersOf } from "./storedCases.ts";

const ways = {
  "in single precision that holds them": inSingle,
  "in an Arrow file": inFile("file"),
  "in an Arrow stream": inFile("stream"),
};

describe.each(Object.entries(ways))("numbers %s", (_, way) => {
  test.each(Object.entries(cases))("give the same bits where data are %s", async (__, each) => {
    expect(await numbersOf(each, way)).toEqual(await numbersOf(each, inDouble));
  });
});

describe.each(backends.map(({ name }) => name))("on the backend %s", (backend) => {
  test.each(["labelled, wide, not all there", "unlabelled, ragged"])("%s", async (kind) => {
    const options = { backend };
    const expected = await numbersOf(cases[kind], inDouble, options);
    const way = backend === "interpret" ? inSingle : inFile("file");
    expect(await numbersOf(cases[kind], way, options)).toEqual(expected);
  });
});

const rows = 40_000;
const base = Float64Array.from({ length: rows }, (_, i) => Math.fround(Math.sin(i)));

/** Numbers stored in some way, and what they are. */
const held: fc.Arbitrary<[Held, Float64Array]> = fc.oneof(
  fc.constant<[Held, Float64Array]>([base, base]),
  fc.constant<[Held, Float64Array]>([single(Float32Array.from(base)), base]),
  fc.constant<[Held, Float64Array]>([
    {
      kind: "computed",
      length: rows,
      text: "c0 * 2 + (c1 > 1)",
      columns: { c0: single(Float32Array.from(base)), c1: Int32Array.from(base, (_, i) => i % 3) },
    },
    base.map((value, i) => value * 2 + (i % 3 > 1 ? 1 : 0)),
  ]),
  fc.constantFrom(1, 7, 12_345).map((step): [Held, Float64Array] => {
    const picks = Int32Array.from({ length: rows }, (_, i) => (i * step) % rows);
    return [
      { kind: "picked", length: rows, of: single(Float32Array.from(base)), rows: picks },
      Float64Array.from(picks, (row) => base[row]),
    ];
  }),
  fc.constant<[Held, Float64Array]>([
    {
      kind: "interleaved",
      length: rows,
      of: [base, null, single(Float32Array.from(base))],
      start: Int32Array.from({ length: rows / 2 + 1 }, (_, s) => 2 * s),
      alternative: Int32Array.from(base, (_, i) => i % 3),
    },
    base.map((_, i) => (i % 3 === 1 ? Number.NaN : base[Math.floor(i / 2)])),
  ]),
);

/** The first place where they differ, or −1: a table of each is slow to compare. */
const firstOther = (found: Float64Array, expected: Float64Array): number =>
  found.length === expected.length
    ? found.findIndex((value, i) => !Object.is(value, expected[i]))
    : found.length;

test("any part of numbers that are stored is that part of the numbers", () => {
  fc.assert(
    fc.property(held, fc.nat(rows - 1), fc.nat(rows), ([stored, expected], from, length) => {
      const to = Math.min(rows, from + length);
      expect(firstOther(blockOf(stored, from, to - from), expected.slice(from, to))).toBe(-1);
      expect(numberAt(stored, from)).toEqual(expected[from]);
    }),
    { numRuns: 60 },
  );
});

test("numbers that are stored are the same block by block, and brought into memory", () => {
  fc.assert(
    fc.property(held, ([stored, expected]) => {
      const seen = new Float64Array(rows);
      eachBlock(stored, (values, from) => seen.set(values, from));
      expect(firstOther(seen, expected)).toBe(-1);
      if (!(stored instanceof Float64Array)) expect(firstOther(whole(stored), expected)).toBe(-1);
    }),
    { numRuns: 20 },
  );
});
