/**
 * A formula is sugar for utilities, always printable as them:
 *
 *     price + catch | income | time
 *
 * has one coefficient per column of part 1; per variable of part 2 one for every alternative but the
 * reference, with constants unless 0 stands there; per column of part 3 one for every alternative.
 * Terms are expressions; a:b is a product; offset(x) enters without a coefficient.
 * The three parts follow Croissant (2020), Journal of Statistical Software 95(11), section 3.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import type { ChoiceData } from "../data/choiceData.ts";
import { nameLeaf, print } from "../expr/index.ts";
import { type FormulaDesign, formulaDesign } from "./formulaDesign.ts";
import type { Regressor } from "./regressors.ts";
import { rewriteNames } from "./rewrite.ts";
import { each, type Spec } from "./spec.ts";

/** A column with its coefficients, or (column null) the constants. */
interface Piece {
  readonly column: Regressor | null;
  readonly stem: string;
  /** One coefficient for all alternatives, one for each, or one for each but the reference. */
  readonly reach: "all" | "each" | "others";
}

/**
 * The specification that a formula stands for. Coefficients are named `price` (generic), `asc_pier`
 * (constants), `income_pier` (situation variables and alternative-specific ones). Where a coefficient and
 * a column share a name, the column is written with its alternative: `price * price.pier`.
 * Throws a Complaint for a column in the wrong part, an unknown name or an unknown reference.
 */
export function expandFormula(formula: string, data: ChoiceData, options: { reference?: string } = {}): Spec {
  const design = formulaDesign(formula, data);
  const pieces = piecesOf(design);
  const labels = data.labels ?? [each];
  const reference = data.labels ? (options.reference ?? data.reference ?? labels[0]) : undefined;
  if (reference !== undefined && !labels.includes(reference))
    throw new Complaint("the reference is not an alternative of these data", {
      value: reference,
      help: suggest(reference, labels),
    });
  const parameters = declared(pieces, labels, reference, formula);
  const utility = (label: string) => utilityText(pieces, design, label, reference, parameters);
  const shared = pieces.every((piece) => piece.reach === "all") && (!data.labels || !labels.includes(each));
  const utilities = shared
    ? utility(each)
    : Object.fromEntries(labels.map((label) => [label, utility(label)]));
  return { parameters, utilities, ...(reference === undefined ? {} : { reference }) };
}

function piecesOf({ constants, generic, situation, specific }: FormulaDesign): Piece[] {
  const all = [...generic, ...situation, ...specific];
  // Two terms that would read alike (log(x) and log / x) keep their whole text as their name.
  const stem = (column: Regressor): string =>
    all.some((other) => other.name === column.name && other.text !== column.text) ? column.text : column.name;
  const piece =
    (reach: Piece["reach"]) =>
    (column: Regressor): Piece => ({ column, stem: stem(column), reach });
  return [
    ...(constants ? [{ column: null, stem: "asc", reach: "others" } as const] : []),
    ...generic.map(piece("all")),
    ...situation.map(piece("others")),
    ...specific.map(piece("each")),
  ];
}

function nameAt({ stem, reach }: Piece, label: string, reference: string | undefined): string | null {
  if (reach === "all") return stem;
  return reach === "others" && label === reference ? null : `${stem}_${label}`;
}

function declared(
  pieces: readonly Piece[],
  labels: readonly string[],
  reference: string | undefined,
  formula: string,
): Record<string, number> {
  const parameters: Record<string, number> = {};
  for (const piece of pieces) {
    const names = new Set(labels.map((label) => nameAt(piece, label, reference)));
    for (const name of names) {
      if (name === null) continue;
      if (Object.hasOwn(parameters, name))
        throw new Complaint(`two terms of the formula give the coefficient ${name}`, {
          where: formula,
          help: "write each term once",
        });
      parameters[name] = 0;
    }
  }
  if (Object.keys(parameters).length === 0)
    throw new Complaint("the formula has no coefficient", {
      where: formula,
      help: 'for example "price + catch | income"',
    });
  return parameters;
}

function utilityText(
  pieces: readonly Piece[],
  { offsets }: FormulaDesign,
  label: string,
  reference: string | undefined,
  parameters: Readonly<Record<string, number>>,
): string {
  const terms = pieces.flatMap((piece) => {
    const name = nameAt(piece, label, reference);
    if (name === null) return [];
    return piece.column ? [`${quote(name)} * ${qualified(piece.column, label, parameters)}`] : [quote(name)];
  });
  return [...terms, ...offsets.map((column) => qualified(column, label, parameters))].join(" + ") || "0";
}

/** The column's text, with the alternative written out where a name is also that of a coefficient. */
const qualified = (column: Regressor, label: string, parameters: Readonly<Record<string, number>>): string =>
  rewriteNames(column.text, (name, written) =>
    written === "" && Object.hasOwn(parameters, name) ? [name, label] : undefined,
  );

const quote = (name: string): string => print(nameLeaf(name));
