/**
 * The temperature sweep: what the fitted utilities would predict from τ → 0, where everybody takes the best
 * alternative, to τ → ∞, where utilities mean nothing. τ is relative to the fit, which is at 1.
 */
import { Complaint } from "../../complaint/index.ts";
import { Table } from "../../data/index.ts";
import { equalShares } from "../../fit/baselines.ts";
import type { Fit } from "../../fit/index.ts";
import { optionsOf, sceneOf, totalWeight } from "../scene.ts";
import { type Heated, heated } from "./heated.ts";
import { entropyExpr } from "./potentials.ts";

export interface SweepOptions {
  /** Ends of the sweep between the two limits. Default 1/32 and 32. */
  readonly from?: number;
  readonly to?: number;
  /** How many temperatures between them, evenly spaced in ln τ. Default 41. */
  readonly points?: number;
}

/** Utilities times this are as good as infinite, and still numbers. */
const frozenScale = 1e6;

/**
 * One row per temperature, with the limits 0 and infinity at the ends: mean entropy, perplexity, log-likelihood
 * (−∞ at 0 unless every choice was the best), and the share of every alternative.
 */
export async function temperatureSweep(
  fit: Fit,
  { from = 1 / 32, to = 32, points = 41 }: SweepOptions = {},
): Promise<Table> {
  if (!(from > 0 && to > from && points >= 2))
    throw new Complaint("a sweep runs from a positive temperature to a larger one", {
      value: `from ${from} to ${to} in ${points} points`,
    });
  const scene = await sceneOf(fit);
  const options = optionsOf(scene);
  const hot = await heated(scene, { frozen: true });
  const step = Math.log(to / from) / (points - 1);
  const middle = Array.from({ length: points }, (_, i) => from * Math.exp(step * i));
  const tau = [0, ...middle, Number.POSITIVE_INFINITY];
  const weight = totalWeight(scene);
  const outputs = [entropyExpr(scene), ...options.map(({ probability }) => probability)];
  const rows = await inTurn(tau, async (each) => {
    const point = hot.point(each === 0 ? frozenScale : 1 / each);
    const { values } = await hot.prepared.sums(outputs, point);
    return {
      entropy: values[0] / weight,
      shares: sharesOf(values.subarray(1)),
      likelihood: await likelihood(hot, point, each, equalShares(fit.data)),
    };
  });
  hot.prepared.dispose();
  const shares = options.map(
    ({ name }, j) => [`share of ${name}`, rows.map(({ shares: all }) => all[j])] as const,
  );
  return Table.of(
    {
      tau,
      entropy: rows.map(({ entropy }) => entropy),
      perplexity: rows.map(({ entropy }) => Math.exp(entropy)),
      "log-likelihood": rows.map(({ likelihood: value }) => value),
      "likelihood per choice": rows.map(({ likelihood: value }) => Math.exp(value / weight)),
      ...Object.fromEntries(shares),
    },
    {
      title: "From perfect choice to a coin",
      notes: [
        "τ multiplies the temperature of the fit, which is at 1. At 0 everybody takes the best alternative; at infinity the utilities mean nothing.",
        "Likelihood per choice: the geometric mean of the probability of what was chosen.",
      ],
      formats: Object.fromEntries(shares.map(([name]) => [name, 4])),
    },
  );
}

/** The limit at 0 is −∞, unless no more was lost than ties cost: every choice was among the best. */
async function likelihood(
  { prepared }: Heated,
  point: Float64Array,
  tau: number,
  ties: number,
): Promise<number> {
  const { value } = await prepared.evaluate(point, "value");
  return tau === 0 && value < ties - 1e-6 * Math.abs(ties) ? Number.NEGATIVE_INFINITY : value;
}

/** At the largest scale, rounding shows in the sum of the probabilities. */
function sharesOf(totals: Float64Array): Float64Array {
  const all = totals.reduce((sum, value) => sum + value, 0);
  return totals.map((value) => value / all);
}

async function inTurn<T, U>(items: readonly T[], each: (item: T) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (const item of items) done.push(await each(item));
  return done;
}
