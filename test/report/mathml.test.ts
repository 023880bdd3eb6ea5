import fc from "fast-check";
import { expect, test } from "vitest";
import { add, nameLeaf, ops, parse, rebuild } from "../../src/expr/index.ts";
import { equations, mathml } from "../../src/report/index.ts";

/** The characters a reader sees, in order, fractions as (a)/(b). */
const seen = (markup: string): string =>
  markup
    .replaceAll(/<mfrac>(.*?)<\/mfrac>/g, "[$1]")
    .replaceAll("&#x2061;", "")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

test.each([
  ["a + c * (d - e)", "a+c·(d−e)"],
  ["a - (c - d)", "a−(c−d)"],
  ["a - c - d", "a−c−d"],
  ["(a * c) ^ 2", "(a·c)2"],
  ["-(a + c)", "−(a+c)"],
  ["a * -2", "a·−2"],
  ["not (a and c) or d", "¬(a∧c)∨d"],
  ["log(x) + exp(y)", "ln(x)+exp(y)"],
  ["abs(x) <= 2", "|x|≤2"],
  ["min(x, y)", "min(x,y)"],
  ["boxcox(x, lambda)", "boxcox(x,λ)"],
  ["b_cost * cost.car", "βcost·costcar"],
  ["tau * 1e-7", "τ·1×10−7"],
])("%s is drawn with the brackets it needs", (source, drawn) => {
  expect(seen(mathml(parse(source)))).toBe(drawn);
});

test("names with markup in them stay names", () => {
  expect(mathml(parse("`a<b>&c`"))).toBe("<mtext>a&lt;b&gt;&amp;c</mtext>");
});

/** Every element opened is closed, in order. */
function isBalanced(markup: string): boolean {
  const open: string[] = [];
  for (const [, close, name, self] of markup.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (self) continue;
    if (!close) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

test.each(Object.entries(ops))("the operator %s has a picture", (name, { arity }) => {
  const args = [..."xyz"].slice(0, arity).map((letter) => nameLeaf(letter));
  // A sum needs something that varies over the alternatives; its picture does not.
  const expr =
    name === "sum" || name === "peak" ? { ...parse("x + y"), op: name, args } : rebuild(name, args);
  const drawn = mathml(expr);
  expect(isBalanced(drawn)).toBe(true);
  for (const letter of [..."xyz"].slice(0, arity)) expect(drawn).toContain(`<mtext>${letter}</mtext>`);
});

test("any sum is drawn whole, however many lines it takes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30 }), (count, length) => {
      const names = Array.from({ length: count }, (_, i) => `${"v".repeat(length)}${i}`);
      const drawn = equations([
        { name: "V", label: "car", expr: names.map((name) => nameLeaf(name)).reduce((a, b) => add(a, b)) },
      ]);
      expect(isBalanced(drawn)).toBe(true);
      expect(seen(drawn).replaceAll("\n", "")).toBe(`Vcar=${names.join("+")}`);
    }),
  );
});

test("a long utility continues on a new line before its sign", () => {
  const long = parse(
    "asc_car + b_generalised_cost * generalised_cost - b_terminal_waiting_time * terminal_waiting_time",
  );
  const rows = equations([{ name: "V", label: "car", expr: long }]).split("</mtr>");
  expect(rows).toHaveLength(3);
  expect(seen(rows[1]).trim()).toMatch(/^−/);
});
