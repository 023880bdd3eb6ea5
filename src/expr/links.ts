/** What lies between a latent value and an observed level: F of ε as expressions that keep their digits in both tails. */
import { add, compare, exp, larger, log, logNormalCdf, neg, num, select, sub } from "./build.ts";
import type { Expr } from "./node.ts";
import { normalQuantile } from "./normalQuantile.ts";

/** A distribution of ε. */
export interface Link {
  /** ln F(x). */
  readonly below: (x: Expr) => Expr;
  /** ln(F(b) − F(a)) for a < b, with its digits in both tails. `gap` is a − b, where it can be had with less. */
  readonly between: (a: Expr, b: Expr, gap?: Expr) => Expr;
  readonly quantile: (p: number) => number;
}

/** −ln(1 + exp −x), as a log-sum-exp of 0 and −x. */
function logLogistic(x: Expr): Expr {
  const shift = larger(num(0), neg(x));
  return neg(add(shift, log(add(exp(neg(shift)), exp(sub(neg(x), shift))))));
}

const oneMinusExp = (x: Expr): Expr => log(sub(num(1), exp(x)));

const logistic: Link = {
  below: logLogistic,
  between: (a, b, gap = sub(a, b)) => add(add(logLogistic(b), logLogistic(neg(a))), oneMinusExp(gap)),
  quantile: (p) => Math.log(p / (1 - p)),
};

const normal: Link = {
  below: logNormalCdf,
  between(a, b) {
    // Both ends are moved to the side where F is small, where differences keep their digits.
    const isRight = compare("gt", add(a, b), num(0));
    const [low, high] = [select(isRight, neg(b), a), select(isRight, neg(a), b)];
    const top = logNormalCdf(high);
    return add(top, oneMinusExp(sub(logNormalCdf(low), top)));
  },
  quantile: normalQuantile,
};

export const links: Readonly<Record<"logit" | "probit", Link>> = { logit: logistic, probit: normal };
