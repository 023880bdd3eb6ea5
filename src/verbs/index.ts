/** The registry of verbs: one line each. */
import { Complaint, suggest } from "../complaint/index.ts";
import { answers } from "./answers.ts";
import { audit } from "./audit.ts";
import { calibration } from "./calibration.ts";
import { crossValidation } from "./crossValidation.ts";
import { coefficientsOverPeople, conditionals } from "./heterogeneity.ts";
import { marketExponent, marketShares, populationConstants } from "./marketShares.ts";
import { recalibration } from "./recalibration.ts";
import { drawStability, multiStart } from "./searches.ts";
import { standardErrors } from "./standardErrors.ts";
import { tests } from "./tests.ts";
import { thermodynamics } from "./thermodynamics.ts";
import { bootstrap, profile } from "./uncertainty.ts";
import type { Verb } from "./verb.ts";

export const verbs: Readonly<Record<string, Verb>> = {
  ...answers,
  audit,
  bootstrap,
  calibration,
  conditionals,
  "cross-validation": crossValidation,
  "draw-stability": drawStability,
  "market-exponent": marketExponent,
  "market-shares": marketShares,
  "multi-start": multiStart,
  "population-constants": populationConstants,
  profile,
  "random-coefficients": coefficientsOverPeople,
  recalibration,
  "standard-errors": standardErrors,
  thermodynamics,
};

/** The verb or the test of that name. Throws a Complaint that names the nearest one. */
export function verbOf(name: string): Verb {
  const all = { ...tests, ...verbs };
  const found = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!found) throw new Complaint(`there is no verb ${name}`, { help: suggest(name, Object.keys(all)) });
  return found;
}

export type { Verb, VerbContext, VerbOption, VerbValues } from "./verb.ts";
export { tests };
