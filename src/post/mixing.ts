/**
 * What is told of a mixture: the mean over its classes and draws of what holds in each. Derivatives and ratios of
 * one person's utilities stand inside the mean, so that individual draws weight them; ratios of means outside.
 */
import { type Expr, exp, log, mul, num, select } from "../expr/index.ts";
import { sumOver } from "../models/index.ts";
import { type ClassModel, type Compiled, expectationOf, isMixture } from "../program/index.ts";
import type { Resolved } from "../spec/index.ts";

/** The mean over classes and draws; of a model without either, the thing itself. */
export const meanOver = ({ program, classes }: Compiled, of: (model: ClassModel, c: number) => Expr): Expr =>
  expectationOf(program, (c) => of(classes[c], c));

/** The utilities of a class as they are written. */
export const utilitiesOf = ({ classes, utilities }: Resolved, c: number): readonly Expr[] =>
  classes?.all[c].utilities ?? utilities;

/** P_j of every item of the set under a kernel; 0 where an alternative is not available. */
export const openProbabilities = ({ model, options, parameter }: ClassModel, set: Compiled["set"]): Expr[] =>
  model
    .logProbabilities(set, parameter, options)
    .map((each, j) => select(set.all[j].available, exp(each), num(0)));

/** P_j of every item of the set in a single draw, where all of them are to sum to one. */
export const chancesIn = (own: ClassModel, set: Compiled["set"]): readonly Expr[] =>
  own.model.chances?.(set, own.parameter, own.options) ?? openProbabilities(own, set);

/** ln of the probability of what was observed in a situation; of shares of different people Σ_j y_j ln E[P_j]. */
export function logProbabilityOfChoice(compiled: Compiled): Expr {
  const { program, set } = compiled;
  if (!isMixture(program)) return program.classes[0].term;
  const { apart } = program;
  if (apart !== undefined) {
    const means = set.all.map((_, j) => meanOver(compiled, (model) => openProbabilities(model, set)[j]));
    const logs = means.map((mean, j) => log(select(set.all[j].available, mean, num(1))));
    return sumOver(
      set,
      logs.map((each, j) => mul(set.all[j].observed(apart), each)),
    );
  }
  return log(expectationOf(program, (c) => exp(program.classes[c].term)));
}
