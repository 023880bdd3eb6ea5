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

test("numbers of any kind and in any order are numbered by first appearance", () => {
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 40 }), (ids) => {
      const { of, count, first, text } = groupBy([{ kind: "number", values: Float64Array.from(ids) }]);
      const order = [...new Map(ids.map((each) => [each, ids.indexOf(each)])).values()];
      expect(count).toBe(order.length);
      expect([...first]).toEqual(order);
      expect([...of]).toEqual(ids.map((each) => order.findIndex((row) => ids[row] === each)));
      expect(text(0)).toBe(String(ids[0]));
    }),
  );
});

test("numbers that are not in memory are numbered as those that are, block by block", () => {
  const ids = Float64Array.from({ length: 50_000 }, (_, i) =>
    i < 20_000 ? Math.floor(i / 3) : (i * 7919) % 9000,
  );
  const there = groupBy([numbers(ids)]);
  const stored = groupBy([numbers(single(Float32Array.from(ids)))]);
  expect({ ...stored, text: null }).toEqual({ ...there, text: null });
});
