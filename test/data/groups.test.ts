/** Ids are numbered by first appearance, however they come. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { numbers } from "../../src/data/column.ts";
import { groupBy } from "../../src/data/groups.ts";
import { single } from "../../src/data/stored.ts";

/** Small whole numbers, large ones, fractions and negative ones, some again and again. */
const id = fc.oneof(
  fc.integer({ min: -3, max: 9 }),
  fc.constantFrom(-0, 0, 4095, 4096, 4097.5, 2 ** 31, 2 ** 40, -0.5),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
);

/** In any order, in runs that never fall, and in rounds that may end in the middle. */
const sorted = fc.array(id, { minLength: 1, maxLength: 40 }).map((ids) => ids.toSorted((a, b) => a - b));
const rounds = fc
  .tuple(fc.uniqueArray(id, { minLength: 1, maxLength: 5, comparator: (a, b) => a === b }), fc.nat(30))
  .map(([ids, rows]) => Array.from({ length: ids.length + rows }, (_, row) => ids[row % ids.length]));
const ids = fc.oneof(fc.array(id, { minLength: 1, maxLength: 40 }), sorted, rounds);

test("numbers of any kind and in any order are numbered by first appearance", () => {
  fc.assert(
    fc.property(ids, fc.infiniteStream(fc.nat()), (ids, stream) => {
      const { of, at, count, first, text } = groupBy([{ kind: "number", values: Float64Array.from(ids) }]);
      const order = [...new Map(ids.map((each) => [each, ids.indexOf(each)])).values()];
      expect(count).toBe(order.length);
      expect([...first]).toEqual(order);
      expect([...of]).toEqual(ids.map((each) => order.findIndex((row) => ids[row] === each)));
      expect(text(0)).toBe(String(ids[0]));
      const rows = ids.map(() => (stream.next().value as number) % ids.length);
      expect(rows.map(at)).toEqual(rows.map((row) => of[row]));
    }),
  );
});

test("numbers that are not in memory are numbered as those that are, block by block", () => {
  const ids = Float64Array.from({ length: 50_000 }, (_, i) =>
    i < 20_000 ? Math.floor(i / 3) : (i * 7919) % 9000,
  );
  const there = groupBy([numbers(ids)]);
  const stored = groupBy([numbers(single(Float32Array.from(ids)))]);
  const dataOf = ({ of, count, first }: typeof there) => ({ of, count, first });
  expect(dataOf(stored)).toEqual(dataOf(there));
});
