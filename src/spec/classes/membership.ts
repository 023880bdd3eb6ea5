/**
 * Who belongs to a class: ln w_c = V_c − ln Σ_k exp V_k, a logit over classes with V_c = z'γ_c and V_1 = 0.
 * Source: Kamakura & Russell (1989); Train (2009), section 14.2.2.
 */
import { Complaint } from "../../complaint/index.ts";
import type { ChoiceData } from "../../data/choiceData.ts";
import { resolve } from "../../data/resolve.ts";
import {
  add,
  addAll,
  type Expr,
  exp,
  larger,
  log,
  mul,
  num,
  Place,
  parameter,
  stop,
  sub,
} from "../../expr/index.ts";
import { firstVarying } from "../personal.ts";
import { checkNames, isSituational, misplaced, numberOf, type Regressor, regressors } from "../regressors.ts";
import { formulaTerms, type Term } from "../terms.ts";

export interface Membership {
  /** ln w_c for each class. */
  readonly logWeights: readonly Expr[];
  /** class_2_constant, class_2_age, …, by class. */
  readonly parameters: readonly string[];
}

/** Throws a Complaint for a column that varies over the alternatives or over the choices of a person. */
export function membershipOf(count: number, source: string | undefined, data: ChoiceData): Membership {
  const [terms = [], ...more] = source === undefined ? [[]] : formulaTerms(source);
  if (more.length > 0) throw new Complaint("membership is one list of terms joined by +", { where: source });
  const numbers = terms.map(numberOf);
  const columns = terms.filter((_, i) => numbers[i] === null).flatMap((term) => personal(term, data));
  const stems = [...(numbers.includes(0) ? [] : [null]), ...columns];
  if (stems.length === 0 && count > 1)
    throw new Complaint("membership has neither a constant nor a column, so all classes are equally large", {
      where: source,
    });
  const name = (c: number, stem: Regressor | null): string => `class_${c + 1}_${stem?.name ?? "constant"}`;
  const utilities = Array.from({ length: count }, (_, c) =>
    c === 0
      ? num(0)
      : addAll(stems.map((stem) => mul(parameter(name(c, stem)), stem ? meaning(stem, data) : num(1)))),
  );
  return {
    logWeights: logShares(utilities),
    parameters: utilities.flatMap((_, c) => (c === 0 ? [] : stems.map((stem) => name(c, stem)))),
  };
}

function logShares(utilities: readonly Expr[]): Expr[] {
  if (utilities.length === 1) return [num(0)];
  const shift = stop(utilities.reduce(larger));
  const total = add(shift, log(addAll(utilities.map((utility) => exp(sub(utility, shift))))));
  return utilities.map((utility) => sub(utility, total));
}

const meaning = (column: Regressor, data: ChoiceData): Expr =>
  resolve(column.expr, { data, place: Place.situation, parameter: () => undefined, source: column.text });

function personal(term: Term, data: ChoiceData): Regressor[] {
  checkNames(term, data);
  const found = regressors(term, data);
  if (term.offset || !found.every(({ expr }) => isSituational(expr, data)))
    throw misplaced(
      term,
      `${term.text} varies over the alternatives, and membership belongs to a person`,
      "use columns that are the same for all alternatives",
    );
  for (const column of found) checkConstant(column, data);
  return found;
}

/** A person belongs to one class: what varies from choice to choice cannot tell which. */
function checkConstant(column: Regressor, data: ChoiceData): void {
  const varying = firstVarying(meaning(column, data), data);
  if (varying)
    throw misplaced(
      column.term,
      `${column.text} varies over the choices of a person, and membership belongs to a person`,
      `person ${varying.person} has ${varying.values.join(" and ")}`,
    );
}
