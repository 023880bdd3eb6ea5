/**
 * Recalibration as choice models of their own: the log probabilities of a model are the only column, and
 * what is done to them is a logit fitted to held-out choices. So estimates, clustered errors and refusals are
 * those of any fit.
 *
 *   temperature  V_j = ln P_j / τ                         (one number; keeps which alternative is best)
 *   vector       V_j = a_j + w_j ln P_j                   (a of the first alternative 0)
 *   matrix       V_j = a_j + ln P_j + Σ_k D_jk ln P_k     (a and D of the first alternative 0)
 *
 * Source: Platt (1999); Guo, Pleiss, Sun & Weinberger (2017), On calibration of modern neural networks, ICML.
 * For a logit, ln P_j / τ is V_j / τ: utilities at another temperature. In `matrix` an unavailable alternative
 * has ln P_k = 0.
 */
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, described } from "../../data/index.ts";
import { fit as estimate, type Fit, logit } from "../../fit/index.ts";
import { type Spec, tempered } from "../../spec/index.ts";
import { type Predictions, predictionsOf } from "../validation/predictions.ts";

export type ScalingKind = "temperature" | "vector" | "matrix";

/** Probabilities of no more than this are taken for it, so that every ln P is finite. */
const least = -700;

/** The fit of a scaling to predictions of choices that the predicting model has not seen. */
export async function scalingFit(kind: ScalingKind, predictions: Predictions): Promise<Fit> {
  const data = logData(kind, predictions);
  const found = await estimate(logit(specs[kind](data)), data);
  if (found.converged) return found;
  throw new Complaint(`there is no best ${kind} scaling of these predictions`, {
    where: found.message,
    rule: "the likelier an alternative was said to be, the more often it must have been chosen",
    help: found.advice,
  });
}

/** Predictions scaled as `fit` found best, on the same or on other data. */
export const scaledBy = async (
  kind: ScalingKind,
  fit: Fit,
  predictions: Predictions,
): Promise<Predictions> => {
  const { logProbability } = await predictionsOf(fit, { data: logData(kind, predictions) });
  return { data: predictions.data, logProbability };
};

const specs: Readonly<Record<ScalingKind, (data: ChoiceData) => Spec>> = {
  temperature: () => tempered({ parameters: {}, utilities: "logp" }, { known: true }) as Spec,
  vector: (data) => {
    const labels = labelsOf(data, "vector");
    const names = labels.map((_, j) => j);
    return {
      parameters: Object.fromEntries(
        names.flatMap((j) => [...(j > 0 ? [[`a_${j}`, 0]] : []), [`w_${j}`, 1]]),
      ),
      utilities: Object.fromEntries(
        labels.map((label, j) => [label, `${j > 0 ? `a_${j} + ` : ""}w_${j} * logp`]),
      ),
    };
  },
  matrix: (data) => {
    const labels = labelsOf(data, "matrix");
    const terms = (j: number): string[] => labels.map((_, k) => `d_${j}_${k} * log_${k}`);
    const parameters = labels.flatMap((_, j) =>
      j === 0 ? [] : [[`a_${j}`, 0] as const, ...labels.map((__, k) => [`d_${j}_${k}`, 0] as const)],
    );
    return {
      parameters: Object.fromEntries(parameters),
      utilities: Object.fromEntries(
        labels.map((label, j) => [label, j === 0 ? "logp" : [`a_${j}`, "logp", ...terms(j)].join(" + ")]),
      ),
    };
  },
};

function labelsOf(data: ChoiceData, kind: ScalingKind): readonly string[] {
  if (data.labels) return data.labels;
  throw new Complaint(`${kind} scaling treats alternatives one by one, and these have no labels`, {
    help: "temperature scaling and isotonic regression need none",
  });
}

/** The same choices with ln P as their column; for `matrix` also ln P of every alternative, at all of them. */
function logData(kind: ScalingKind, { data, logProbability }: Predictions): ChoiceData {
  const logp = logProbability.map((value) => Math.max(value, least));
  if (kind !== "matrix") return described(data, { logp });
  const columns = labelsOf(data, kind).map((_, k) => {
    const column = new Float64Array(data.rows);
    for (let s = 0; s < data.situations; s++) {
      const row = data.rowAt(s, k);
      column.fill(row < 0 ? 0 : logp[row], data.start[s], data.start[s + 1]);
    }
    return [`log_${k}`, column] as const;
  });
  return described(data, { logp, ...Object.fromEntries(columns) });
}
