import { describe, expect, it } from "vitest";
import type { Complaint } from "../../src/complaint/index.ts";
import { evaluate, latex, parse, print } from "../../src/expr/index.ts";
import { calls } from "../../src/expr/sugar.ts";

const value = (source: string, names: Record<string, number> = {}): number =>
  evaluate(parse(source), (leaf) => names[leaf.name]);

describe("what binds tighter", () => {
  it.each<[string, number]>([
    ["2 + 3 * 4", 14],
    ["2 * 3 + 4", 10],
    ["2 - 3 - 4", -5],
    ["24 / 4 / 2", 3],
    ["24 / 4 * 2", 12],
    ["2 ^ 3 ^ 2", 512],
    ["-2 ^ 2", -4],
    ["(-2) ^ 2", 4],
    ["2 ^ -1", 0.5],
    ["2 * -3", -6],
    ["2 - -3", 5],
    ["- - 3", 3],
    ["+3 - +2", 1],
    ["1 + 1 == 2", 1],
    ["1 < 2 == 1", 1],
    ["3 > 2 > 1", 0],
    ["not 1 == 2", 1],
    ["not 0 and 0", 0],
    ["1 or 1 and 0", 1],
    ["(1 or 1) and 0", 0],
    ["2 and 3", 1],
    ["5 and 1", 1],
    ["0 or 7", 1],
    ["not 5", 0],
    ["1 != 2", 1],
    ["2 >= 2", 1],
    ["2 <= 1", 0],
    [".5 + 1.", 1.5],
    ["1e3 + 2E-1", 1000.2],
    ["min(3, 1, 2)", 1],
    ["max(3, 1, 2) + if(0, 1, 2)", 5],
    ["abs(-3) + sqrt(16) + exp(0) + log(1)", 8],
  ])("%s is %d", (source, wanted) => expect(value(source)).toBe(wanted));

  it("truth is 1 and not the number that was true, also between a name and a constant", () => {
    expect(value("1 and x", { x: 5 })).toBe(1);
    expect(value("x and 1", { x: 5 })).toBe(1);
    expect(value("x > 2 and 1", { x: 5 })).toBe(1);
  });
});

describe("names", () => {
  it("are letters of any script, digits and underscores, or anything in backticks", () => {
    expect(value("ασ + b_1 + `price.beach` + `a b`", { ασ: 1, b_1: 2, "price.beach": 3, "a b": 4 })).toBe(10);
  });

  it("may carry the alternative whose attribute they are", () => {
    expect(parse("cost.car")).toMatchObject({ op: "name", name: "cost", label: "car" });
    expect(parse("cost.`high speed`")).toMatchObject({ name: "cost", label: "high speed" });
    expect(parse("`travel cost`.2")).toMatchObject({ name: "travel cost", label: "2" });
  });

  it("of operators are names in backticks", () =>
    expect(parse("`and`")).toMatchObject({ op: "name", name: "and" }));

  it("in quotes are texts", () => expect(parse("'north' ")).toMatchObject({ op: "text", name: "north" }));
});

describe("piecewise(x, slope, knot, …)", () => {
  const source = "piecewise(x, 1, 10, 3, 20, -2)";
  it.each([
    [-5, -5],
    [0, 0],
    [10, 10],
    [15, 25],
    [20, 40],
    [25, 30],
  ])("at %d is %d: every segment has its slope and they join", (x, wanted) =>
    expect(value(source, { x })).toBe(wanted),
  );

  it("with one knot has two slopes", () => expect(value("piecewise(x, 2, 5, 1)", { x: 8 })).toBe(13));
});

/** The line with the caret, and the column that it points to. */
function caret(source: string): { at: number; message: string; shown: string } {
  try {
    parse(source);
  } catch (error) {
    const { parts, what } = error as Complaint;
    const [shown, mark] = parts.where!.split("\n");
    return { at: mark.indexOf("^"), message: `${what} ${parts.help}`, shown };
  }
  throw new Error(`${source} was understood`);
}

describe("a text that is no expression is quoted with a caret under the place", () => {
  it.each<[string, number, RegExp]>([
    ["", 0, /text ends/],
    ["a +", 3, /text ends/],
    ["a + * b", 4, /expected, not "\*"/],
    ["a b", 2, /operator was expected/],
    ["(a + b", 6, /\) was expected/],
    ["a + b)", 5, /operator was expected, not "\)"/],
    ["a = b", 2, /compare with ==/],
    ["a && b", 2, /write and/],
    ["a || b", 2, /write or/],
    ["a ** b", 2, /write \^/],
    ["!a", 0, /write not/],
    ["a % b", 2, /no remainder/],
    ["y ~ x", 2, /right of the ~/],
    ["a:b", 1, /write a \* b/],
    ["ln(x)", 0, /no function ln/],
    ["logs(x)", 0, /did you mean log\?/],
    ["2 * log(x, y)", 4, /log was given 2 arguments/],
    ["if(a, b)", 0, /if\(condition, then, else\)/],
    ["min(a)", 0, /was given 1/],
    ["piecewise(x, a, 1)", 0, /slope, knot/],
    ["a # b", 2, /has no meaning here/],
    ["a + `b", 4, /has no meaning here/],
    ['a == "b', 5, /has no meaning here/],
    ["log x", 4, /operator was expected/],
    ["2x", 1, /operator was expected/],
    ["max(a,, b)", 6, /expected, not ","/],
  ])("%s", (source, at, says) => {
    const found = caret(source);
    expect(found.at).toBe(at);
    expect(found.message).toMatch(says);
    expect(found.shown).toBe(source);
  });

  it("of a long text shows the part around it", () => {
    const found = caret(`${"a + ".repeat(100)}* ${"+ b".repeat(100)}`);
    expect(found.shown[found.at]).toBe("*");
    expect(found.shown.length).toBeLessThan(130);
  });

  it("and brackets by the thousand are refused in words", () => {
    expect(caret(`${"(".repeat(5000)}a${")".repeat(5000)}`).message).toContain("nested more than");
    expect(caret(`${"-".repeat(5000)}a`).message).toContain("nested more than");
  });
});

it.each(Object.entries(calls))("%s says how it is used, in words that parse", (name, { usage, takes }) => {
  const written = usage.split(/[,:]? (?:the|for|one)\b/)[0].replace(", …", "");
  expect(written.startsWith(`${name}(`)).toBe(true);
  expect([1, 2, 3, 4, 5, 6].some(takes)).toBe(true);
  expect(takes(0)).toBe(false);
});

describe("5,000 terms", () => {
  const source = Array.from({ length: 5000 }, (_, k) => `b${k} * x${k}`).join(" + ");
  const expr = parse(source);

  it("are read, computed, printed and read back", () => {
    expect(evaluate(expr, (leaf) => (leaf.name.startsWith("b") ? 2 : 0.5))).toBe(5000);
    expect(parse(print(expr))).toBe(expr);
  });

  it("are written as LaTeX", () => expect(latex(expr)).toContain("x4999"));
});
