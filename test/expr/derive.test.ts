import { describe, expect, it } from "vitest";
import {
  data,
  type Expr,
  evaluator,
  functions,
  gradient,
  isOp,
  nameLeaf,
  num,
  type Op,
  opOf,
  ops,
  Place,
  parse,
  push,
  rebuild,
  slopes,
  sum,
  utility,
} from "../../src/expr/index.ts";
import { derivative } from "../../src/math/differences.ts";

/** Operators whose derivative is 0 by decision: the shifts of log-sum-exp, which cancel. */
const heldStill = ["stop", "larger", "peak"];
const alongAxis = ["sum", "peak"];
const points = [
  [1.3, 0.7, 0.4],
  [0.2, 2.5, -1],
  [-0.6, 3, 0.9],
  [0.05, 1.4, -2.1],
  [2.2, -1.7, 0.3],
  [-1.5, -0.4, 0],
];
const operators = Object.entries(ops as Record<string, Op>);

/** The operator over leaves of its own; the axis of one alternative is the alternative. */
function applied(op: string): { root: Expr; leaves: Expr[] } {
  const leaves = ["a", "b", "c"]
    .slice(0, opOf(op).arity)
    .map((name) => (alongAxis.includes(op) ? data(name, Place.axis) : nameLeaf(name)));
  return { root: rebuild(op, leaves), leaves };
}

/** The numbers of several graphs at x, whose components the leaves are. */
function at(roots: readonly Expr[], leaves: readonly Expr[]): (x: readonly number[]) => Float64Array {
  const run = evaluator(roots);
  return (x) => run((leaf) => x[leaves.indexOf(leaf)] ?? 1);
}

/** Central differences, NaN where the function is not smooth within the step. */
function differences(f: (x: readonly number[]) => number, x: readonly number[], k: number): number {
  const along = (value: number): number => f(x.with(k, value));
  return [-1e-3, 0, 1e-3].every((h) => Number.isFinite(along(x[k] + h)))
    ? derivative(along, x[k], 1e-3)
    : Number.NaN;
}

/** Compares derivative graphs with differences wherever these exist, and counts the comparisons. */
function compare(of: Expr, by: readonly Expr[], leaves: readonly Expr[], still = false): number {
  const value = at([of], leaves);
  const exact = at(by, leaves);
  let compared = 0;
  for (const x of points) {
    for (const k of leaves.keys()) {
      const wanted = still ? 0 : differences((moved) => value(moved)[0], x, k);
      if (Number.isNaN(wanted)) continue;
      expect(Math.abs(exact(x)[k] - wanted)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(wanted)));
      compared++;
    }
  }
  return compared;
}

describe.each(operators)("%s", (op) => {
  const { root, leaves } = applied(op);
  const still = heldStill.includes(op);

  it("has the derivative of reverse mode", () => {
    expect(compare(root, gradient(root, leaves), leaves, still)).toBeGreaterThan(0);
  });

  it("has the derivative of forward mode", () => {
    const moves = leaves.flatMap((leaf) => push([root], new Map([[leaf, num(1)]])));
    expect(compare(root, moves, leaves, still)).toBeGreaterThan(0);
  });

  it("has second derivatives, forward over reverse and reverse over reverse", () => {
    for (const first of gradient(root, leaves)) {
      const forward = leaves.flatMap((leaf) => push([first], new Map([[leaf, num(1)]])));
      compare(first, forward, leaves);
      compare(first, gradient(first, leaves), leaves);
    }
  });

  it("is written in JavaScript as it is in the table", () => {
    const names = ["a", "b", "c"].slice(0, opOf(op).arity);
    const called = Object.keys(functions);
    const written = new Function(...called, ...names, `return ${opOf(op).js(...names)}`);
    for (const x of points)
      expect(written(...Object.values(functions), ...x)).toEqual(opOf(op).value(...x.slice(0, names.length)));
  });

  it("is written in LaTeX with its arguments in it", () => {
    const names = ["\\alpha", "\\beta", "\\gamma"].slice(0, opOf(op).arity);
    const shown = opOf(op).latex(...names);
    for (const name of names) expect(shown).toContain(name);
  });
});

