/**
 * The doctor: what is wrong with data, with a model on them, or with a fit, found by one registry of checks. A check is
 * a row; registering it shows it in the table, on the command line and in the docs.
 */
import { atBounds, correlated, influential, maximum, misspecified, surprising } from "./afterFit.ts";
import type { Check } from "./check.ts";
import { collinear, scale, variation } from "./columns.ts";
import { dominatedAfter, dominatedBefore } from "./dominated.ts";
import { separated, unidentified } from "./identified.ts";
import { fewPersons, oneTask, straightLining } from "./persons.ts";
import { responseTimes } from "./responseTimes.ts";
import { neverChosen, setsOfOne } from "./sets.ts";

const rows: Check = {
  name: "rows",
  finds: "rows that break a rule of choice data",
  stage: "data",
  run: ({ rows: found }) => found,
};

const model: Check = {
  name: "model",
  finds: "a model that these data do not serve",
  stage: "reading",
  run: ({ refusal }) => (refusal ? [refusal] : []),
};

export const checks: readonly Check[] = [
  rows,
  setsOfOne,
  neverChosen,
  oneTask,
  straightLining,
  responseTimes,
  model,
  variation,
  unidentified,
  separated,
  collinear,
  scale,
  dominatedBefore,
  fewPersons,
  maximum,
  atBounds,
  correlated,
  misspecified,
  surprising,
  influential,
  dominatedAfter,
];
