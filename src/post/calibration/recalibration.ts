/** The four ways to recalibrate, each learned from predictions of unseen choices and applied to any others. */
import { Complaint, suggest } from "../../complaint/index.ts";
import { subset } from "../../data/index.ts";
import { inFold, outsideFold } from "../validation/folds.ts";
import type { OutOfFold } from "../validation/outOfFold.ts";
import type { Predictions } from "../validation/predictions.ts";
import { isotonicApplied, isotonicFit } from "./isotonic.ts";
import { type ScalingKind, scaledBy, scalingFit } from "./scaling.ts";

export type RecalibrationKind = ScalingKind | "isotonic";

/** What was learned: probabilities in, probabilities out. */
export type Recalibration = (predictions: Predictions) => Promise<Predictions>;

const scaling =
  (kind: ScalingKind) =>
  async (predictions: Predictions): Promise<Recalibration> => {
    const fit = await scalingFit(kind, predictions);
    return (others) => scaledBy(kind, fit, others);
  };

const kinds: Readonly<Record<RecalibrationKind, (predictions: Predictions) => Promise<Recalibration>>> = {
  temperature: scaling("temperature"),
  vector: scaling("vector"),
  matrix: scaling("matrix"),
  isotonic: async (predictions) => {
    const steps = isotonicFit(predictions);
    return async (others) => isotonicApplied(steps, others);
  },
};

export const recalibrationKinds = Object.keys(kinds) as readonly RecalibrationKind[];

/** Learns a recalibration. Throws a Complaint for a kind that does not exist, or where none is best. */
export function learned(kind: RecalibrationKind, predictions: Predictions): Promise<Recalibration> {
  if (!Object.hasOwn(kinds, kind))
    throw new Complaint(`there is no ${kind} recalibration`, { help: suggest(kind, recalibrationKinds) });
  return kinds[kind](predictions);
}

/** Out-of-fold predictions, each recalibrated by what was learned from the other folds. */
export async function crossFitted(kind: RecalibrationKind, predictions: OutOfFold): Promise<Predictions> {
  const { data, fold } = predictions;
  const logProbability = new Float64Array(data.rows);
  for (let which = 0, folds = Math.max(...fold) + 1; which < folds; which++) {
    const apply = await learned(kind, part(predictions, outsideFold(fold, which)));
    const test = inFold(fold, which);
    const found = await apply(part(predictions, test));
    test.forEach((s, i) => {
      const [from, to] = [found.data.start[i], found.data.start[i + 1]];
      logProbability.set(found.logProbability.subarray(from, to), data.start[s]);
    });
  }
  return { data, logProbability };
}

/** The predictions of some situations. */
export function part({ data, logProbability }: Predictions, situations: Int32Array): Predictions {
  const picked = subset(data, situations);
  const values = new Float64Array(picked.rows);
  situations.forEach((s, i) => {
    values.set(logProbability.subarray(data.start[s], data.start[s + 1]), picked.start[i]);
  });
  return { data: picked, logProbability: values };
}
