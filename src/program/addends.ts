/** A sum taken apart: what is added, and what is taken away. */
import type { Expr } from "../expr/index.ts";

export interface Addend {
  readonly sign: number;
  readonly node: Expr;
}

export function addendsOf(node: Expr, sign = 1): Addend[] {
  const [a, b] = node.args;
  if (node.op === "neg") return addendsOf(a, -sign);
  if (node.op === "add") return [...addendsOf(a, sign), ...addendsOf(b, sign)];
  if (node.op === "sub") return [...addendsOf(a, sign), ...addendsOf(b, -sign)];
  return [{ sign, node }];
}
