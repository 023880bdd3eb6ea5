/** The chain of the GHK simulator: a factor for every difference of utilities that is to be below 0. See probit.ts. */
import {
  add,
  addAll,
  div,
  type Expr,
  exp,
  inverseMills,
  logNormalCdf,
  max,
  mul,
  neg,
  normalQuantile,
  num,
  select,
  sub,
} from "../expr/index.ts";
import type { Alternatives } from "./alternatives.ts";
import type { ModelOptions } from "./model.ts";
import { factorAgainst, type Triangle } from "./probitErrors.ts";

export const labelsOf = (set: Alternatives): string[] => set.all.map(({ label }) => label!);

/** One of the differences that are to be below 0. */
export interface Step {
  readonly difference: Expr;
  /** 1 where the alternative can be chosen. */
  readonly open: Expr;
  /** Its row of the Cholesky factor. */
  readonly factor: readonly Expr[];
}

/** ln Φ is not followed below this into the tail, where Φ⁻¹ would leave the range of numbers. */
const farthest = num(-600);

/** Σ ln Φ(z_k) for one draw, and η of every step: that of the last one is its mean. */
export function chain(steps: readonly Step[], draws: readonly Expr[]): { log: Expr; etas: Expr[] } {
  const etas: Expr[] = [];
  const logs = steps.map(({ difference, open, factor }, k) => {
    const before = addAll(etas.map((eta, l) => mul(factor[l], eta)));
    const z = div(neg(add(difference, before)), factor[k]);
    const log = logNormalCdf(z);
    etas.push(
      k < steps.length - 1
        ? normalQuantile(mul(draws[k], select(open, exp(max(log, farthest)), num(1))))
        : select(open, neg(inverseMills(z)), num(0)),
    );
    return select(open, log, num(0));
  });
  return { log: addAll(logs), etas };
}

/** The others against alternative i. */
export function stepsAgainst(
  i: number,
  { all }: Alternatives,
  factor: Triangle,
  options: ModelOptions,
): Step[] {
  const rows = factorAgainst(
    i,
    factor,
    options,
    all.map(({ label }) => label!),
  );
  return all
    .filter((_, k) => k !== i)
    .map(({ utility, available }, k) => ({
      difference: sub(utility, all[i].utility),
      open: available,
      factor: rows[k],
    }));
}
