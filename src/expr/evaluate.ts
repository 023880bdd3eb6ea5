/**
 * The graph as numbers, in the slow obvious way: node by node, in topological order. It is the judge of
 * every backend, needs no code generation, and serves filters, derived columns and parameter-only parts.
 */
import { type Expr, topological } from "./node.ts";
import { isOp, opOf } from "./ops.ts";

/** The number of one expression; `leaf` gives the value of every leaf that is not a number. */
export function evaluate(expr: Expr, leaf: (node: Expr) => number): number {
  return evaluator([expr])(leaf)[0];
}

/** The same for several roots and many calls: the order of the nodes is found once. */
export function evaluator(roots: readonly Expr[]): (leaf: (node: Expr) => number) => Float64Array {
  const order = topological(roots);
  const index = new Map(order.map((node, i) => [node, i]));
  const args = order.map((node) => node.args.map((arg) => index.get(arg)!));
  const values = new Float64Array(order.length);
  const wanted = roots.map((root) => index.get(root)!);
  return (leaf) => {
    order.forEach((node, i) => {
      values[i] = isOp(node) ? apply(node, args[i], values) : node.op === "number" ? node.value : leaf(node);
    });
    return Float64Array.from(wanted, (i) => values[i]);
  };
}

function apply(node: Expr, args: readonly number[], values: Float64Array): number {
  const { value } = opOf(node.op);
  const [a, b, c] = args;
  if (args.length === 1) return value(values[a]);
  return args.length === 2 ? value(values[a], values[b]) : value(values[a], values[b], values[c]);
}

const block = 1024;

/**
 * One expression over many rows: `column` answers each leaf with `rows` numbers. Works in blocks, so that
 * no intermediate result is ever as long as the data.
 */
export function evaluateRows(
  expr: Expr,
  rows: number,
  column: (leaf: Expr) => ArrayLike<number>,
  out: Float64Array = new Float64Array(rows),
): Float64Array {
  const order = topological([expr]);
  const columns = new Map<Expr, ArrayLike<number>>();
  for (const node of order) if (!isOp(node) && node.op !== "number") columns.set(node, column(node));
  const buffers = new Map(
    order.map((node) => [node, new Float64Array(Math.min(block, rows)).fill(node.value)]),
  );
  for (let from = 0; from < rows; from += block) {
    const length = Math.min(block, rows - from);
    for (const node of order) fill(node, buffers, columns.get(node), from, length);
    out.set(buffers.get(expr)!.subarray(0, length), from);
  }
  return out;
}

function fill(
  node: Expr,
  buffers: Map<Expr, Float64Array>,
  column: ArrayLike<number> | undefined,
  from: number,
  length: number,
): void {
  const out = buffers.get(node)!;
  if (column) for (let i = 0; i < length; i++) out[i] = column[from + i];
  if (!isOp(node)) return;
  const [a, b, c] = node.args.map((arg) => buffers.get(arg)!);
  const { value } = opOf(node.op);
  if (c) for (let i = 0; i < length; i++) out[i] = value(a[i], b[i], c[i]);
  else if (b) for (let i = 0; i < length; i++) out[i] = value(a[i], b[i]);
  else for (let i = 0; i < length; i++) out[i] = value(a[i]);
}
