/** Whether fits can be compared: converged, and fitted to the very same choices. */
import { Complaint } from "../../complaint/index.ts";
import type { Fit } from "../../fit/index.ts";

/** Throws a Complaint for a fit that is not a maximum. */
export function checkConverged(...fits: readonly Fit[]): void {
  for (const { converged, message, advice } of fits)
    if (!converged)
      throw new Complaint("a fit that is not a maximum cannot be tested", { where: message, help: advice });
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
  if (a.data === b.data) return;
  for (let s = 0; s < a.situations; s++)
    if (choiceOf(a, s) !== choiceOf(b, s))
      throw new Complaint("the fits do not use the same choices", {
        rule,
        value: `${choiceOf(a, s)} and ${choiceOf(b, s)}`,
        where: `situation ${a.data.situationId(s)}`,
      });
}

/** The chosen alternative of a situation, by label or by place. */
function choiceOf({ data }: Fit, s: number): string {
  const row = data.chosen![s];
  return data.labels ? data.labels[data.alternative![row]] : `alternative ${row - data.start[s] + 1}`;
}
