/**
 * What a model said of choices that were then made: the log probability of every available alternative of
 * every situation. Scores, calibration and recalibration need nothing else, so they serve every model.
 */
import { Complaint } from "../../complaint/index.ts";
import type { ChoiceData } from "../../data/index.ts";
import { type Expr, log, num, select } from "../../expr/index.ts";
import type { Fit } from "../../fit/index.ts";
import { outcomes } from "../../models/index.ts";
import { type Compiled, isMixture } from "../../program/index.ts";
import { type Circumstances, probabilityExprs, sceneOf } from "../scene.ts";

export interface Predictions {
  readonly data: ChoiceData;
  /** Row → ln P. */
  readonly logProbability: Float64Array;
}

/** ln P of every row: of the fit's own data, of other data, or under a scenario. */
export async function predictionsOf(fit: Fit, circumstances: Circumstances = {}): Promise<Predictions> {
  const scene = await sceneOf(fit, circumstances);
  const { data, compiled, resolved } = scene;
  const outputs = logProbabilityExprs(compiled);
  const logProbability = new Float64Array(data.rows);
  await scene.prepared.each(outputs, scene.point(), ({ from, situations, values }) => {
    if (resolved.labels === null) logProbability.set(values[0], data.start[from]);
    else
      values.forEach((column, j) => {
        for (let s = 0; s < situations; s++) {
          const row = data.rowAt(from + s, j);
          if (row >= 0) logProbability[row] = column[s];
        }
      });
  });
  return { data, logProbability };
}

/** ln P_j of every item; of a mixture, the logarithm of the mean probability. */
function logProbabilityExprs(compiled: Compiled): Expr[] {
  const { program, set, classes } = compiled;
  if (isMixture(program))
    return probabilityExprs(compiled).map((mean, j) => select(set.all[j].available, log(mean), num(0)));
  const [{ model, options, parameter }] = classes;
  return model.logProbabilities(set, parameter, options);
}

/** Situation → chosen row. Throws a Complaint where the data hold no choices. */
export function chosenIn(data: ChoiceData): Int32Array {
  if (data.chosen) return data.chosen;
  throw new Complaint("these data hold no choices to compare predictions with", {
    help: data.outcome
      ? `they hold ${outcomes[data.outcome.kind].words}, and this compares single choices`
      : "name the choice column",
  });
}

/** Situation → its most probable row; the first of equals. */
export function likeliest({ data, logProbability }: Predictions): Int32Array {
  return Int32Array.from({ length: data.situations }, (_, s) => {
    let best = data.start[s];
    for (let row = best + 1; row < data.start[s + 1]; row++)
      if (logProbability[row] > logProbability[best]) best = row;
    return best;
  });
}

/** Σ_j exp(v_j) made 1 in every situation: ln softmax, whatever was done to the log probabilities. */
export function normalised(data: ChoiceData, values: Float64Array): Predictions {
  const logProbability = new Float64Array(values.length);
  for (let s = 0; s < data.situations; s++) {
    const [first, end] = [data.start[s], data.start[s + 1]];
    let peak = Number.NEGATIVE_INFINITY;
    for (let row = first; row < end; row++) peak = Math.max(peak, values[row]);
    let total = 0;
    for (let row = first; row < end; row++) total += Math.exp(values[row] - peak);
    const logTotal = peak + Math.log(total);
    for (let row = first; row < end; row++) logProbability[row] = values[row] - logTotal;
  }
  return { data, logProbability };
}
