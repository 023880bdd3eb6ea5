/**
 * Normal form of a utility: Σ_k β_k x_k + rest, where x_k holds data only. Every coefficient that enters
 * linearly meets a column computed once (`time / 100` costs nothing in the loop), and its second
 * derivatives are known to vanish. Coefficients that enter otherwise stay in the rest, as written.
 */
import {
  add,
  addAll,
  type Expr,
  Level,
  mul,
  num,
  parameter,
  slopes,
  substitute,
  topological,
} from "../expr/index.ts";

/** Whether an expression holds nothing but data and numbers. */
export const dataOnly = (expr: Expr): boolean => (expr.level & ~(Level.situation | Level.axis)) === 0;

/** The parameters that occur in any of the expressions, by name. */
export const parametersIn = (roots: readonly Expr[]): Set<string> =>
  new Set(
    topological(roots)
      .filter((node) => node.op === "parameter")
      .map((node) => node.name),
  );

export function affine(utility: Expr): Expr {
  const bound = parametersIn([...conditions(utility), ...drawTerms(utility)]);
  const leaves = [...parametersIn([utility])].filter((name) => !bound.has(name)).map(parameter);
  const each = slopes(utility, leaves);
  const linear = new Map(
    leaves.map((leaf, k) => [leaf, each[k]] as const).filter(([, slope]) => dataOnly(slope)),
  );
  if (linear.size === 0) return utility;
  const [rest] = substitute([utility], topological([utility]), (node) =>
    linear.has(node) ? num(0) : undefined,
  );
  return add(addAll([...linear].map(([leaf, slope]) => mul(leaf, slope))), rest);
}

/** The terms of the sum that hold draws: μ + σz stays in one piece, since it varies less often than what it multiplies. */
function drawTerms(expr: Expr): readonly Expr[] {
  if ((expr.level & Level.draw) === 0) return [];
  const isSum = expr.op === "add" || expr.op === "sub" || expr.op === "neg";
  return isSum ? expr.args.flatMap(drawTerms) : [expr];
}

/** What has no slope and yet a say: the parts of an expression that it compares or branches on. */
const conditions = (expr: Expr): Expr[] =>
  topological([expr]).flatMap((node) => {
    if (node.op === "if") return [node.args[0]];
    return steps.has(node.op) ? node.args : [];
  });

const steps: ReadonlySet<string> = new Set([
  "eq",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
  "and",
  "or",
  "not",
  "stop",
  "larger",
]);
