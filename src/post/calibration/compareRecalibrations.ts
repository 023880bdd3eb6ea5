/** Which recalibration, if any, makes predictions of new persons better. */
import { Complaint } from "../../complaint/index.ts";
import { Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { wald } from "../../inference/index.ts";
import { type FoldOptions, outOfFold } from "../validation/outOfFold.ts";
import type { Predictions } from "../validation/predictions.ts";
import { clusteredMean, scores } from "../validation/scores.ts";
import { binned } from "./binned.ts";
import type { BinOptions } from "./bins.ts";
import { calibrationError } from "./error.ts";
import { topLabel } from "./forecasts.ts";
import { unitsOf } from "./judged.ts";
import { crossFitted, type RecalibrationKind, recalibrationKinds } from "./recalibration.ts";

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
