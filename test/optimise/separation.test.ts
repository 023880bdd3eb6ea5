import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { separation } from "../../src/optimise/separation.ts";
import { uniform } from "./simulate.ts";

const rowsOf = (...rows: number[][]): Float64Array => Float64Array.from(rows.flat());

describe("separation", () => {
  it("is absent where two choices contradict each other", () =>
    expect(separation(rowsOf([1, 2], [-1, -2], [1, -1], [-1, 1]), 2)).toEqual({
      kind: "none",
      direction: null,
      columns: [],
    }));

  it("is complete where every choice has more of one column", () => {
    const found = separation(rowsOf([1, 3], [2, -1], [0.5, 0]), 2);
    expect(found.kind).toBe("complete");
    expect(found.columns).toEqual([0]);
    expect(found.direction![0]).toBeGreaterThan(0);
  });

  it("is quasi-complete where a column never speaks against the choice and sometimes for it", () => {
    const found = separation(rowsOf([0, 3], [0, -1], [-1, 0], [0, 2]), 2);
    expect(found.kind).toBe("quasi");
    expect(found.columns).toEqual([0]);
    expect(found.direction![0]).toBeLessThan(0);
  });

  it("names two columns that do it only together", () => {
    const rows = rowsOf([2, -1, 1], [-1, 2, 1], [3, -2, -1], [-2, 3, -1], [1, -1, 0], [-1, 1, 0]);
    const found = separation(rows, 3);
    expect(found.kind).toBe("quasi");
    expect(found.columns).toEqual([0, 1]);
    expect(found.direction![0]).toBeCloseTo(found.direction![1], 9);
  });

  it("is not made by columns that merely repeat each other", () =>
    expect(separation(rowsOf([1, 2], [-1, -2], [2, 4]), 2).kind).toBe("none"));

  it("is absent in an empty model and where no column differs", () => {
    expect(separation(new Float64Array(0), 3).kind).toBe("none");
    expect(separation(new Float64Array(12), 3).kind).toBe("none");
  });

  it("does not depend on units", () => {
    const rows = rowsOf([2e-6, -1e5], [-1e-6, 2e5], [3e-6, -2e5], [-2e-6, 3e5], [1e-6, 1e5]);
    expect(separation(rows, 2).kind).toBe("complete");
    expect(separation(rows, 2).columns).toEqual([0, 1]);
  });

  it("shows a direction that no row contradicts and some follow", () => {
    const row = fc.array(fc.integer({ min: -3, max: 4 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const { kind, direction } = separation(rowsOf(...rows), 3);
        if (!direction) return;
        const products = rows
          .filter((d) => d.some((v) => v !== 0))
          .map((d) => d.reduce((sum, v, k) => sum + v * direction[k], 0));
        expect(Math.min(...products)).toBeGreaterThan(-1e-7);
        expect(Math.max(...products)).toBeGreaterThan(1e-6);
        if (kind === "quasi") expect(Math.min(...products)).toBeLessThan(1e-6);
      }),
      { numRuns: 1000 },
    );
  });

  it("is absent exactly where some mixture of all rows cancels out (Stiemke)", () => {
    const row = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 });
    const weights = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 6, maxLength: 6 }), weights, (rows, shares) => {
        const balance = [0, 1, 2].map((k) => -rows.reduce((sum, d, i) => sum + shares[i] * d[k], 0));
        expect(separation(rowsOf(...rows, balance), 3).kind).toBe("none");
      }),
      { numRuns: 1000 },
    );
  });

  it("is found among two hundred thousand rows of twenty columns", () => {
    const next = uniform(7);
    const rows = Float64Array.from({ length: 200_000 * 20 }, () => next() - 0.5);
    expect(separation(rows, 20).kind).toBe("none");
    const truth = Array.from({ length: 20 }, (_, k) => (k === 3 || k === 11 ? 1 : 0));
    for (let at = 0; at < rows.length; at += 20)
      if (rows[at + 3] + rows[at + 11] < 0) for (const k of [3, 11]) rows[at + k] *= -1;
    const found = separation(rows, 20);
    expect(found.kind).toBe("complete");
    expect(found.columns).toEqual(truth.flatMap((used, k) => (used ? [k] : [])));
  }, 60_000);
});