describe("where a branch is not taken", () => {
  const x = nameLeaf("x");
  const l = nameLeaf("l");
  const branches = [
    "if(x > 0, x ^ l, 0)",
    "if(x > 0, l * log(x) ^ 2, x * l)",
    "if(x <= 0, l ^ 2, sqrt(x) * exp(l / x))",
    "if(x > 0, if(l > 0, log(x * l), 1 / x), l)",
    "if(x > 0, log(x), 0) + if(x > 1, log(x) * l, 0)",
    "2 * if(x > 0, 1 / x, l) ^ 2 / (1 + l ^ 2)",
    "if(x > 0 and l > 0, (l + log(x)) / x, 0) - l",
    "exp(if(x > 0, log(x) * l, -l))",
    "max(if(x > 0, log(x), l), 0.5) * l",
  ];

  it.each(branches)("%s has derivatives of both orders that are numbers", (source) => {
    const root = parse(source);
    const leaves = [x, l];
    const first = gradient(root, leaves);
    const moved = leaves.flatMap((leaf) => push([root], new Map([[leaf, num(1)]])));
    const second = first.flatMap((slope) => gradient(slope, leaves));
    const hessian = first.flatMap((slope) =>
      leaves.flatMap((leaf) => push([slope], new Map([[leaf, num(1)]]))),
    );
    for (const point of [
      [0, 0.7],
      [-1.2, 0.4],
      [0, -0.3],
    ]) {
      const run = at([root, ...first, ...moved, ...second, ...hessian], leaves);
      for (const value of run(point)) expect(value).not.toBeNaN();
      const numbers = run([-1.2, 0.4]);
      compareOne(root, leaves, [-1.2, 0.4], numbers.slice(1, 3));
    }
  });
});

function compareOne(root: Expr, leaves: readonly Expr[], x: readonly number[], slope: Float64Array): void {
  const value = at([root], leaves);
  for (const k of leaves.keys())
    expect(slope[k]).toBeCloseTo(
      differences((moved) => value(moved)[0], x, k),
      7,
    );
}

it("a power of 0 has slope 0 in its exponent, not 0 times the logarithm of 0", () => {
  const leaves = [nameLeaf("x"), nameLeaf("l")];
  const [first] = gradient(parse("x ^ l"), leaves.slice(1));
  const [second] = gradient(first, leaves.slice(1));
  expect([...at([first, second], leaves)([0, 1.5])]).toEqual([0, 0]);
});

describe("sums over the alternatives", () => {
  const b = nameLeaf("b");
  const cost = data("cost", Place.axis);

  it("gather what a single value gives to every alternative", () => {
    const root = sum(rebuild("mul", [b, cost]));
    const [slope] = gradient(root, [b]);
    expect(slope).toBe(sum(cost));
    expect(push([root], new Map([[b, num(1)]]))[0]).toBe(sum(cost));
  });

  it("count the alternatives where what is given does not vary", () => {
    const root = sum(rebuild("add", [b, cost]));
    const [slope] = gradient(root, [b]);
    expect(evaluator([slope])(() => 1)[0]).toBe(1);
    expect(evaluator(push([root], new Map([[b, num(1)]])))(() => 1)[0]).toBe(1);
  });

  it("keep each alternative's own slope apart where that is asked for", () => {
    const own = rebuild("mul", [b, rebuild("exp", [utility(Place.axis)])]);
    expect(slopes(own, [b])[0]).toBe(rebuild("exp", [utility(Place.axis)]));
  });
});

it("derivatives of 5,000 terms need no deep stack", () => {
  const names = Array.from({ length: 5000 }, (_, k) => `b${k}`);
  const root = parse(names.map((name) => `exp(${name})`).join(" + "));
  const leaves = names.map((name) => nameLeaf(name));
  const first = gradient(root, leaves);
  expect(first.every((slope, k) => isOp(slope) && slope.args[0] === leaves[k])).toBe(true);
  const [moved] = push([root], new Map(leaves.map((leaf) => [leaf, num(1)])));
  expect(evaluator([moved])(() => 0)[0]).toBe(5000);
});
