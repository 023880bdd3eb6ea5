/**
 * Between which numbers an expression lies, given between which its leaves lie: interval arithmetic. The range found may be
 * wider than the true one where a leaf stands twice, never narrower.
 * Source: Moore (1966), Interval Analysis.
 */
import { type Expr, topological } from "./node.ts";
import { isOp, type OpName, opOf } from "./ops.ts";

export type Range = readonly [low: number, high: number];

export const anywhere: Range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** @param leaf the range of a leaf that is not a number. */
export function rangeOf(expr: Expr, leaf: (node: Expr) => Range): Range {
  const known = new Map<Expr, Range>();
  for (const node of topological([expr])) {
    const args = node.args.map((arg) => known.get(arg)!);
    known.set(
      node,
      node.op === "number" ? [node.value, node.value] : isOp(node) ? through(node, args) : leaf(node),
    );
  }
  return known.get(expr)!;
}

/** Those that only rise or only fall in each argument, whatever the others are: their ends lie at ends. */
const monotone = new Set<OpName>([
  "add",
  "sub",
  "mul",
  "neg",
  "exp",
  "log",
  "sqrt",
  "min",
  "max",
  "larger",
  "stop",
  "normalCdf",
  "logNormalCdf",
  "normalQuantile",
]);
const truths = new Set<OpName>(["eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not"]);

function through(node: Expr, args: readonly Range[]): Range {
  const op = node.op as OpName;
  if (monotone.has(op)) return atEnds(node, args);
  if (truths.has(op)) return [0, 1];
  if (op === "if") return [Math.min(args[1][0], args[2][0]), Math.max(args[1][1], args[2][1])];
  if (op === "div" && (args[1][0] > 0 || args[1][1] < 0)) return atEnds(node, args);
  if (op === "abs")
    return args[0][0] >= 0 ? args[0] : atEnds(node, [[Math.max(0, args[0][0]), largest(args[0])]]);
  return anywhere;
}

const largest = ([low, high]: Range): number => Math.max(Math.abs(low), Math.abs(high));

/** The least and the largest value at the corners; 0 × ∞ and ∞ / ∞ are limits of what lies between, and 0 is one. */
function atEnds(node: Expr, args: readonly Range[]): Range {
  const { value } = opOf(node.op);
  const corners = args.reduce<number[][]>(
    (all, ends) => all.flatMap((so) => ends.map((end) => [...so, end])),
    [[]],
  );
  const values = corners.map((corner) => value(...corner));
  if (node.op !== "mul" && values.some(Number.isNaN)) return anywhere;
  const numbers = values.map((each) => (Number.isNaN(each) ? 0 : each));
  return [Math.min(...numbers), Math.max(...numbers)];
}
