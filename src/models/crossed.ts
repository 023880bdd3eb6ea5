/**
 * Nests that overlap: the generating function G = Σ_m (Σ_j (α_jm e^{V_j})^{1/λ_m})^{λ_m}, of which the
 * cross-nested, generalised nested and paired combinatorial logits are cases. With S_jm = (ln α_jm + V_j)/λ_m
 * and I_m = ln Σ_{k∈m} exp S_km,
 *
 *   ln P_j = ln Σ_m exp(S_jm + (λ_m − 1) I_m) − ln Σ_l exp(λ_l I_l).
 *
 * Source: Wen & Koppelman (2001), Transportation Research B 35:627; Bierlaire (2006), Annals of Operations
 * Research 144:287.
 */
import { add, div, type Expr, mul, num, sub } from "../expr/index.ts";
import type { Alternatives } from "./alternatives.ts";
import { logSumOf, type Part } from "./logSumOf.ts";

/** A nest: its λ, and ln α of its members by their place. */
export interface Crossed {
  readonly lambda: Expr;
  readonly members: ReadonlyMap<number, Expr>;
}

interface Opened {
  readonly nest: Crossed;
  readonly scaled: ReadonlyMap<number, Expr>;
  readonly inclusive: Part;
}

/** Alternatives in no nest have one of their own. */
function opened(set: Alternatives, nests: readonly Crossed[]): Opened[] {
  const alone = set.all.flatMap((_, j): Crossed[] =>
    nests.some(({ members }) => members.has(j)) ? [] : [{ lambda: num(1), members: new Map([[j, num(0)]]) }],
  );
  return [...nests, ...alone].map((nest) => {
    const scaled = new Map(
      [...nest.members].map(([j, logAlpha]) => [j, div(add(logAlpha, set.all[j].utility), nest.lambda)]),
    );
    const parts = [...scaled].map(([j, value]) => ({ value, open: set.all[j].available }));
    return { nest, scaled, inclusive: logSumOf(parts) };
  });
}

const total = (all: readonly Opened[]): Expr =>
  logSumOf(all.map(({ nest, inclusive: { value, open } }) => ({ value: mul(nest.lambda, value), open })))
    .value;

export function crossedLogs(set: Alternatives, nests: readonly Crossed[]): Expr[] {
  const all = opened(set, nests);
  const logsum = total(all);
  return set.all.map((_, j) => {
    const ways = all.flatMap(({ nest, scaled, inclusive }): Part[] => {
      const own = scaled.get(j);
      if (!own) return [];
      return [{ value: add(own, mul(sub(nest.lambda, num(1)), inclusive.value)), open: num(1) }];
    });
    return sub(logSumOf(ways).value, logsum);
  });
}

export const crossedLogsum = (set: Alternatives, nests: readonly Crossed[]): Expr =>
  total(opened(set, nests));
