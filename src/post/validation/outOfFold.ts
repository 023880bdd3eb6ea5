/** Predictions of persons by a model that has not seen them: fitted again without each fold in turn. */
import { Complaint } from "../../complaint/index.ts";
import { subset } from "../../data/index.ts";
import { fit as estimate, type Fit } from "../../fit/index.ts";
import { foldsOf, heldOut, inFold, outsideFold } from "./folds.ts";
import { type Predictions, predictionsOf } from "./predictions.ts";

export interface FoldOptions {
  /** Default 5. */
  readonly folds?: number;
  /** Default 1. */
  readonly seed?: number;
  readonly onFold?: (done: number, of: number) => void;
}

export type OutOfFold = Predictions & { readonly fold: Int32Array };

/** Found once for a fit: the same folds give the same predictions. */
const known = new WeakMap<Fit, Map<string, Promise<OutOfFold>>>();

/**
 * ln P of every row of the fit's data, each from a fit to the persons of the other folds.
 * Rejects with a Complaint where one of these fits finds no maximum.
 */
export function outOfFold(fit: Fit, { folds = 5, seed = 1, onFold }: FoldOptions = {}): Promise<OutOfFold> {
  const ofFit = known.get(fit) ?? new Map<string, Promise<OutOfFold>>();
  known.set(fit, ofFit);
  const key = `${folds} ${seed}`;
  const found = ofFit.get(key) ?? predictedByFold(fit, folds, seed, onFold);
  ofFit.set(key, found);
  return found;
}

async function predictedByFold(
  fit: Fit,
  folds: number,
  seed: number,
  onFold: FoldOptions["onFold"],
): Promise<OutOfFold> {
  const { data } = fit;
  const fold = foldsOf(data, folds, seed);
  const logProbability = new Float64Array(data.rows);
  for (let which = 0; which < folds; which++) {
    const test = inFold(fold, which);
    const predicted = await trained(fit, outsideFold(fold, which), test, `fold ${which + 1} of ${folds}`);
    test.forEach((s, i) => {
      const [from, to] = [predicted.data.start[i], predicted.data.start[i + 1]];
      logProbability.set(predicted.logProbability.subarray(from, to), data.start[s]);
    });
    onFold?.(which + 1, folds);
  }
  return { data, logProbability, fold };
}

/** ln P of the persons held out, a share of all, from a fit to the others; and which situations they are. */
export async function heldOutPredictions(
  fit: Fit,
  share: number,
  seed: number,
): Promise<{ readonly predictions: Predictions; readonly situations: Int32Array }> {
  const side = heldOut(fit.data, share, seed);
  const situations = inFold(side, 1);
  return { predictions: await trained(fit, inFold(side, 0), situations, `seed ${seed}`), situations };
}

async function trained(fit: Fit, train: Int32Array, test: Int32Array, where: string): Promise<Predictions> {
  const start = Object.fromEntries(
    fit.parameters.filter(({ fixed }) => !fixed).map((each) => [each.name, each.estimate]),
  );
  const refit = await estimate(fit.model, subset(fit.data, train), { start });
  if (!refit.converged)
    throw new Complaint("the model has no maximum without the persons held out", {
      where: `${where}: ${refit.message}`,
      help: refit.advice || "use more folds, so that less is held out at a time, or merge rare categories",
    });
  const predicted = await predictionsOf(refit, { data: subset(fit.data, test) });
  refit.prepared.dispose();
  return predicted;
}
