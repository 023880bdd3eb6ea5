/** The averages over classes and draws that outputs hold, each with a leaf in its place. */
import {
  type Expr,
  expectation,
  held,
  isAverage,
  isOp,
  Level,
  substitute,
  topological,
} from "../expr/index.ts";
import type { Program } from "./program.ts";

export interface Average {
  readonly isPosterior: boolean;
  /** One expression per class. */
  readonly args: readonly Expr[];
  readonly isAxis: boolean;
  /** Stands for its value in the outputs. */
  readonly leaf: Expr;
  /** Stands for its movement in one direction. */
  readonly moved: Expr;
}

export interface Averaged {
  readonly averages: readonly Average[];
  /** The outputs in the leaves. */
  readonly outputs: readonly Expr[];
}

/** `held` leaves of averages are numbered from here. */
const firstLeaf = 2e6;

/**
 * An output that is written over utilities or draws outside of any average is averaged as a whole.
 * @throws Error where an output is written over both an average and utilities of its own.
 */
export function averagesIn({ classes }: Program, outputs: readonly Expr[]): Averaged {
  const whole = outputs.map((output) => (isBare(output) ? expectation(classes.map(() => output)) : output));
  const order = outside(whole);
  const averages = order.filter(isAverage).map((node, n): Average => {
    const isAxis = (node.level & Level.axis) !== 0;
    const level = Level.situation | Level.utility | (isAxis ? Level.axis : 0);
    const [leaf, moved] = [0, 1].map((i) =>
      held(firstLeaf + 2 * n + i, i === 0 ? level : level | Level.tangent),
    );
    return { isPosterior: node.op === "posterior", args: node.args, isAxis, leaf, moved };
  });
  const places = new Map(order.filter(isAverage).map((node, n) => [node, averages[n].leaf]));
  return { averages, outputs: substitute(whole, order, (node) => places.get(node)) };
}

/** The nodes that are outside of averages, and the averages, arguments first. */
function outside(roots: readonly Expr[]): Expr[] {
  const seen = new Set<Expr>();
  const stack = [...roots];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    if (!isAverage(node)) stack.push(...node.args);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

/** Whether utilities or draws stand in it outside of averages. */
function isBare(output: Expr): boolean {
  const own = outside([output]);
  const bare = own.some((node) => !isOp(node) && (node.op === "utility" || node.op === "draw"));
  if (bare && own.some(isAverage)) throw new Error("an output mixes averages with utilities outside of them");
  return bare;
}

/** Whether an expression holds averages at all. */
export const hasAverages = (exprs: readonly Expr[]): boolean => topological(exprs).some(isAverage);
