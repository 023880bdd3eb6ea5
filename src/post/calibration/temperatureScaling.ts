/**
 * The calibration temperature: coefficients frozen, τ fitted to choices of persons that they were not fitted
 * to. P_j ∝ P_j^(1/τ), for a logit softmax(V/τ); τ > 1 says that the utilities are over-confident. On its own
 * training data the τ of a logit with free coefficients is exactly 1, so that tells nothing.
 *
 * Source: Guo, Pleiss, Sun & Weinberger (2017), On calibration of modern neural networks, ICML.
 */
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { wald } from "../../inference/index.ts";
import { type FoldOptions, outOfFold } from "../validation/outOfFold.ts";
import { type Predictions, predictionsOf } from "../validation/predictions.ts";
import { clusteredMean, scores } from "../validation/scores.ts";
import { binned } from "./binned.ts";
import type { BinOptions } from "./bins.ts";
import { calibrationError } from "./error.ts";
import { topLabel } from "./forecasts.ts";
import { unitsOf } from "./judged.ts";
import { crossFitted, learned, type RecalibrationKind, recalibrationKinds } from "./recalibration.ts";
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

/**
 * The recalibrations side by side, each learned on some folds of persons and judged on the others: log score,
 * Brier score, hit rate, expected and debiased calibration error of the top label, and the gain in log score
 * with its 95 % interval over persons. Those that need labelled alternatives are left out without.
 */
export async function compareRecalibrations(
  fit: Fit,
  { bins, by, ...options }: FoldOptions & BinOptions = {},
): Promise<Table> {
  const plain = await outOfFold(fit, options);
  const needsLabels: readonly RecalibrationKind[] = ["vector", "matrix"];
  const kinds = recalibrationKinds.filter((kind) => fit.data.labels || !needsLabels.includes(kind));
  const rows = [judge("none", plain, plain, { bins, by })];
  const refused: string[] = [];
  for (const kind of kinds) {
    try {
      rows.push(judge(kind, await crossFitted(kind, plain), plain, { bins, by }));
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      refused.push(`${kind}: ${error.what}.`);
    }
  }
  return Table.from(rows, {
    title: "Recalibration, each learned on the other folds",
    notes: [
      ...rows.slice(1).map(({ recalibration, lower, upper }) => gainWords(recalibration, lower, upper)),
      ...refused,
      "gain: log score without less log score with recalibration. Temperature never changes which alternative is best; the others may.",
      `95 % intervals of the gain over ${unitsOf(fit.data)}.`,
    ],
    formats: Object.fromEntries(
      Object.keys(rows[0])
        .slice(1)
        .map((name) => [name, 4]),
    ),
  });
}

function judge(recalibration: string, found: Predictions, plain: Predictions, options: BinOptions) {
  const [logScore] = scores;
  const values = Object.fromEntries(
    scores.map(({ name, of }) => [name, clusteredMean(found.data, of(found)).value]),
  );
  const before = logScore.of(plain);
  const gain = clusteredMean(
    found.data,
    logScore.of(found).map((value, s) => before[s] - value),
  );
  const { lower, upper } = wald(gain.value, gain.standardError);
  const error = calibrationError(binned(topLabel(found), options), { draws: 0 });
  return {
    recalibration,
    ...values,
    "expected error": error.expected,
    debiased: error.debiased,
    gain: gain.value,
    lower,
    upper,
  };
}

function gainWords(kind: string, lower: number, upper: number): string {
  if (lower > 0) return `${kind} predicts new persons better.`;
  return upper < 0 ? `${kind} predicts new persons worse.` : `${kind} makes no clear difference.`;
}

export interface RecalibratedOptions extends FoldOptions {
  /** Default "temperature". */
  readonly kind?: RecalibrationKind;
  /** Choice situations to predict; the fit's own unless given. */
  readonly data?: ChoiceData;
}

/**
 * Predicted probabilities after recalibration, learned from persons held out in folds of the fit's own data.
 * Columns: situation, alternative, probability, and before (without recalibration).
 */
export async function predictRecalibrated(
  fit: Fit,
  { kind = "temperature", data, ...options }: RecalibratedOptions = {},
): Promise<Table> {
  const apply = await learned(kind, await outOfFold(fit, options));
  const plain = await predictionsOf(fit, { data });
  const found = await apply(plain);
  const { labels, alternative, start } = plain.data;
  const [situations, names]: [string[], string[]] = [[], []];
  for (let s = 0; s < plain.data.situations; s++)
    for (let row = start[s]; row < start[s + 1]; row++) {
      situations.push(plain.data.situationId(s));
      names.push(labels ? labels[alternative![row]] : String(row - start[s] + 1));
    }
  return Table.of(
    {
      situation: situations,
      alternative: names,
      probability: found.logProbability.map(Math.exp),
      before: plain.logProbability.map(Math.exp),
    },
    {
      title: `Predicted probabilities after recalibration (${kind})`,
      formats: { probability: 4, before: 4 },
    },
  );
}
