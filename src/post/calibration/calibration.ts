/**
 * Whether predicted probabilities can be taken at their word: of the choices predicted with 30 %, were 30 %
 * made? For the likeliest alternative (top label) and for each alternative, with what sampling alone would
 * give taken off, and an interval over persons.
 */
import { Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { wald } from "../../inference/index.ts";
import type { Predictions } from "../validation/predictions.ts";
import { binned, binSums } from "./binned.ts";
import { type BinOptions, binsOf } from "./bins.ts";
import { binaryScores, decomposed } from "./decomposition.ts";
import { type BootstrapOptions, type CalibrationError, calibrationError } from "./error.ts";
import { byAlternative, type Forecasts, topLabel } from "./forecasts.ts";
import { type JudgedOptions, judgedPredictions, unitsOf } from "./judged.ts";

export interface CalibrationOptions extends JudgedOptions, BinOptions, BootstrapOptions {}

/**
 * One row for the top label, one per alternative, and the mean of the alternatives (classwise): expected and
 * maximum calibration error, root mean square as it stands and debiased, the 95 % interval of the latter, and
 * the p-value of perfect calibration.
 */
export async function calibration(fit: Fit, options: CalibrationOptions = {}): Promise<Table> {
  const { predictions, whose } = await judgedPredictions(fit, options);
  const { data } = predictions;
  const forecasts = [topLabel(predictions), ...byAlternative(predictions)];
  const errors = forecasts.map((each) => calibrationError(binned(each, options), options));
  const rows = errors.map((error, i) => ({
    of: forecasts[i].name,
    "expected error": error.expected,
    "maximum error": error.maximum,
    "root mean square": error.root,
    debiased: error.debiased,
    lower: error.lower,
    upper: error.upper,
    p: error.p,
  }));
  const mean = { of: "mean of the alternatives", "expected error": classwise(predictions, options) };
  return Table.from(data.labels ? [...rows, mean] : rows, {
    title: `Calibration, ${whose}`,
    notes: [
      ...verdicts(forecasts, errors),
      `Bins: ${binWords(options)}. The first three columns are positive even for a perfect model; debiased is the root mean square without what sampling adds.`,
      ...(data.labels && !data.complete
        ? [
            "Mean of the alternatives: over all choices; an alternative that is not available counts as rightly predicted.",
          ]
        : []),
      `95 % intervals of debiased, and p of perfect calibration: ${unitsOf(data)} drawn with replacement, predictions as they are.`,
      ...(whose === "in sample"
        ? ["In sample a model looks better calibrated than it is: see folds or data."]
        : []),
    ],
    formats: { ...fixed("expected error, maximum error, root mean square, debiased, lower, upper"), p: "p" },
  });
}

/**
 * The reliability diagram as numbers, a row per event and bin that holds predictions: mean predicted
 * probability, observed share with its 95 % interval over persons, and the bin's share of the weight.
 */
export async function reliability(fit: Fit, options: CalibrationOptions = {}): Promise<Table> {
  const { predictions, whose } = await judgedPredictions(fit, options);
  const rows = [topLabel(predictions), ...byAlternative(predictions)].flatMap((forecasts) =>
    reliabilityRows(forecasts, options),
  );
  return Table.from(rows, {
    title: `Predicted and observed, ${whose}`,
    notes: [
      `Bins: ${binWords(options)}.`,
      `95 % intervals of the observed share over ${unitsOf(predictions.data)}.`,
    ],
    formats: fixed("from, to, share, predicted, observed, lower, upper"),
  });
}

function reliabilityRows(forecasts: Forecasts, options: BinOptions) {
  const sums = binSums(binned(forecasts, options));
  const { upper } = binsOf(forecasts, options);
  const total = sums.weight.reduce((sum, weight) => sum + weight, 0);
  return Array.from(upper).flatMap((to, b) => {
    if (sums.weight[b] === 0) return [];
    const { lower, upper: above } = wald(sums.observed[b], Math.sqrt(sums.variance[b]));
    return [
      {
        of: forecasts.name,
        from: b === 0 ? 0 : upper[b - 1],
        to,
        share: sums.weight[b] / total,
        predicted: sums.predicted[b],
        observed: sums.observed[b],
        lower: Math.max(0, lower),
        upper: Math.min(1, above),
      },
    ];
  });
}

/** Murphy's decomposition of the Brier and the log score of each event: score = uncertainty − resolution + reliability + within bins. */
export async function scoreDecomposition(fit: Fit, options: CalibrationOptions = {}): Promise<Table> {
  const { predictions, whose } = await judgedPredictions(fit, options);
  const rows = Object.entries(binaryScores).flatMap(([score, of]) =>
    [topLabel(predictions), ...byAlternative(predictions)].map((forecasts) => {
      const { within, score: value, ...parts } = decomposed(forecasts, of, options);
      return { score, of: forecasts.name, value, ...parts, "within bins": within };
    }),
  );
  return Table.from(rows, {
    title: `Scores taken apart, ${whose}`,
    notes: [
      "value = uncertainty − resolution + reliability + within bins. Reliability: what miscalibration costs; resolution: what telling cases apart gains.",
      `Bins: ${binWords(options)}. Each alternative against all others.`,
    ],
    formats: fixed("value, reliability, resolution, uncertainty, within bins"),
  });
}

/** Σ_j of the expected errors over J; where an alternative is not available it adds no error. */
function classwise(predictions: Predictions, options: BinOptions): number {
  const { data } = predictions;
  const all = data.weight?.reduce((sum, weight) => sum + weight, 0) ?? data.situations;
  const each = byAlternative(predictions).map((forecasts) => {
    const { weight, gap } = binSums(binned(forecasts, options));
    return weight.reduce((sum, w, b) => (w > 0 ? sum + (w / all) * Math.abs(gap[b]) : sum), 0);
  });
  return each.reduce((sum, error) => sum + error, 0) / each.length;
}

const fixed = (columns: string): Record<string, 4> =>
  Object.fromEntries(columns.split(", ").map((name) => [name, 4]));

const binWords = ({ bins = 15, by = "width" }: BinOptions): string =>
  by === "width" ? `${bins} of equal width, open below` : `${bins} with equally many predictions`;

function verdicts(forecasts: readonly Forecasts[], errors: readonly CalibrationError[]): string[] {
  const said = (clear: boolean): string =>
    forecasts.flatMap(({ name }, i) => (errors[i].p < 0.05 === clear ? [name] : [])).join(", ");
  const [bad, good] = [said(true), said(false)];
  return [
    ...(bad ? [`Miscalibrated beyond what sampling explains: ${bad}.`] : []),
    ...(good ? [`No miscalibration that sampling would not explain: ${good}.`] : []),
  ];
}
