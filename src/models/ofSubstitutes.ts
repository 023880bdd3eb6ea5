/** The models of one choice that go beyond the logit's independence: a line each in the registry. */
import type { Model } from "./model.ts";
import { nested } from "./nested.ts";

export const ofSubstitutes: Readonly<Record<string, Model>> = { nested };
