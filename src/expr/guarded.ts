/**
 * Adjoints of a branch that is not taken are 0, and 0 × NaN is NaN. So an adjoint that came through an `if`
 * stays if(c, x, 0), and all that it is multiplied by goes inside: whatever a branch that is not taken holds,
 * a logarithm of 0 for instance, it never counts.
 */
import { add, algebra, and, div, mul, neg, not, num, or, select } from "./build.ts";
import type { Expr } from "./node.ts";
import type { Algebra } from "./ops.ts";

interface Guarded {
  readonly condition: Expr;
  /** Whether it counts where the condition holds, or where it does not. */
  readonly holds: boolean;
  readonly value: Expr;
}

const isZero = (expr: Expr): boolean => expr.op === "number" && expr.value === 0;

function guardOf(expr: Expr): Guarded | null {
  if (expr.op !== "if") return null;
  const [condition, yes, no] = expr.args;
  if (isZero(no)) return { condition, holds: true, value: yes };
  return isZero(yes) ? { condition, holds: false, value: no } : null;
}

const guard = ({ condition, holds }: Guarded, value: Expr): Expr =>
  holds ? select(condition, value, num(0)) : select(condition, num(0), value);

function inside(expr: Expr, change: (value: Expr) => Expr): Expr {
  const found = guardOf(expr);
  return found ? guard(found, inside(found.value, change)) : change(expr);
}

/** What derivatives of reverse mode are written with: the adjoint is the first factor. */
export const guarded: Algebra = {
  ...algebra,
  mul: (g, b) => inside(g, (value) => mul(value, b)),
  div: (g, b) => inside(g, (value) => div(value, b)),
  neg: (g) => inside(g, neg),
};

/** The sum of two adjoints: it counts where either does. */
export function gather(a: Expr, b: Expr): Expr {
  const [first, second] = [guardOf(a), guardOf(b)];
  if (!first || !second) return add(a, b);
  if (first.condition !== second.condition) return select(or(whole(first), whole(second)), add(a, b), num(0));
  if (first.holds === second.holds) return guard(first, gather(first.value, second.value));
  return first.holds
    ? select(first.condition, first.value, second.value)
    : select(first.condition, second.value, first.value);
}

/** Where it counts: where all the guards do that stand inside each other. */
function whole({ condition, holds, value }: Guarded): Expr {
  const own = holds ? condition : not(condition);
  const inner = guardOf(value);
  return inner ? and(own, whole(inner)) : own;
}
