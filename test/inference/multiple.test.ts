import fc from "fast-check";
import { expect, test } from "vitest";
import { controls } from "../../src/inference/multiple.ts";

const p = [0.01, 0.04, 0.03, 0.005];

test("Holm, by hand: 4 × 0.005, 3 × 0.01, 2 × 0.03, and never below the one before", () => {
  expect(controls.holm.adjust(p)).toEqual([0.03, 0.06, 0.06, 0.02]);
});

test("Benjamini–Hochberg, by hand: 4/4 × 0.04, 4/3 × 0.03, 4/2 × 0.01, 4/1 × 0.005", () => {
  expect(controls["benjamini-hochberg"].adjust(p)).toEqual([0.02, 0.04, 0.04, 0.02]);
});

const many = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN)), {
  maxLength: 30,
});

test.each(Object.keys(controls))(
  "%s keeps the order, never helps a test, and passes over what is no number",
  (name) => {
    const { adjust } = controls[name as keyof typeof controls];
    fc.assert(
      fc.property(many, (values) => {
        const adjusted = adjust(values);
        const known = values.filter((value) => !Number.isNaN(value));
        expect(adjusted.filter((value) => !Number.isNaN(value))).toEqual(adjust(known));
        adjusted.forEach((value, i) => {
          expect(Number.isNaN(value)).toBe(Number.isNaN(values[i]));
          if (!Number.isNaN(value)) {
            expect(value).toBeGreaterThanOrEqual(values[i] * (1 - 1e-12));
            expect(value).toBeLessThanOrEqual(1);
          }
          values.forEach((other, j) => {
            if (other < values[i]) expect(adjusted[j]).toBeLessThanOrEqual(value * (1 + 1e-12));
          });
        });
      }),
    );
  },
);
