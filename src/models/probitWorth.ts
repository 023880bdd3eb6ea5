/** What the alternatives of a probit are worth given draws of their errors: of the best one, and which that is. */
import {
  add,
  addAll,
  compare,
  div,
  type Expr,
  exp,
  max,
  mul,
  neg,
  normalCdf,
  normalQuantile,
  num,
  select,
  sub,
} from "../expr/index.ts";
import type { Alternatives } from "./alternatives.ts";
import type { ModelOptions } from "./model.ts";
import { chain, labelsOf, stepsAgainst } from "./probitChain.ts";
import { baseOf, factorOf, loadings, othersOf } from "./probitErrors.ts";

type Named = (name: string) => Expr;

/**
 * E max_j U_j, less the error of the base b: V_b + Σ_j E [Π Φ(z)] (U_j − U_b), where U_b − U_j is in each draw what the
 * chain of j has made of it. Of the last η, which is not drawn, stands the mean below z, −φ(z)/Φ(z).
 */
export function expectedMaximum(set: Alternatives, parameter: Named, options: ModelOptions): Expr {
  const labels = labelsOf(set);
  const factor = factorOf(parameter, options, labels);
  const b = labels.indexOf(baseOf(options, labels));
  const gains = set.all.map(({ available }, j) => {
    if (j === b) return num(0);
    const steps = stepsAgainst(j, set, factor, options);
    const place = b < j ? b : b - 1;
    const { log, etas } = chain(steps, set.draws ?? []);
    const errors = addAll(steps[place].factor.map((entry, l) => mul(entry, etas[l])));
    return select(available, mul(exp(log), neg(add(steps[place].difference, errors))), num(0));
  });
  return add(set.all[b].utility, addAll(gains));
}

/**
 * P_j given the errors of all but the last alternative: that has its chance to beat the best of the others, and who
 * is best of those the rest of it. A step function of the draws, so nothing to take derivatives of.
 */
export function givenErrors(set: Alternatives, parameter: Named, options: ModelOptions): Expr[] {
  const labels = labelsOf(set);
  const factor = factorOf(parameter, options, labels);
  const normals = (set.draws ?? []).map(normalQuantile);
  const worth = loadings(factor, options, labels).map((row, j) =>
    add(set.all[j].utility, addAll(normals.map((normal, l) => mul(row[l], normal)))),
  );
  const last = labels.indexOf(othersOf(options, labels).at(-1)!);
  const best = set.all
    .flatMap(({ available }, j) => (j === last ? [] : [select(available, worth[j], num(nothing))]))
    .reduce(max);
  const beats = normalCdf(div(sub(worth[last], best), factor.at(-1)!.at(-1)!));
  const chance = select(set.all[last].available, beats, num(0));
  return set.all.map(({ available }, j) => {
    if (j === last) return chance;
    return select(available, select(compare("ge", worth[j], best), sub(num(1), chance), num(0)), num(0));
  });
}

/** Less than any utility. */
const nothing = -1e300;
