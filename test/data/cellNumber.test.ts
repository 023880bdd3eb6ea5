import fc from "fast-check";
import { expect, test } from "vitest";
import { plainNumber } from "../../src/data/cellNumber.ts";

test("reads decimals of any length as the nearest double, as JavaScript does", () => {
  const digits = fc.stringMatching(/^[0-9]{0,12}$/);
  const decimal = fc
    .tuple(fc.constantFrom("", "-"), fc.stringMatching(/^[0-9]{1,10}$/), fc.constantFrom("", "."), digits)
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(decimal, (cell) => {
      expect(plainNumber(cell)).toBe(Number(cell));
    }),
    { numRuns: 3000 },
  );
});

test("reads back every double that JavaScript writes", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(plainNumber(Object.is(value, -0) ? "-0" : String(value))).toBe(value);
    }),
    { numRuns: 3000 },
  );
});

test.for([
  ["-0", -0],
  [".5", 0.5],
  ["5.", 5],
  [" 7 ", 7],
  ["+3", 3],
  ["1e3", 1000],
  ["-2.5E-2", -0.025],
  ["123456789012345678901234567890", 123456789012345678901234567890],
  ["0.1234567890123456789", 0.1234567890123456789],
] as const)("reads %s", ([cell, value]) => {
  expect(plainNumber(cell)).toBe(value);
});

test.for([
  "",
  " ",
  ".",
  "-",
  "-.",
  "1.2.3",
  "--1",
  "1-",
  "0x1F",
  "0b1",
  "Infinity",
  "-Infinity",
  "NaN",
  "12,5",
  "1 2",
  "five",
])("does not take '%s' for a number", (cell) => {
  expect(plainNumber(cell)).toBeNaN();
});
