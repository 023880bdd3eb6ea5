import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as build from "../../src/expr/index.ts";
import { anyExpression } from "./random.ts";

const {
  add,
  div,
  evaluate,
  evaluateRows,
  gradient,
  Level,
  mul,
  nameLeaf,
  neg,
  num,
  parse,
  Place,
  print,
  sub,
  topological,
} = build;
const [a, b, c] = ["a", "b", "c"].map((name) => nameLeaf(name));

describe("equal parts are one node", () => {
  it("whatever the expression, built once more", () => {
    fc.assert(
      fc.property(anyExpression, (expr) => {
        const copy = topological([expr]).map((node) =>
          build.isOp(node) ? build.rebuild(node.op, node.args) : node,
        );
        expect(copy.at(-1)).toBe(expr);
      }),
    );
  });

  it("in either order where order does not matter, and not where it does", () => {
    expect(parse("a * b + c")).toBe(parse("c + b * a"));
    expect(parse("min(a, b)")).toBe(parse("min(b, a)"));
    expect(parse("a - b")).not.toBe(parse("b - a"));
    expect(parse("a < b")).not.toBe(parse("b < a"));
  });

  it("so a part that occurs a hundred times is in the order once", () => {
    const source = Array.from({ length: 100 }, (_, k) => `exp(a * b) / ${k + 2}`).join(" + ");
    const order = topological([parse(source)]);
    expect(order.filter(({ op }) => op === "exp")).toHaveLength(1);
  });

  it("and names, labels, texts and numbers do not run into each other", () => {
    const leaves = ["a", "`a.b`", "a.b", "'a'", "1", "`1`", "`2.a`.b", "`a`.`2.b`"].map(parse);
    expect(new Set(leaves).size).toBe(leaves.length - 0);
    expect(num(0)).not.toBe(num(-0));
  });
});

describe("the order of evaluation", () => {
  it("has arguments before what uses them, each node once", () => {
    fc.assert(
      fc.property(anyExpression, anyExpression, (first, second) => {
        const order = topological([first, second]);
        const place = new Map(order.map((node, i) => [node, i]));
        expect(place.size).toBe(order.length);
        for (const node of order)
          for (const arg of node.args) expect(place.get(arg)).toBeLessThan(place.get(node)!);
      }),
    );
  });
});

describe("what an expression varies with", () => {
  it("is what its leaves vary with", () => {
    const expr = mul(build.parameter("b"), build.data("cost", Place.axis));
    expect(expr.level).toBe(Level.parameters | Level.situation | Level.axis);
    expect(build.sum(expr).level).toBe(Level.parameters | Level.situation);
    expect(num(3).level).toBe(0);
  });
});

describe("simplification sees what costs nothing", () => {
  it.each<[build.Expr, build.Expr]>([
    [add(a, num(0)), a],
    [sub(a, a), num(0)],
    [mul(a, num(1)), a],
    [mul(num(0), a), num(0)],
    [mul(neg(a), neg(b)), mul(a, b)],
    [div(num(0), a), num(0)],
    [neg(neg(a)), a],
    [add(a, neg(b)), sub(a, b)],
    [neg(sub(a, b)), sub(b, a)],
    [build.log(build.exp(a)), a],
    [build.pow(a, num(0.5)), build.sqrt(a)],
    [build.select(num(1), a, b), a],
    [build.select(c, a, a), a],
    [build.select(c, build.select(c, a, b), b), build.select(c, a, b)],
    [build.sum(num(0)), num(0)],
    [parse("2 * 3 + 4"), num(10)],
  ])("case %#", (simplified, wanted) => expect(simplified).toBe(wanted));

  it("and leaves 0/0 and what is held still alone", () => {
    expect(div(num(0), num(0)).value).toBeNaN();
    expect(gradient(build.stop(a), [a])[0]).toBe(num(0));
  });
});

it("many rows give the same numbers as one at a time", () => {
  const expr = parse("if(a > 0.3, log(a) * b, max(a, b, 0.1) ^ 2) - min(a, b) + abs(b)");
  const rows = 2500;
  const columns = new Map(
    [a, b].map((leaf, k) => [leaf, Float64Array.from({ length: rows }, (_, i) => Math.sin(i * (k + 1.3)))]),
  );
  const all = evaluateRows(expr, rows, (leaf) => columns.get(leaf)!);
  for (let i = 0; i < rows; i++) expect(all[i]).toBe(evaluate(expr, (leaf) => columns.get(leaf)![i]));
});

it("prints what the engine adds to the language by names of its own", () => {
  expect(print(build.utility(2))).toBe("utility_2");
  expect(print(build.draw(1))).toBe("draw_1");
});
