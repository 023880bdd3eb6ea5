import fc from "fast-check";
import { expect, test } from "vitest";
import { spread } from "../../src/charts/spread.ts";

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

test("labels that do not collide stay where they belong", () => {
  expect(spread([0.1, 0.9, 0.5], 0.2, 0, 1)).toEqual([0.1, 0.9, 0.5]);
});

test("two labels for the same place share the way", () => {
  expect(spread([0.5, 0.5], 0.25, 0, 1)).toEqual([0.375, 0.625]);
});

test("labels at the edge move inwards", () => {
  const [a, b] = spread([1, 1], 0.2, 0, 1);
  expect(a).toBeCloseTo(0.8);
  expect(b).toBe(1);
});

test("labels never overlap, never change their order and never leave the chart", () => {
  fc.assert(
    fc.property(places, (wanted) => {
      const found = spread(wanted, 0.1, 0, 1);
      const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
      for (let k = 1; k < order.length; k++)
        expect(found[order[k]] - found[order[k - 1]]).toBeGreaterThanOrEqual(0.1 - 1e-12);
      expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...found)).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
});
