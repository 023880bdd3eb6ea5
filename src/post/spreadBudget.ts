/**
 * The amounts of MDCEV that spend a budget. Marginal utilities per unit of budget are equal,
 * ψ_k (x_k/γ_k + 1)^(α_k − 1) / p_k = λ, for the goods that are taken, and below λ for the others. What is spent
 * falls with ln λ and is convex in it, so Newton steps from below never pass the root.
 *
 * Source: Pinjari & Bhat (2011), Computationally efficient forecasting procedures for Kuhn-Tucker consumer demand
 * model systems, University of South Florida; the problem is Bhat (2008), equation 2.
 */
import type { Good } from "../models/index.ts";

const mostSteps = 100;

/** Fills `amounts`, one for each good. @param worth ln ψ − ln p of every good. */
export function spreadBudget(
  goods: readonly Good[],
  worth: Float64Array,
  prices: Float64Array,
  budget: number,
  amounts: Float64Array,
): void {
  let logLambda = Number.POSITIVE_INFINITY;
  for (let k = 0; k < goods.length; k++) logLambda = Math.min(logLambda, worth[k]);
  while (take(goods, worth, prices, logLambda, amounts).spent < budget) logLambda -= 2;
  for (let step = 0; step < mostSteps; step++) {
    const { spent, slope } = take(goods, worth, prices, logLambda, amounts);
    const next = logLambda + (spent - budget) / slope;
    if (!(next > logLambda) || spent - budget <= 1e-13 * budget) return;
    logLambda = next;
  }
}

/** The amounts at λ, what they cost, and how fast that falls with ln λ. */
function take(
  goods: readonly Good[],
  worth: Float64Array,
  prices: Float64Array,
  logLambda: number,
  amounts: Float64Array,
): { spent: number; slope: number } {
  let [spent, slope] = [0, 0];
  for (let k = 0; k < goods.length; k++) {
    const { gamma, alpha } = goods[k];
    const full = Math.exp((worth[k] - logLambda) / (1 - alpha));
    amounts[k] = gamma === 0 ? full : gamma * Math.max(0, full - 1);
    if (amounts[k] === 0) continue;
    spent += prices[k] * amounts[k];
    slope += (prices[k] * (gamma === 0 ? full : gamma * full)) / (1 - alpha);
  }
  return { spent, slope };
}
