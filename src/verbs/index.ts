/** The registry of verbs: one line each. */
import type { Verb } from "./verb.ts";

export const verbs: Readonly<Record<string, Verb>> = {};

export type { Verb, VerbOption, VerbValues } from "./verb.ts";
