import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  congruence,
  eigen,
  factor,
  inverse,
  isPositiveDefinite,
  quadratic,
  submatrix,
  times,
} from "../../src/math/matrix.ts";

const size = fc.integer({ min: 1, max: 8 });
const entry = fc.double({ min: -3, max: 3, noNaN: true });
/** XᵀX + I with rows and columns in units from 1e-5 to 1e5. */
const positiveDefinite = size.chain((k) =>
  fc
    .tuple(
      fc.array(entry, { minLength: k * k, maxLength: k * k }),
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: k, maxLength: k }),
    )
    .map(([x, exponents]) => {
      const units = exponents.map((e) => 10 ** e);
      return Float64Array.from({ length: k * k }, (_, at) => {
        const [i, j] = [Math.floor(at / k), at % k];
        let sum = i === j ? 1 : 0;
        for (let m = 0; m < k; m++) sum += x[m * k + i] * x[m * k + j];
        return sum * units[i] * units[j];
      });
    }),
);

const worst = (found: Float64Array, wanted: Float64Array): number =>
  found.reduce((most, value, at) => Math.max(most, Math.abs(value - wanted[at])), 0);

describe("a symmetric positive definite matrix", () => {
  it("times its inverse is the identity, however different its units are", () => {
    fc.assert(
      fc.property(positiveDefinite, (matrix) => {
        const k = Math.sqrt(matrix.length);
        const back = inverse(matrix)!;
        for (let i = 0; i < k; i++)
          for (let j = 0; j < k; j++) {
            const unit = Math.sqrt(matrix[i * k + i] / matrix[j * k + j]);
            const row = matrix.subarray(i * k, (i + 1) * k);
            const product = row.reduce((sum, value, m) => sum + value * back[m * k + j], 0) / unit;
            expect(product).toBeCloseTo(i === j ? 1 : 0, 9);
            expect(back[i * k + j]).toBe(back[j * k + i]);
          }
      }),
    );
  });

  it("solves what it multiplies", () => {
    fc.assert(
      fc.property(positiveDefinite, (matrix) => {
        const k = Math.sqrt(matrix.length);
        const x = Float64Array.from({ length: k }, (_, i) => (i + 1) / Math.sqrt(matrix[i * k + i]));
        const found = factor(matrix)!.solve(times(matrix, x));
        found.forEach((value, i) => {
          expect(value / x[i]).toBeCloseTo(1, 8);
        });
      }),
    );
  });

  it("has eigenvectors that rebuild it, eigenvalues ascending", () => {
    fc.assert(
      fc.property(positiveDefinite, (matrix) => {
        const { values, vectors } = eigen(matrix);
        const k = values.length;
        expect([...values]).toEqual([...values].sort((a, b) => a - b));
        const rebuilt = matrix.map((_, at) =>
          vectors.reduce((sum, v, i) => sum + values[i] * v[Math.floor(at / k)] * v[at % k], 0),
        );
        expect(worst(rebuilt, matrix)).toBeLessThan(1e-13 * values[k - 1]);
      }),
    );
  });

  it("has eigenvectors also where entries are next to nothing", () => {
    const matrix = [
      5689534773.660163, -3.6e-322, 3.7055e-319, -3.6e-322, 2.384185791015623e-7, 0, 3.7055e-319, 0, 1,
    ];
    const { values, vectors } = eigen(Float64Array.from(matrix));
    expect([...values]).toEqual([2.384185791015623e-7, 1, 5689534773.660163]);
    expect(vectors.map((vector) => vector.findIndex((x) => Math.abs(x) === 1))).toEqual([1, 2, 0]);
  });
});

describe("a matrix that is not positive definite", () => {
  it.each([
    ["indefinite", [1, 2, 2, 1]],
    ["negative", [-1, 0, 0, -1]],
    ["of zeros", [0, 0, 0, 0]],
    ["singular", [1, 1, 1, 1]],
    ["not finite", [1, Number.NaN, Number.NaN, 1]],
    ["infinite", [Number.POSITIVE_INFINITY, 0, 0, 1]],
  ])("because it is %s has no inverse", (_, entries) => {
    expect(isPositiveDefinite(Float64Array.from(entries))).toBe(false);
    expect(inverse(Float64Array.from(entries))).toBeNull();
  });
});

describe("small algebra", () => {
  it("gives quadratic forms and congruences by hand", () => {
    const matrix = Float64Array.of(2, 1, 1, 3);
    expect(quadratic(Float64Array.of(1, 2), matrix)).toBe(2 + 2 * 2 + 3 * 4);
    expect([...congruence(Float64Array.of(1, 2, 0, 1, 1, 1), matrix)]).toEqual([
      18, 7, 11, 7, 3, 4, 11, 4, 7,
    ]);
    expect([...submatrix(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), [0, 2])]).toEqual([1, 3, 7, 9]);
  });

  it("averages two triangles that differ by rounding", () => {
    const nearly = Float64Array.of(2, 1 + 1e-15, 1, 2);
    const found = inverse(nearly)!;
    expect(found[1]).toBe(found[2]);
    expect(found[1]).toBeCloseTo(-1 / 3, 12);
  });
});
