import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCell } from "../../src/data/format.ts";

test("six significant digits are shown, whole numbers whole, without trailing zeros", () => {
  expect(
    [0.5, -0.0155014999, 1234.5678, 210, 1234567, 1234567.8, 2.23606798].map((v) => formatCell(v)),
  ).toEqual(["0.5", "-0.0155015", "1234.57", "210", "1234567", "1234568", "2.23607"]);
});

test("very small and very large numbers get an exponent", () => {
  expect(formatCell(0.00001234567)).toBe("1.23457e-5");
  expect(formatCell(-2.5e20)).toBe("-2.5e20");
});

test("a coefficient of income in dollars is not shown as zero", () => {
  expect(formatCell(0.0000133, 4)).toBe("1.33e-5");
  expect(formatCell(-0.00001, 4)).toBe("-1e-5");
});

test("zero, minus zero and rounding noise are shown as zero", () => {
  expect([0, -0, 1e-17, -1e-17].map((v) => formatCell(v, 3))).toEqual(["0.000", "0.000", "0.000", "0.000"]);
  expect([0, -0].map((v) => formatCell(v))).toEqual(["0", "0"]);
  expect(formatCell(-0.0001, "percent")).toBe("0.0%");
  expect(formatCell(-0.4, "integer")).toBe("0");
});

test("p-values, shares and counts are shown as journals print them", () => {
  expect([0.0004, 0.001, 0.04999, 1].map((v) => formatCell(v, "p"))).toEqual([
    "<0.001",
    "0.001",
    "0.050",
    "1.000",
  ]);
  expect(formatCell(0.27619, "percent")).toBe("27.6%");
  expect(formatCell(210.0000001, "integer")).toBe("210");
});

test("a missing value is empty, an unbounded one says so, a label stays as it is", () => {
  expect(formatCell(null, 3)).toBe("");
  expect(formatCell(Number.NaN, "p")).toBe("");
  expect(formatCell(Number.POSITIVE_INFINITY, 3)).toBe("inf");
  expect(formatCell(Number.NEGATIVE_INFINITY)).toBe("-inf");
  expect(formatCell("-0.0 car")).toBe("-0.0 car");
});

test("a general number reads back within half a unit of its sixth digit", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const error = Math.abs(Number(formatCell(value)) - value);
      expect(error).toBeLessThanOrEqual(5.0000001e-6 * Math.abs(value));
    }),
  );
});
