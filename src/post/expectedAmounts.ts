/**
 * What a fitted MDCEV expects to be taken of each good. Every situation's budget is spread anew for drawn noise:
 * marginal utilities per unit of budget are equal, ψ_k (x_k/γ_k + 1)^(α_k − 1) / p_k = λ, for the goods that are
 * taken, and below λ for the others; λ is where the budget is spent, and is found by bisection.
 *
 * Source: Pinjari & Bhat (2011), Computationally efficient forecasting procedures for Kuhn-Tucker consumer demand
 * model systems, University of South Florida; the problem is Bhat (2008), equation 2.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { Table } from "../data/index.ts";
import type { Fit } from "../fit/index.ts";
import { random } from "../math/random.ts";
import { type Good, goodsOf, modelOf } from "../models/index.ts";
import { scenarioNote } from "./scenario.ts";
import { type Circumstances, sceneOf } from "./scene.ts";

export interface AmountOptions extends Pick<Circumstances, "scenario"> {
  /** By good, what its price is multiplied by. */
  readonly prices?: Readonly<Record<string, number>>;
  /** Draws of the noise for each situation. Default 200. */
  readonly draws?: number;
  readonly seed?: number;
}

/**
 * One row per good: mean amount observed and expected, and the share of people who take any, observed and
 * expected. Throws a Complaint for a model of another outcome, and for goods without names.
 */
export async function expectedAmounts(fit: Fit, options: AmountOptions = {}): Promise<Table> {
  const { scenario, prices = {}, draws = 200, seed = 1 } = options;
  const labels = checked(fit, prices, draws);
  const scene = await sceneOf(fit, scenario ? { scenario } : {});
  const { data } = fit;
  const { amount, price } = data.outcome!.columns;
  const values = new Map(fit.parameters.map(({ name, estimate }) => [name, estimate]));
  const goods = goodsOf(labels, (name) => values.get(name)!, fit.model.options ?? {});
  const sigma = values.get("sigma") ?? 1;
  const totals = { observed: new Tally(labels.length), expected: new Tally(labels.length) };
  const source = random(seed);
  const utilities = scene.compiled.set.all.map(({ utility }) => utility);
  await scene.prepared.each(utilities, scene.point(), ({ from, situations, values: V }) => {
    for (let s = from; s < from + situations; s++) {
      const weight = data.weight?.[s] ?? 1;
      const there = labels.flatMap((_, j) => (data.rowAt(s, j) >= 0 ? [j] : []));
      const rows = there.map((j) => data.rowAt(s, j));
      const budget = rows.reduce((sum, row) => sum + price[row] * amount[row], 0);
      const paid = rows.map((row, i) => price[row] * (prices[labels[there[i]]] ?? 1));
      for (const [i, row] of rows.entries()) totals.observed.add(there[i], amount[row], weight);
      for (let r = 0; r < draws; r++) {
        const psi = there.map((j) => Math.exp(V[j][s - from] + sigma * source.gumbel()));
        const taken = spread(
          there.map((j) => goods[j]),
          psi,
          paid,
          budget,
        );
        for (const [i, x] of taken.entries()) totals.expected.add(there[i], x, weight / draws);
      }
      totals.observed.weight += weight;
      totals.expected.weight += weight;
    }
  });
  return tableOf(labels, totals, options, draws);
}

function checked(fit: Fit, prices: Readonly<Record<string, number>>, draws: number): readonly string[] {
  const { labels } = fit.resolved;
  if (!modelOf(fit.kernel).amounts)
    throw new Complaint(`${fit.kernel} is no model of amounts`, { help: "ask shares or predict" });
  if (fit.resolved.draws || fit.resolved.classes)
    throw new Complaint("expected amounts are not averaged over random coefficients and classes yet");
  if (labels === null || fit.resolved.utilities.length !== labels.length)
    throw new Complaint("expected amounts need goods with names", { help: "name the alternative column" });
  for (const [label, factor] of Object.entries(prices)) {
    if (!labels.includes(label))
      throw new Complaint(`there is no good ${label}`, { help: suggest(label, labels) });
    if (!(factor > 0 && Number.isFinite(factor)))
      throw new Complaint(`the price of ${label} is multiplied by a positive number`, { value: factor });
  }
  if (!(Number.isInteger(draws) && draws > 0))
    throw new Complaint("draws is a whole number", { value: draws });
  return labels;
}

/** Weighted sums by good. */
class Tally {
  weight = 0;
  readonly amount: Float64Array;
  readonly taking: Float64Array;

  constructor(goods: number) {
    this.amount = new Float64Array(goods);
    this.taking = new Float64Array(goods);
  }

  add(good: number, amount: number, weight: number): void {
    this.amount[good] += weight * amount;
    if (amount > 0) this.taking[good] += weight;
  }
}

const halvings = 80;

/** The amounts that spend the budget with equal marginal utilities. */
export function spread(
  goods: readonly Good[],
  psi: readonly number[],
  prices: readonly number[],
  budget: number,
): number[] {
  const at = (logLambda: number): number[] =>
    goods.map(({ gamma, alpha }, k) => {
      const full = Math.exp((Math.log(psi[k] / prices[k]) - logLambda) / (1 - alpha));
      return gamma === 0 ? full : gamma * Math.max(0, full - 1);
    });
  const spent = (amounts: readonly number[]): number => amounts.reduce((sum, x, k) => sum + x * prices[k], 0);
  let low = Math.log(Math.min(...psi.map((value, k) => value / prices[k])));
  while (spent(at(low)) < budget) low -= 2;
  let high = low + 2;
  while (spent(at(high)) > budget) high += 2;
  for (let i = 0; i < halvings && high - low > 1e-14 * Math.max(1, Math.abs(low)); i++) {
    const middle = (low + high) / 2;
    if (spent(at(middle)) > budget) low = middle;
    else high = middle;
  }
  return at(high);
}

function tableOf(
  labels: readonly string[],
  { observed, expected }: { readonly observed: Tally; readonly expected: Tally },
  { scenario, prices = {} }: AmountOptions,
  draws: number,
): Table {
  const mean = (tally: Tally, of: "amount" | "taking"): Float64Array =>
    tally[of].map((sum) => sum / tally.weight);
  const changes = Object.entries(prices).map(([label, factor]) => `price of ${label} times ${factor}`);
  return Table.of(
    {
      good: [...labels],
      observed: mean(observed, "amount"),
      expected: mean(expected, "amount"),
      "take any": mean(observed, "taking"),
      "expected to": mean(expected, "taking"),
    },
    {
      title: "Mean amounts",
      formats: { observed: 3, expected: 3, "take any": "percent", "expected to": "percent" },
      notes: [
        ...(scenario ? [scenarioNote(scenario)] : []),
        ...(changes.length > 0 ? [`Prices: ${changes.join(", ")}.`] : []),
        `Budgets as observed; ${draws} draws of the noise for each, at the estimates.`,
      ],
    },
  );
}
