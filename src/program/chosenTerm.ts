/**
 * The term of a model that knows the log probability of the chosen alternative for less than those of all. What it
 * is written over, differences of utilities for instance, becomes rows of the chain rule: with linear utilities their
 * columns are made once from the data, whatever was chosen.
 */
import { type Expr, Level, substitute, topological, utility } from "../expr/index.ts";
import type { Alternatives, OutcomeKind } from "../models/index.ts";
import { affine } from "./affine.ts";
import { columnsOf, gathered } from "./columns.ts";
import type { ClassModel } from "./compile.ts";
import type { ClassTerm } from "./program.ts";

const moves = (expr: Expr): boolean => (expr.level & (Level.parameters | Level.utility)) !== 0;

/** Null where the model has no such thing or it does not pay, or the data hold something else than one choice. */
export function chosenTerm(
  { model: { chosen }, options, parameter }: ClassModel,
  set: Alternatives,
  utilities: readonly Expr[],
  outcome: OutcomeKind,
  drawn: boolean,
): Pick<ClassTerm, "further" | "term"> | null {
  if (!chosen || outcome !== "choice" || (chosen.repeated && (!drawn || set.axis))) return null;
  const rows = chosen.rows(set, parameter, options);
  const moving = rows.filter(moves);
  const leaves = rows.map((row) => (moves(row) ? utility(utilities.length + moving.indexOf(row)) : row));
  const written = substitute(moving, topological(moving), (node) =>
    node.op === "utility" ? utilities[node.value] : undefined,
  );
  const further = written.map(affine);
  if (chosen.repeated && products(further) > products(utilities) + anExponential) return null;
  return { further, term: chosen.logProbability(set, leaves) };
}

/** Products that take as long as an exponential. */
const anExponential = 10;

/** How many coefficients meet columns: constants and dummies of one alternative become columns of all differences. */
const products = (rows: readonly Expr[]): number =>
  rows.reduce((total, row) => {
    const { terms, rest } = columnsOf(row);
    return total + (rest.length > 0 ? Number.POSITIVE_INFINITY : gathered(terms).length);
  }, 0);
