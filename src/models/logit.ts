/** Multinomial (conditional) logit: ln P_j = V_j − ln Σ_k exp V_k. Source: McFadden (1974). */
import { sub } from "../expr/index.ts";
import { forEach, logSumExp } from "./alternatives.ts";
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
  gev: true,
  example: { options: {}, parameters: {} },
};
