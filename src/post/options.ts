/** The alternatives of a scene as expressions: by label, or by their place in choice sets without labels. */
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { compare, type Expr, exp, given, num, Place, parameter, select, sum } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { type Model, type ModelOptions, modelOf } from "../models/index.ts";
import type { Compiled } from "../program/index.ts";
import type { Resolved } from "../spec/index.ts";
import { alternativeOnAxis } from "./changed.ts";

/** One alternative of the choice sets, by label, or by its place in unlabelled sets. */
export interface Option {
  readonly name: string;
  /** Its probability in a situation; 0 where it is not available. */
  readonly probability: Expr;
}

/** Most alternatives that are told apart one by one where all share one utility along the axis. */
const mostOnAxis = 60;

/** The probability of every alternative, as expressions over utilities. */
export function optionsOf({
  fit,
  data,
  resolved,
  compiled: { set },
}: {
  readonly fit: Fit;
  readonly data: ChoiceData;
  readonly resolved: Resolved;
  readonly compiled: Compiled;
}): Option[] {
  const probabilities = probabilityExprs(fit, set);
  const { labels } = resolved;
  if (labels !== null) return labels.map((name, j) => ({ name, probability: probabilities[j] }));
  const [along] = probabilities;
  if (data.labels !== null)
    return few(data.labels).map((name, j) => ({ name, probability: at(alternativeOnAxis(), num(j), along) }));
  return Array.from({ length: positions(data) }, (_, p) => ({
    name: String(p + 1),
    probability: atPosition(along, p),
  }));
}

/** The value of the axis at place p of the choice set; 0 where it is shorter. */
export const atPosition = (expr: Expr, p: number): Expr => at(given("position", Place.axis), num(p), expr);

const at = (where: Expr, place: Expr, expr: Expr): Expr =>
  sum(select(compare("eq", where, place), expr, num(0)));

/** P_j of every item of the set. */
export const probabilityExprs = (fit: Fit, set: Compiled["set"]): Expr[] =>
  openProbabilities(modelOf(fit.kernel), fit.model.options ?? {}, set);

/** P_j under a kernel; 0 where an alternative is not available. */
export const openProbabilities = (kernel: Model, options: ModelOptions, set: Compiled["set"]): Expr[] =>
  kernel
    .logProbabilities(set, parameter, options)
    .map((log, j) => select(set.all[j].available, exp(log), num(0)));

function few(labels: readonly string[]): readonly string[] {
  if (labels.length <= mostOnAxis) return labels;
  throw tooMany(labels.length, "alternatives that share one utility");
}

const tooMany = (count: number, what: string): Complaint =>
  new Complaint(`${count} ${what} are too many to be told apart one by one`, {
    rule: `at most ${mostOnAxis}`,
    help: "use predict, which gives every row its probability",
  });

/** The length of the longest choice set. Throws a Complaint where it is too long to tell alternatives apart. */
export function positions(data: ChoiceData): number {
  let longest = 0;
  for (let s = 0; s < data.situations; s++) longest = Math.max(longest, data.start[s + 1] - data.start[s]);
  if (longest <= mostOnAxis) return longest;
  throw tooMany(longest, "alternatives without labels");
}
