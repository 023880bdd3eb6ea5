/** The registry of verbs: one line each. */
import { calibration } from "./calibration.ts";
import { crossValidation } from "./crossValidation.ts";
import { marketExponent, marketShares } from "./marketShares.ts";
import { recalibration } from "./recalibration.ts";
import type { Verb } from "./verb.ts";

export const verbs: Readonly<Record<string, Verb>> = {
  calibration,
  "cross-validation": crossValidation,
  "market-exponent": marketExponent,
  "market-shares": marketShares,
  recalibration,
};

export type { Verb, VerbOption, VerbValues } from "./verb.ts";
