import fc from "fast-check";
import { expect, it } from "vitest";
import { dot } from "../../src/math/matrix.ts";
import { maximiseInBox } from "../../src/optimise/linearProgramme.ts";

const of = (...values: number[]): Float64Array => Float64Array.from(values);

it("finds the corner of the box where nothing constrains", () =>
  expect(maximiseInBox(of(2, -1, 3), [], 0)).toEqual(of(1, -1, 1)));

it("finds the edge where two constraints meet", () => {
  // x₁ + 2 x₂ with x₂ ≤ x₁ / 2 + 0.3 and x₁ + x₂ ≤ 0.3: both hold with equality at (0, 0.3).
  const found = maximiseInBox(of(1, 2), [of(0.5, -1), of(-1, -1)], -0.3)!;
  expect(found[0]).toBeCloseTo(0, 10);
  expect(found[1]).toBeCloseTo(0.3, 10);
});

it("says where nothing in the box will do", () => {
  expect(maximiseInBox(of(1, 1), [of(1, 0), of(-1, 0)], 0.1)).toBeNull();
  expect(maximiseInBox(of(1, 1), [of(1, 1)], 2.5)).toBeNull();
});

const vector = fc
  .array(fc.integer({ min: -4, max: 4 }), { minLength: 3, maxLength: 3 })
  .map((values) => Float64Array.from(values));

it("holds all constraints, and no other point of the box that does is better", () => {
  const points = fc.array(
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    { minLength: 40, maxLength: 40 },
  );
  fc.assert(
    fc.property(vector, fc.array(vector, { maxLength: 6 }), points, (c, rows, others) => {
      const holds = (x: ArrayLike<number>, slack = 0): boolean => rows.every((row) => dot(row, x) >= -slack);
      const found = maximiseInBox(c, rows, 0)!;
      expect(holds(found, 1e-9)).toBe(true);
      expect(Math.max(...found.map(Math.abs))).toBeLessThanOrEqual(1 + 1e-12);
      for (const x of others.filter((each) => holds(each)))
        expect(dot(c, x)).toBeLessThanOrEqual(dot(c, found) + 1e-9);
    }),
  );
});
