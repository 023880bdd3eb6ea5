/**
 * Terms whose slopes are minus a softmax of the rows, −ln(1 + Σ_k exp(V_k − shift)) less the shift: w = ∂ℓ/∂V = −P and
 * ∂w/∂V = diag(w) + w wᵀ, so that the Hessian in the leaves is Σ_r w_r a_r a_rᵀ + g gᵀ with the gradient g.
 */
import { type Expr, mul } from "../expr/index.ts";
import { addendsOf } from "./addends.ts";
import { isZero, type Row } from "./rows.ts";

/** Whether a term is of this form, each row in it once. */
export function isSoftmax(term: Expr): boolean {
  const parts = addendsOf(term);
  const logs = parts.filter(({ node }) => node.op === "log");
  const shifts = parts.filter(({ node }) => node.op === "stop");
  if (logs.length !== 1 || logs.length + shifts.length !== parts.length) return false;
  if (parts.some(({ sign }) => sign > 0)) return false;
  const shift = shifts.map(({ node }) => node);
  const rows = addendsOf(logs[0].node.args[0])
    .filter(({ node }) => node.op !== "number")
    .map(({ sign, node }) => (sign > 0 ? rowOf(node, shift) : null));
  return rows.every((row) => row !== null) && new Set(rows).size === rows.length;
}

/** The row V of exp(V − shift) where it is open, else null. */
function rowOf(node: Expr, shift: readonly Expr[]): Expr | null {
  const power = whereOpen(node);
  if (power.op !== "exp") return null;
  const parts = addendsOf(whereOpen(power.args[0]));
  const rows = parts.filter(({ sign, node: { op } }) => sign > 0 && op === "utility");
  const others = parts.filter((part) => !rows.includes(part));
  const isShifted = others.every(({ sign, node: it }) => sign < 0 && shift.includes(it));
  return rows.length === 1 && others.length === shift.length && isShifted ? rows[0].node : null;
}

const whereOpen = (node: Expr): Expr =>
  node.op === "if" && node.args[2].op === "number" && node.args[2].value === 0 ? node.args[1] : node;

/** The second derivative in two leaves: Σ_r w_r a_rm a_rn + g_m g_n. */
export function softmaxCurve(
  rows: readonly Row[],
  slopes: readonly Expr[],
  gradient: readonly Expr[],
  m: number,
  n: number,
): Expr[] {
  const products = rows.flatMap((row, r) =>
    isZero(row.slopes[m]) || isZero(row.slopes[n]) ? [] : [mul(mul(row.slopes[m], slopes[r]), row.slopes[n])],
  );
  return [...products, mul(gradient[m], gradient[n])].filter((part) => !isZero(part));
}
