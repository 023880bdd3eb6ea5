/** ln τ = z'γ: the temperature as a function of situation variables, one γ each. */
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/choiceData.ts";
import { resolve } from "../data/resolve.ts";
import { addAll, exp, parameter as leafOf, mul, nameLeaf, Place, print } from "../expr/index.ts";
import { checkNames, isSituational, misplaced, numberOf, type Regressor, regressors } from "./regressors.ts";
import type { Parameter } from "./spec.ts";
import type { Tau } from "./tau.ts";
import { formulaTerms, type Term } from "./terms.ts";

const constantName = "gamma_constant";

/** τ on the terms of `source`. Its constant is free only where the scale is pinned elsewhere. */
export function covariates(source: string, isPinned: boolean, data: ChoiceData): Tau {
  const parts = formulaTerms(source);
  if (parts.length > 1) throw new Complaint("on is one list of terms joined by +", { where: source });
  const numbers = parts[0].map(numberOf);
  const columns = parts[0]
    .filter((_, i) => numbers[i] === null)
    .flatMap((term) => situationColumns(term, data));
  if (columns.length === 0 && !isPinned)
    throw new Complaint("on names no variable that τ could vary with", {
      where: source,
      help: 'for example { on: "age + task" }',
    });
  const hasConstant = isPinned && !numbers.includes(0);
  const meaning = (column: Regressor) =>
    resolve(column.expr, { data, place: Place.situation, parameter: () => undefined, source: column.text });
  const tau = exp(
    addAll([
      ...(hasConstant ? [leafOf(constantName)] : []),
      ...columns.map((column) => mul(leafOf(nameOf(column)), meaning(column))),
    ]),
  );
  const names = [...(hasConstant ? [constantName] : []), ...columns.map(nameOf)];
  const terms = columns.map((column) => `${print(nameLeaf(nameOf(column)))} * ${column.text}`);
  return {
    tau,
    text: `exp(${[...(hasConstant ? [constantName] : []), ...terms].join(" + ")})`,
    parameters: names.map(gammaParameter),
    pinned: "τ is 1 where all variables of on are 0: only its variation is identified.",
    notes:
      !isPinned && numbers.includes(1)
        ? ["The constant of on is left out: nothing pins the level of τ."]
        : [],
  };
}

const nameOf = (column: Regressor): string => `gamma_${column.name}`;
const gammaParameter = (name: string): Parameter => ({
  name,
  start: 0,
  fixed: false,
  lower: Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
  neutral: 0,
  role: "temperature",
});

function situationColumns(term: Term, data: ChoiceData): Regressor[] {
  checkNames(term, data);
  const found = regressors(term, data);
  if (term.offset || !found.every((column) => isSituational(column.expr, data)))
    throw misplaced(
      term,
      `${term.text} varies over the alternatives, and τ belongs to the situation`,
      "use columns that are the same for all alternatives of a situation",
    );
  return found;
}
