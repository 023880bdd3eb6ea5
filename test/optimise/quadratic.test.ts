import fc from "fast-check";
import { expect, it } from "vitest";
import { length } from "../../src/math/matrix.ts";
import { quadratic } from "../../src/optimise/quadratic.ts";

const entry = fc.integer({ min: -4, max: 4 });
const radii = fc.double({ min: 0.01, max: 20, noNaN: true });

it("the step within a radius is better than any other point there, for any curvature", () => {
  const parts = fc.tuple(
    fc.array(entry, { minLength: 6, maxLength: 6 }),
    fc.array(entry, { minLength: 3, maxLength: 3 }),
    radii,
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
  );
  fc.assert(
    fc.property(parts, ([[a, b, c, d, e, f], slope, radius, other]) => {
      const model = quadratic(Float64Array.from(slope), Float64Array.of(a, b, c, b, d, e, c, e, f));
      const step = model.within(radius);
      expect(length(step)).toBeLessThanOrEqual(radius * (1 + 2e-6));
      const size = Math.max(length(other), 1);
      const rival = Float64Array.from(other, (v) => (v / size) * radius);
      expect(model.gain(step)).toBeGreaterThanOrEqual(
        model.gain(rival) - 1e-4 * (1 + Math.abs(model.gain(step))),
      );
    }),
    { numRuns: 3000 },
  );
});

it("a concave model's own maximum is taken where it is near enough", () => {
  const model = quadratic(Float64Array.of(2, 3), Float64Array.of(2, 0, 0, 1));
  expect(model.concave).toBe(true);
  const step = model.within(10);
  expect(step[0]).toBeCloseTo(1, 14);
  expect(step[1]).toBeCloseTo(3, 14);
  expect(model.decrement).toBeCloseTo(11, 13);
});

it("a direction that is flat is not walked along", () => {
  const model = quadratic(Float64Array.of(1, 1), Float64Array.of(1, 1, 1, 1));
  expect(model.concave).toBe(true);
  expect(model.newton[0]).toBeCloseTo(0.5, 12);
  expect(model.newton[1]).toBeCloseTo(0.5, 12);
});

it("a saddle without slope is left along its upward direction", () => {
  const step = quadratic(Float64Array.of(0, 0), Float64Array.of(1, 0, 0, -1)).within(2);
  expect(Math.abs(step[0])).toBeLessThan(1e-9);
  expect(Math.abs(step[1])).toBeCloseTo(2, 6);
});
