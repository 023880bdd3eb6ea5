/**
 * A saved fit: the study, and what came out. Reading it back fits again from the stored estimates, which
 * takes one step, and complains when the data have changed since.
 */
import { Complaint } from "../complaint/index.ts";
import type { Study } from "../study/index.ts";
import type { FitJson } from "./fitJson.ts";

export const savedFormat = "logsum-fit";

export interface SavedFit {
  readonly format: typeof savedFormat;
  readonly version: 1;
  readonly study: Study;
  readonly result: FitJson;
}

export const saved = (study: Study, result: FitJson): SavedFit => ({
  format: savedFormat,
  version: 1,
  study,
  result,
});

/** The saved fit that a JSON text holds, or null when it is something else. */
export function checkSaved(text: string): SavedFit | null {
  let given: Partial<SavedFit> | null;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  if (given?.format !== savedFormat) return null;
  if (given.version !== 1 || !given.study || !given.result)
    throw new Complaint("this saved fit was written by another version of logsum", { value: given.version });
  return given as SavedFit;
}

/** Starting values from a saved fit. */
export const startOf = ({ result }: SavedFit): Record<string, number> =>
  Object.fromEntries(result.parameters.map(({ name, estimate }) => [name, estimate]));

const sameDigits = 1e-9;

/** Complains when the log-likelihood is not the stored one: then the data are not those of the fit. */
export function checkSame(stored: SavedFit, logLikelihood: number): void {
  const { logLikelihood: before } = stored.result;
  if (Math.abs(logLikelihood - before) <= sameDigits * Math.max(1, Math.abs(before))) return;
  throw new Complaint("the data have changed since this fit was saved", {
    value: `log-likelihood ${logLikelihood}, stored ${before}`,
    help: "fit the study again; --data predicts for other data",
  });
}
