/** Predicted probabilities after recalibration. */
import { type ChoiceData, Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { type FoldOptions, outOfFold } from "../validation/outOfFold.ts";
import { predictionsOf } from "../validation/predictions.ts";
import { learned, type RecalibrationKind } from "./recalibration.ts";

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
