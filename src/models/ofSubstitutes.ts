/** The models of one choice that go beyond the logit's independence: a line each in the registry. */
import { consideration } from "./consideration.ts";
import { crossNested } from "./crossNested.ts";
import { heteroscedastic } from "./heteroscedastic.ts";
import type { Model } from "./model.ts";
import { nested } from "./nested.ts";
import { pairedCombinatorial } from "./pairedCombinatorial.ts";
import { probit } from "./probit.ts";
import { regret } from "./regret.ts";

export const ofSubstitutes: Readonly<Record<string, Model>> = {
  nested,
  crossNested,
  pairedCombinatorial,
  heteroscedastic,
  probit,
  consideration,
  regret,
};
