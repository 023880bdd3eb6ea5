import fc from "fast-check";
import { expect, test } from "vitest";
import { type Expr, evaluator, nameLeaf, parse } from "../../src/expr/index.ts";
import { type Range, rangeOf } from "../../src/expr/range.ts";

const x = nameLeaf("x");
const rangeIn = (text: string, range: Range): Range =>
  rangeOf(parse(text), (leaf) => (leaf === x ? range : [0, 0]));

test.each<[string, Range, Range]>([
  ["2 - 3 * x", [-1, 2], [-4, 5]],
  ["exp(x)", [Number.NEGATIVE_INFINITY, 0], [0, 1]],
  ["1 / (1 + exp(-x))", [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], [0, 1]],
  ["abs(x)", [-3, 2], [0, 3]],
  ["max(0, x)", [-3, 2], [0, 2]],
  ["if(x < 0.5, sqrt(2 * x) - 1, 1 - sqrt(2 - 2 * x))", [0, 1], [1 - Math.SQRT2, Math.SQRT2 - 1]],
  ["1 / x", [-1, 2], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
])("%s for x from and to %j", (text, range, [low, high]) => {
  const found = rangeIn(text, range);
  expect(found[0]).toBeLessThanOrEqual(low);
  expect(found[1]).toBeGreaterThanOrEqual(high);
  if (!text.startsWith("if")) expect([found[0] + 0, found[1] + 0]).toEqual([low + 0, high + 0]);
});

test("no value lies outside of the range", () => {
  const texts = [
    "x * x - x",
    "exp(-x) / (2 + x * x)",
    "min(x, 1) * abs(x - 2)",
    "x^3 + sqrt(abs(x))",
    "normalCdf(x) * -2",
  ];
  const value = (expr: Expr, at: number): number => evaluator([expr])(() => at)[0];
  fc.assert(
    fc.property(
      fc.constantFrom(...texts.map((text) => parse(text))),
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (expr, low, width, share) => {
        const [least, most] = rangeOf(expr, () => [low, low + width]);
        const found = value(expr, low + share * width);
        expect(found).toBeGreaterThanOrEqual(least - 1e-9);
        expect(found).toBeLessThanOrEqual(most + 1e-9);
      },
    ),
  );
});
