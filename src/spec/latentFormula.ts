/**
 * The formula of a latent utility: "temp + contact" has one coefficient for each column. There is one part,
 * since there are no alternatives to vary over, and no constant, since the thresholds take its place.
 */
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/choiceData.ts";
import { nameLeaf, print } from "../expr/index.ts";
import { checkNames, misplaced, numberOf, regressors } from "./regressors.ts";
import { rewriteNames } from "./rewrite.ts";
import { each, type Spec } from "./spec.ts";
import { formulaTerms } from "./terms.ts";

/** The specification that a formula of one part stands for; coefficients are named as their columns are. */
export function latentFormula(formula: string, data: ChoiceData): Spec {
  const [terms = [], ...rest] = formulaTerms(formula);
  const stray = rest.flat()[0];
  if (stray)
    throw misplaced(
      stray,
      "a latent utility has no alternatives, so its formula has one part",
      `join all columns by +: "${formula.replaceAll("|", "+")}"`,
    );
  for (const term of terms) {
    checkNames(term, data);
    if (!term.offset && numberOf(term) !== null)
      throw misplaced(term, "a number carries no coefficient", "the thresholds take the place of a constant");
  }
  const columns = terms.flatMap((term) => regressors(term, data));
  const names = columns.filter(({ term }) => !term.offset).map(({ name }) => name);
  if (names.length === 0)
    throw new Complaint("the formula has no coefficient", {
      where: formula,
      help: 'for example "age + income"',
    });
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined)
    throw new Complaint(`two terms of the formula give the coefficient ${twice}`, { where: formula });
  const qualified = (text: string): string =>
    rewriteNames(text, (name, label) => (label === "" && names.includes(name) ? [name, each] : undefined));
  const utilities = columns
    .map(({ name, text, term }) => (term.offset ? "" : `${print(nameLeaf(name))} * `) + qualified(text))
    .join(" + ");
  return { parameters: Object.fromEntries(names.map((name) => [name, 0])), utilities, latent: true };
}
