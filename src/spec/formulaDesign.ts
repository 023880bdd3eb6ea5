/**
 * A formula that has met its data: which columns carry which coefficients, every column in the part where
 * its coefficient is identified.
 */
import type { ChoiceData } from "../data/choiceData.ts";
import { checkNames, isSituational, misplaced, numberOf, type Regressor, regressors } from "./regressors.ts";
import { formulaTerms, type Term } from "./terms.ts";

export interface FormulaDesign {
  readonly constants: boolean;
  /** One coefficient for all alternatives. */
  readonly generic: readonly Regressor[];
  /** One coefficient per alternative but the reference. */
  readonly situation: readonly Regressor[];
  /** One coefficient per alternative. */
  readonly specific: readonly Regressor[];
  /** No coefficient. */
  readonly offsets: readonly Regressor[];
}

/** Reads the three parts. Throws a Complaint that says which part a misplaced column belongs in. */
export function formulaDesign(formula: string, data: ChoiceData): FormulaDesign {
  const [generic = [], situation = [], specific = []] = formulaTerms(formula);
  for (const term of [...generic, ...situation, ...specific]) checkNames(term, data);
  if (data.labels === null) refuseLabels(situation, specific);
  return {
    constants: data.labels !== null && !situation.some((term) => numberOf(term) === 0),
    generic: coefficients(generic, data),
    situation: situation.filter((term) => numberOf(term) === null).flatMap((term) => sameForAll(term, data)),
    specific: coefficients(specific, data),
    offsets: [...generic, ...specific]
      .filter((term) => term.offset)
      .flatMap((term) => regressors(term, data)),
  };
}

/** The columns of part 1 or 3: they must vary over the alternatives. */
function coefficients(terms: readonly Term[], data: ChoiceData): Regressor[] {
  return terms
    .filter((term) => !term.offset && !isZero(term))
    .flatMap((term) => regressors(term, data))
    .map((column) => varying(column, data));
}

function isZero(term: Term): boolean {
  const number = numberOf(term);
  if (number === null || number === 0) return number === 0;
  throw misplaced(
    term,
    "a number carries no coefficient",
    "constants come with part 2; a known value is offset(…)",
  );
}

function varying(column: Regressor, data: ChoiceData): Regressor {
  if (!isSituational(column.expr, data)) return column;
  throw misplaced(
    column.term,
    `${column.term.text} is the same for all alternatives of a situation, so it drops out here`,
    data.labels === null
      ? "multiply it by a column that varies over the alternatives"
      : `it belongs in part 2, the situation variables: "… | ${column.term.text}"`,
  );
}

function sameForAll(term: Term, data: ChoiceData): Regressor[] {
  if (term.offset)
    throw misplaced(term, "an offset that all alternatives share drops out", "offsets belong in part 1");
  const found = regressors(term, data);
  if (found.every((column) => isSituational(column.expr, data))) return found;
  throw misplaced(
    term,
    `${term.text} varies over the alternatives of a situation`,
    "it belongs in part 1 (one coefficient for all alternatives) or part 3 (one per alternative)",
  );
}

function refuseLabels(situation: readonly Term[], specific: readonly Term[]): void {
  const wanted = [...situation, ...specific].find((term) => numberOf(term) !== 0);
  if (!wanted) return;
  throw misplaced(
    wanted,
    "constants and coefficients per alternative need alternatives with labels, and these choice sets have none",
    "declare the alternative column of the data, or use part 1: a column, or a product such as price * income",
  );
}
