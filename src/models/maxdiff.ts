/**
 * Maximum difference (maxdiff): the pair of best and worst is chosen among all ordered pairs for the largest
 * difference, P(b, w) = exp(V_b − V_w) / Σ_{i ≠ j} exp(V_i − V_j).
 *
 * The denominator is Σ exp V · Σ exp −V − J, so nothing is written out pair by pair.
 * Source: Marley & Louviere (2005), Journal of Mathematical Psychology 49:464, section 3.
 */
import { Complaint } from "../complaint/index.ts";
import { add, type Expr, exp, log, mul, neg, num, sub } from "../expr/index.ts";
import { type Alternatives, atChosen, forEach, logSumExp, sumOver } from "./alternatives.ts";
import type { Model } from "./model.ts";

export const maxdiff: Model = {
  name: "maxdiff",
  title: "Maximum difference",
  formula: "\\ln P_{bw} = V_b - V_w - \\ln \\sum_i \\sum_{j \\neq i} \\exp(V_i - V_j)",
  source:
    "Marley, A. A. J. & Louviere, J. J. (2005), Some probabilistic models of best, worst, and best–worst choices, Journal of Mathematical Psychology 49:464",
  outcomes: ["bestWorst"],
  check: () => {},
  parameters: () => [],
  logLikelihood(set) {
    const utilities = forEach(set, ({ utility }) => utility);
    const at = (column: string): Expr =>
      atChosen(
        { ...set, all: set.all.map((item) => ({ ...item, chosen: item.observed(column) })) },
        utilities,
      );
    return sub(sub(at("best"), at("worst")), pairs(set));
  },
  /** That it is the best, whatever is the worst: Σ_w P(j, w). */
  logProbabilities(set) {
    const [, down] = sides(set);
    const others = (utility: Expr): Expr => add(down, log(sub(num(1), exp(sub(neg(utility), down)))));
    const all = pairs(set);
    return forEach(set, ({ utility }) => sub(add(utility, others(utility)), all));
  },
  logsum() {
    throw new Complaint("a pair of best and worst has no logsum", {
      rule: "a logsum is the expected utility of the one alternative that is taken",
      help: "fit the choices, or best and then worst, by a logit",
    });
  },
  example: { options: {}, parameters: {} },
};

/** ln Σ exp V and ln Σ exp −V. */
function sides(set: Alternatives): [Expr, Expr] {
  const utilities = forEach(set, ({ utility }) => utility);
  return [logSumExp(set, utilities), logSumExp(set, utilities.map(neg))];
}

/** ln Σ_{i ≠ j} exp(V_i − V_j). The J pairs of one with itself are at most a J-th part, so nothing cancels. */
function pairs(set: Alternatives): Expr {
  const [up, down] = sides(set);
  const all = add(up, down);
  const count = sumOver(
    set,
    forEach(set, () => num(1)),
  );
  return add(all, log(sub(num(1), mul(count, exp(neg(all))))));
}
