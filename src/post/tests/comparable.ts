/** Whether fits can be compared: converged, and fitted to the very same choices. */
import { Complaint } from "../../complaint/index.ts";
import type { ChoiceData } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { outcomes } from "../../models/index.ts";
import { isMixture } from "../../program/index.ts";
import { indicatorsOf } from "../../spec/index.ts";

/** Throws a Complaint for a fit that is not a maximum. */
export function checkConverged(...fits: readonly Fit[]): void {
  for (const { converged, message, advice } of fits)
    if (!converged)
      throw new Complaint("a fit that is not a maximum cannot be tested", { where: message, help: advice });
}

/** Throws a Complaint for a fit that does not say that irrelevant alternatives do not matter. */
export function checkIndependent(fit: Fit): void {
  checkConverged(fit);
  const mixes = isMixture(fit.compiled.program);
  const outcome = fit.data.outcome?.kind ?? "choice";
  if (fit.kernel === "logit" && !mixes && outcome === "choice") return;
  throw new Complaint("this fit does not assume independence of irrelevant alternatives", {
    rule: "the test is for a logit of one choice out of several, without random coefficients or classes",
    value: mixes ? `${fit.kernel}, a mixture` : outcome === "choice" ? fit.kernel : outcome,
    help: "test the logit that it generalises",
  });
}

/** Throws a Complaint where two fits do not explain the same choices. */
export function checkSameChoices(a: Fit, b: Fit): void {
  checkConverged(a, b);
  const rule = "two models are compared on the same choices";
  if (a.situations !== b.situations)
    throw new Complaint("the fits do not use the same choices", {
      rule,
      value: `${a.situations} and ${b.situations} choices`,
    });
  checkSameIndicators(a.resolved, b.resolved);
  if (a.data === b.data) return;
  for (let s = 0; s < a.situations; s++)
    if (!isSameAnswer(a.data, b.data, s))
      throw new Complaint("the fits do not use the same choices", {
        rule,
        value: `${choiceOf(a.data, s)} and ${choiceOf(b.data, s)}`,
        where: `situation ${a.data.situationId(s)}`,
      });
}

/** The log-likelihood of a hybrid choice model counts what its indicators say. */
export function checkSameIndicators(a: Fit["resolved"], b: Fit["resolved"]): void {
  const [first, second] = [a, b].map((resolved) => indicatorsOf(resolved).join(", "));
  if (first === second) return;
  throw new Complaint("the log-likelihoods of these fits do not count the same indicators", {
    rule: "two models are compared on the same choices and the same answers",
    value: [first, second].map((each) => each || "none").join(" and "),
    help: "compare the choices alone (choicesLogLikelihood), or models with the same indicators",
  });
}

/** Whether a situation of both data sets holds the same choice, or the same ranking, shares or amounts. */
export function isSameAnswer(a: ChoiceData, b: ChoiceData, s: number): boolean {
  if (choiceOf(a, s) !== choiceOf(b, s) || a.outcome?.kind !== b.outcome?.kind) return false;
  const size = a.start[s + 1] - a.start[s];
  if (size !== b.start[s + 1] - b.start[s]) return false;
  return Object.entries(a.outcome?.columns ?? {}).every(([name, values]) =>
    values
      .subarray(a.start[s], a.start[s + 1])
      .every((value, j) => value === b.outcome!.columns[name][b.start[s] + j]),
  );
}

/** The chosen alternative of a situation, by label or by place. */
function choiceOf(data: ChoiceData, s: number): string {
  if (!data.chosen) return outcomes[data.outcome?.kind ?? "choice"].words;
  const row = data.chosen[s];
  return data.labels ? data.labels[data.alternative![row]] : `alternative ${row - data.start[s] + 1}`;
}
