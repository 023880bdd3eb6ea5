/** Multinomial (conditional) logit: ln P_j = V_j − ln Σ_k exp V_k. Source: McFadden (1974). */
import { add, addAll, type Expr, exp, larger, log, neg, num, select, stop, sub } from "../expr/index.ts";
import { againstChosen, inPlaces } from "./againstChosen.ts";
import { type Alternatives, forEach, logSumExp } from "./alternatives.ts";
import type { Model } from "./model.ts";

export const logit: Model = {
  name: "logit",
  title: "Multinomial logit",
  formula: "\\ln P_j = V_j - \\ln \\sum_k \\exp V_k",
  source:
    "McFadden, D. (1974), Conditional logit analysis of qualitative choice behavior, in Frontiers in Econometrics",
  check: () => {},
  parameters: () => [],
  logProbabilities(set) {
    const utilities = forEach(set, ({ utility }) => utility);
    const logsum = logSumExp(set, utilities);
    return utilities.map((utility) => sub(utility, logsum));
  },
  logsum: (set) =>
    logSumExp(
      set,
      forEach(set, ({ utility }) => utility),
    ),
  chosen: { rows: againstChosen, logProbability: withoutItself, repeated: true },
  gev: true,
  example: { options: {}, parameters: {} },
};

/**
 * ln P = −ln(1 + Σ_k exp D_k), D_k = V_k − V_chosen: one exponential fewer. Differences above 40 are shifted below it,
 * where 1 is no part of the sum's digits any more.
 */
function withoutItself(set: Alternatives, differences: readonly Expr[]): Expr {
  const open = inPlaces(set, ({ available }) => available);
  const only = (k: number, value: Expr): Expr => select(open[k], value, num(0));
  const largest = differences.map((difference, k) => only(k, difference)).reduce(larger, num(lost));
  const excess = stop(sub(largest, num(lost)));
  const others = differences.map((difference, k) => only(k, exp(only(k, sub(difference, excess)))));
  return neg(add(excess, log(add(num(1), addAll(others)))));
}

/** exp(−40) is less than half a unit in the last place of 1. */
const lost = 40;
