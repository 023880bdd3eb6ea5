import fc from "fast-check";
import { expect, it } from "vitest";
import { dot, length } from "../../src/math/matrix.ts";
import { nonNegativeRest } from "../../src/math/nonNegative.ts";

const vector = fc
  .array(fc.integer({ min: -5, max: 5 }), { minLength: 3, maxLength: 3 })
  .map((values) => Float64Array.from(values));

it("leaves nothing of a target that is a mixture of the rows", () => {
  const weights = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(vector, { minLength: 4, maxLength: 4 }), weights, (rows, shares) => {
      const target = Float64Array.from({ length: 3 }, (_, k) =>
        rows.reduce((sum, row, i) => sum + shares[i] * row[k], 0),
      );
      expect(nonNegativeRest(rows, target)).toBeNull();
    }),
  );
});

it("leaves a rest that no row points along and that the target does", () => {
  fc.assert(
    fc.property(fc.array(vector, { maxLength: 9 }), vector, (rows, target) => {
      const rest = nonNegativeRest(rows, target);
      if (!rest) return;
      for (const row of rows) expect(dot(row, rest)).toBeLessThan(1e-8 * length(rest) * (1 + length(row)));
      expect(dot(target, rest)).toBeCloseTo(dot(rest, rest), 8);
    }),
    { numRuns: 1000 },
  );
});
