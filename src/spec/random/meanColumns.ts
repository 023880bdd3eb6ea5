/** The columns that the mean of a random coefficient depends on. */
import { Complaint } from "../../complaint/index.ts";
import type { ChoiceData } from "../../data/choiceData.ts";
import { checkNames, isSituational, misplaced, namesIn, regressors } from "../regressors.ts";
import type { Spec } from "../spec.ts";
import { formulaTerms } from "../terms.ts";

export interface MeanColumn {
  /** Its effect on the mean: pf_age. */
  readonly parameter: string;
  /** The column as text. */
  readonly text: string;
}

/** Throws a Complaint for a column that varies over the alternatives, and for one that is also a parameter. */
export function meanColumns(
  name: string,
  mean: string | undefined,
  { parameters }: Spec,
  data: ChoiceData,
): MeanColumn[] {
  if (mean === undefined) return [];
  const [terms = [], ...more] = formulaTerms(mean);
  if (more.length > 0) throw new Complaint("the mean is one list of terms joined by +", { where: mean });
  return terms.flatMap((term) => {
    checkNames(term, data);
    const found = regressors(term, data);
    if (term.offset || !found.every(({ expr }) => isSituational(expr, data)))
      throw misplaced(
        term,
        `${term.text} varies over the alternatives, and a mean belongs to a person`,
        "use columns that are the same for all alternatives",
      );
    const shared = found
      .flatMap(({ expr }) => namesIn(expr))
      .find((leaf) => Object.hasOwn(parameters, leaf.name));
    if (shared)
      throw misplaced(
        term,
        `${shared.name} is a parameter here`,
        "rename the parameter, or derive a column of another name",
      );
    return found.map((column) => ({ parameter: `${name}_${column.name}`, text: column.text }));
  });
}
