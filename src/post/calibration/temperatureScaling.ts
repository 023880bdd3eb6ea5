/**
 * The calibration temperature: coefficients frozen, τ fitted to choices of persons that they were not fitted
 * to. P_j ∝ P_j^(1/τ), for a logit softmax(V/τ); τ > 1 says that the utilities are over-confident. On its own
 * training data the τ of a logit with free coefficients is exactly 1, so that tells nothing.
 *
 * Source: Guo, Pleiss, Sun & Weinberger (2017), On calibration of modern neural networks, ICML.
 */
import { type ChoiceData, Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { wald } from "../../inference/index.ts";
import { type FoldOptions, outOfFold } from "../validation/outOfFold.ts";
import { predictionsOf } from "../validation/predictions.ts";
import { unitsOf } from "./judged.ts";
import { scalingFit } from "./scaling.ts";

export interface TemperatureScalingOptions extends FoldOptions {
  /** Choices of other persons to fit τ to; else the folds of the fit's own data. */
  readonly data?: ChoiceData;
}

/** τ with its std. error, z and p against 1 and 95 % interval (clustered by person), and the verdict. */
export async function temperatureScaling(fit: Fit, options: TemperatureScalingOptions = {}): Promise<Table> {
  const predictions = options.data
    ? await predictionsOf(fit, { data: options.data })
    : await outOfFold(fit, options);
  const { parameters, covariance } = await scalingFit("temperature", predictions);
  const { estimate, standardError } = parameters[0];
  const { z, p, lower, upper } = wald(estimate, standardError, 1);
  const columns = { quantity: ["τ"], value: [estimate], "std. error": [standardError], z: [z], p: [p] };
  const held = options.data
    ? `${predictions.data.situations} other choices`
    : `persons held out in ${options.folds ?? 5} folds (seed ${options.seed ?? 1})`;
  return Table.of(
    { ...columns, lower: [lower], upper: [upper] },
    {
      title: "Calibration temperature",
      formats: { z: 2, p: "p" },
      notes: [
        verdict(estimate, lower, upper),
        `Coefficients frozen, τ fitted to ${held.replace("persons", unitsOf(predictions.data))}; z and p against 1; ${covariance.kind} covariance, coefficients taken as known.`,
      ],
    },
  );
}

function verdict(tau: number, lower: number, upper: number): string {
  const range = `τ = ${tau.toFixed(2)}, ${lower.toFixed(2)} to ${upper.toFixed(2)}`;
  if (lower <= 1 && upper >= 1)
    return `No sign that these utilities are over- or under-confident (${range}).`;
  const percent = Math.max(1, Math.round(100 * Math.abs(tau - 1)));
  return `These utilities are ${tau > 1 ? "over" : "under"}-confident by ${percent} % (${range}).`;
}
