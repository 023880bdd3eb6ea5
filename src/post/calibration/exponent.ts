/**
 * The exponent of market simulators: stated choices are noisier or surer than purchases, so predicted
 * probabilities are raised to a power e, P_j^e / Σ_k P_k^e, until the shares come as close as they can to
 * those of one or more markets. e = 1/τ; for a logit it multiplies the utilities. Least squares
 * over markets and alternatives,
 *
 *   minimise Σ_m Σ_j (S_mj − s_mj(e))²,   ∂s_mj/∂e = mean of p_j (ln P_j − Σ_k p_k ln P_k),
 *
 * with the covariance of nonlinear least squares; since shares of a market sum to one, each market counts one
 * observation less than it has alternatives.
 *
 * Source: Orme & Johnson (2006), External effect adjustments in conjoint analysis, Sawtooth Software.
 */
import { Complaint } from "../../complaint/index.ts";
import { sharesByLabel, Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { wald } from "../../inference/index.ts";
import { type CurveFit, fitCurve } from "../../optimise/leastSquares.ts";
import type { Circumstances } from "../scene.ts";
import { predictionsOf } from "../validation/predictions.ts";
import { sharesAt } from "./powered.ts";
import { labelsOf } from "./shifted.ts";

/** What is offered (other data, a scenario; the fit's own choices unless given), and its shares by alternative. */
export interface Market extends Circumstances {
  readonly shares: Readonly<Record<string, number>>;
}

/** Two rows, the exponent and its inverse τ: value, std. error, z and p against 1, 95 % interval. */
export async function marketExponent(fit: Fit, markets: Market | readonly Market[]): Promise<Table> {
  const all = [markets].flat() as Market[];
  const labels = labelsOf(fit);
  const predictions = await Promise.all(all.map(({ shares: _, ...offer }) => predictionsOf(fit, offer)));
  const target = all.flatMap(({ shares }, m) => sharesByLabel(predictions[m].data, shares));
  const known = new Map<number, { shares: Float64Array; slopes: Float64Array }>();
  const at = (exponent: number) => {
    const found = known.get(exponent) ?? sharesAt(predictions, exponent);
    known.set(exponent, found);
    return found;
  };
  const points = { x: Array.from(target.keys()), y: target };
  const from = (start: number): CurveFit =>
    fitCurve(
      {
        value: ([exponent], i) => at(exponent).shares[i],
        gradient: ([exponent], i) => [at(exponent).slopes[i]],
        start: [start],
        lower: [0],
        upper: [most],
      },
      points,
    );
  const descent = (exponent: number): number => {
    const { shares, slopes } = at(exponent);
    return target.reduce((sum, share, i) => sum + (share - shares[i]) * slopes[i], 0);
  };
  const first = from(1);
  const found = first.converged ? first : from(settled(descent, first.parameters[0]));
  const size = { markets: all.length, alternatives: labels.length };
  return table(found, target, at(found.parameters[0]).shares, size);
}

const most = 100;

/**
 * Where the slope of the sum of squares changes its sign, nearest to where the package stopped: its steps
 * stall where much of the shares is left unexplained.
 */
function settled(descent: (exponent: number) => number, near: number): number {
  const up = descent(near) > 0;
  let [low, high] = [near, near];
  for (let step = 0.01; descent(up ? high : low) > 0 === up && step < 2 * most; step *= 2) {
    if (up) high = Math.min(most, near + step);
    else low = Math.max(0, near - step);
  }
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (descent(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function table(
  { converged, parameters: [exponent], residualVariance, covariance }: CurveFit,
  target: readonly number[],
  fitted: Float64Array,
  { markets, alternatives }: { markets: number; alternatives: number },
): Table {
  if (!converged || !(exponent > 0 && exponent < most))
    throw new Complaint("no exponent brings the predicted shares closest to these", {
      value: exponent,
      rule: "alternatives that are predicted larger must on the whole be larger in the market",
    });
  const degrees = markets * (alternatives - 1) - 1;
  const variance = degrees > 0 ? (residualVariance * (markets * alternatives - 1)) / degrees : Number.NaN;
  const error = Math.sqrt((covariance[0] / residualVariance) * variance);
  const rows = [wald(exponent, error, 1), wald(1 / exponent, error / exponent ** 2, 1)];
  const worst = target.reduce((most, share, i) => Math.max(most, Math.abs(share - fitted[i])), 0);
  return Table.of(
    {
      quantity: ["exponent", "τ = 1 / exponent"],
      value: rows.map(({ estimate }) => estimate),
      "std. error": rows.map(({ standardError }) => standardError),
      z: rows.map(({ z }) => z),
      p: rows.map(({ p }) => p),
      lower: rows.map(({ lower }) => lower),
      upper: rows.map(({ upper }) => upper),
    },
    {
      title: "Exponent fitted to market shares",
      formats: { z: 2, p: "p" },
      notes: [
        verdict(rows[0].lower, rows[0].upper, exponent),
        `Largest difference left: ${(100 * worst).toFixed(2)} points of share. z and p against 1.`,
        `Least squares over ${markets} market${markets > 1 ? "s" : ""} of ${alternatives} alternatives, ${degrees} degrees of freedom; coefficients taken as known.`,
      ],
    },
  );
}

function verdict(lower: number, upper: number, exponent: number): string {
  if (Number.isNaN(lower)) return "One share fits one exponent exactly: there is no standard error.";
  if (lower <= 1 && upper >= 1)
    return "No sign that the market is more or less decided than the predictions.";
  return `The market is ${exponent > 1 ? "more" : "less"} decided than the predictions: utilities times ${exponent.toFixed(2)}.`;
}
