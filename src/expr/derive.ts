/**
 * Derivatives of the graph, as graphs. Reverse mode gives a gradient for the price of a few evaluations;
 * forward mode gives the movement in one direction. Forward over reverse is the exact Hessian times a
 * direction, without ever writing the K² second derivatives out.
 *
 * Source: Griewank & Walther (2008), Evaluating Derivatives, chapters 3 and 5.
 */
import { add, algebra, mul, num, sum } from "./build.ts";
import { gather, guarded } from "./guarded.ts";
import { type Expr, Level, topological } from "./node.ts";
import { isOp, opOf } from "./ops.ts";

/**
 * ∂root/∂leaf for every leaf asked for, in their order; `seed` multiplies all (a weight, say). What feeds
 * every alternative of the axis from a single value gathers its adjoint over the axis.
 */
export function gradient(root: Expr, leaves: readonly Expr[], seed: Expr = num(1)): Expr[] {
  return reverse(root, leaves, seed, (from, to, part) => (onAxis(from) && !onAxis(to) ? sum(part) : part));
}

/** The derivative of each alternative's own value: for a root along the axis that holds no sum over it. */
export function slopes(root: Expr, leaves: readonly Expr[]): Expr[] {
  return reverse(root, leaves, num(1), (_from, _to, part) => part);
}

const onAxis = (node: Expr): boolean => (node.level & Level.axis) !== 0;

function reverse(
  root: Expr,
  leaves: readonly Expr[],
  seed: Expr,
  given: (from: Expr, to: Expr, part: Expr) => Expr,
): Expr[] {
  const adjoint = new Map<Expr, Expr>([[root, seed]]);
  for (const node of dependents([root], new Set(leaves)).reverse()) {
    const g = adjoint.get(node);
    if (!g || !isOp(node)) continue;
    const parts = opOf(node.op).pull(guarded, g, node, node.args);
    for (const [i, part] of parts.entries()) {
      if (!part || (part.op === "number" && part.value === 0)) continue;
      const to = node.args[i];
      const known = adjoint.get(to);
      const gift = given(node, to, part);
      adjoint.set(to, known ? gather(known, gift) : gift);
    }
  }
  return leaves.map((leaf) => adjoint.get(leaf) ?? num(0));
}

/** The movement of every root when each leaf of the map moves as given there. */
export function push(roots: readonly Expr[], moves: ReadonlyMap<Expr, Expr>): Expr[] {
  const tangent = new Map<Expr, Expr>(moves);
  for (const node of dependents(roots, new Set(moves.keys()))) {
    if (tangent.has(node) || !isOp(node)) continue;
    const given = node.args.map((arg) => tangent.get(arg) ?? null);
    const moved = pushThrough(node, given);
    if (!(moved.op === "number" && moved.value === 0)) tangent.set(node, moved);
  }
  return roots.map((root) => tangent.get(root) ?? num(0));
}

function pushThrough(node: Expr, given: readonly (Expr | null)[]): Expr {
  const op = opOf(node.op);
  if (op.push) return given.every((d) => d === null) ? num(0) : op.push(algebra, given, node.args);
  const partials = op.pull(algebra, num(1), node, node.args);
  return given.reduce<Expr>(
    (moved, d, i) => (d && partials[i] ? add(moved, mul(partials[i], d)) : moved),
    num(0),
  );
}

/** The nodes below the roots that depend on any of the leaves, in topological order. */
function dependents(roots: readonly Expr[], leaves: ReadonlySet<Expr>): Expr[] {
  const moving = new Set<Expr>();
  return topological(roots).filter((node) => {
    const moves = leaves.has(node) || node.args.some((arg) => moving.has(arg));
    if (moves) moving.add(node);
    return moves;
  });
}

/** Whether any root depends on the leaf. */
export const dependsOn = (roots: readonly Expr[], leaf: Expr): boolean =>
  dependents(roots, new Set([leaf])).length > 0;
