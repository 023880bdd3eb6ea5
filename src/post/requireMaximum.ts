/** The rule of everything that is made of estimates. */
import { Complaint } from "../complaint/index.ts";
import type { Fit } from "../fit/index.ts";

/** Throws a Complaint with the reason and the advice where the fit is not a maximum. */
export function requireMaximum({ converged, message, advice }: Fit): void {
  if (converged) return;
  throw new Complaint("nothing is derived from a fit that is not a maximum", {
    where: message,
    help: advice,
  });
}
