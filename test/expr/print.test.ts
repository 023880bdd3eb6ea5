import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Expr, evaluator, latex, nameLeaf, num, parse, print, text } from "../../src/expr/index.ts";
import { anyExpression } from "./random.ts";

describe("an expression as text", () => {
  it("parses back to the very same node, whatever the expression", () => {
    fc.assert(
      fc.property(anyExpression, (expr) => {
        const shown = print(expr);
        if (parse(shown) !== expr) throw new Error(`${shown} reads back as ${print(parse(shown))}`);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ["a - (b - c)", "a - (b - c)"],
    ["(a - b) - c", "a - b - c"],
    ["a / (b * c)", "a / (b * c)"],
    ["a / b / c", "a / b / c"],
    ["2 ^ x ^ 2", "2 ^ x ^ 2"],
    ["(2 ^ x) ^ 2", "(2 ^ x) ^ 2"],
    ["(-a) ^ 2", "(-a) ^ 2"],
    ["-a ^ 2", "-a ^ 2"],
    ["a ^ -b", "a ^ (-b)"],
    ["not (a and b)", "not (a and b)"],
    ["not a and b", "not a and b"],
    ["(a == b) == c", "a == b == c"],
    ["a == (b == c)", "a == (b == c)"],
    ["(a or b) and c", "c and (a or b)"],
    ["if(a > 0, b, c) * 2", "if(a > 0, b, c) * 2"],
    ["boxcox(cost / 100, lambda)", "boxcox(cost / 100, lambda)"],
    ["piecewise(time, b1, 30, b2, 60, b3)", "piecewise(time, b1, 30, b2, 60, b3)"],
    ["`travel time`.`high speed`", "`travel time`.`high speed`"],
  ])("%s is written with the brackets it needs and no others", (source, written) => {
    const shown = print(parse(source));
    expect([written, print(parse(written))]).toContain(shown);
    expect(shown.replaceAll(" ", "").length).toBeLessThanOrEqual(source.replaceAll(" ", "").length + 2);
    expect(parse(shown)).toBe(parse(source));
  });

  it("keeps quotes of either kind in a text, and backslashes as they are", () => {
    for (const words of ["north", 'the "old" town', "it's", "a\\b", ""])
      expect(parse(print(text(words)))).toBe(text(words));
  });

  it("writes numbers that are no numbers as divisions, which read back", () => {
    for (const value of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0])
      expect(parse(print(num(value)))).toBe(num(value));
    expect(parse(print(num(Number.NaN))).value).toBeNaN();
  });

  it("shows a logarithm as a logarithm, also after someone wrote it as a Box-Cox with λ = 0", () => {
    const cost = nameLeaf("cost");
    parse("boxcox(cost, 0)");
    expect(print(parse("log(cost)"))).toBe("log(cost)");
    expect(print(cost)).toBe("cost");
  });
});

/** Names and numbers of the random expressions at a made-up point. */
const leafValue = (node: Expr): number => (node.name.length % 7) / 3 - 0.5 + node.label.length / 10;

describe("simplification", () => {
  it("changes no finite value: parsing the text in pieces and in whole agree", () => {
    fc.assert(
      fc.property(anyExpression, anyExpression, (a, b) => {
        const [x, y] = evaluator([a, b])(leafValue);
        const all = ["+", "-", "*", "/", "^", "and", "or", "==", "<"].map(
          (sign) => `(${print(a)}) ${sign} (${print(b)})`,
        );
        const values = evaluator(all.map(parse))(leafValue);
        const wanted = [
          x + y,
          x - y,
          x * y,
          x / y,
          x ** y,
          x && y ? 1 : 0,
          x || y ? 1 : 0,
          x === y ? 1 : 0,
          x < y ? 1 : 0,
        ];
        if (![x, y].every(Number.isFinite)) return;
        for (const [i, value] of wanted.entries()) if (Number.isFinite(value)) expectClose(values[i], value);
      }),
      { numRuns: 1000 },
    );
  });
});

const expectClose = (value: number, wanted: number): void =>
  expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-12 * Math.abs(wanted));

describe("an expression as LaTeX", () => {
  it("has balanced braces and brackets, whatever the expression", () => {
    fc.assert(
      fc.property(anyExpression, (expr) => {
        const shown = latex(expr).replaceAll(/\\[{}]/g, "");
        expect(balance(shown, /\{/g, /\}/g)).toBe(0);
        expect(balance(shown, /\\left/g, /\\right/g)).toBe(0);
        expect(balance(shown, /\\begin/g, /\\end/g)).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["b_time * time / 100", "\\frac{\\beta_{\\mathrm{time}} \\cdot \\mathrm{time}}{100}"],
    ["exp(-lambda * x)", "\\exp\\left(-\\lambda \\cdot \\mathrm{x}\\right)"],
    ["sqrt(x) ^ 2", "{\\sqrt{\\mathrm{x}}}^{2}"],
    ["(a + b) ^ 2", "{\\left(\\mathrm{a} + \\mathrm{b}\\right)}^{2}"],
    ["a - (b - c)", "\\mathrm{a} - \\left(\\mathrm{b} - \\mathrm{c}\\right)"],
    ["cost.car", "\\mathrm{cost}_{\\mathrm{car}}"],
    ["1e-7 * x", "1 \\times 10^{-7} \\cdot \\mathrm{x}"],
  ])("%s", (source, written) => expect(latex(parse(source))).toBe(written));
});

const balance = (shown: string, open: RegExp, close: RegExp): number =>
  (shown.match(open)?.length ?? 0) - (shown.match(close)?.length ?? 0);
