/**
 * The cut at the level of draws. The situations of a person see the draws only through a few inputs: random
 * coefficients such as mu + sd z, and other parts that hold draws but nothing of the situation. With a leaf for
 * each input, what is left is the likelihood of a plain program whose parameters are the inputs.
 */
import { addAll, type Expr, held, mul, substitute, topological } from "../expr/index.ts";
import { columnsOf, gathered, hasDraws, situationFree } from "./columns.ts";
import { type ClassTerm, rowExprs } from "./program.ts";

export interface Input {
  /** Stands for it in utilities and term: a `held` leaf. */
  readonly leaf: Expr;
  /** What it is, in parameters and draws. */
  readonly expr: Expr;
}

export interface Cut {
  /** Those of the class, and what else the term is written over. */
  readonly rows: readonly Expr[];
  readonly term: Expr;
  /** Further expressions over the utilities, cut like the term. */
  readonly outputs: readonly Expr[];
  readonly inputs: readonly Input[];
}

/** @param first number of the first `held` leaf that is free. */
export function cut(own: ClassTerm, outputs: readonly Expr[], first: number): Cut {
  const inputs = new Map<Expr, Expr>();
  const leafOf = (expr: Expr): Expr => {
    const leaf = inputs.get(expr) ?? held(first + inputs.size);
    inputs.set(expr, leaf);
    return leaf;
  };
  const written = rowExprs(own).map((utility, j) => {
    if (j >= own.utilities.length && !hasDraws(utility)) return utility;
    const { terms, rest } = columnsOf(utility);
    const products = gathered(terms).map(({ coefficient, column }) =>
      mul(isInput(coefficient) ? leafOf(coefficient) : coefficient, column),
    );
    return addAll([...products, ...replaced(rest, leafOf)]);
  });
  const [newTerm, ...others] = replaced([own.term, ...outputs], leafOf);
  return {
    rows: written,
    term: newTerm,
    outputs: others,
    inputs: [...inputs].map(([expr, leaf]) => ({ expr, leaf })),
  };
}

/** A coefficient that is a parameter or a number needs no leaf. */
const isInput = (coefficient: Expr): boolean => coefficient.op !== "parameter" && coefficient.op !== "number";

/** The largest parts that hold draws but nothing of the situation, replaced. */
function replaced(roots: readonly Expr[], leafOf: (expr: Expr) => Expr): Expr[] {
  const order = topological(roots);
  const isPart = (node: Expr): boolean => hasDraws(node) && situationFree(node);
  const largest = new Set(roots.filter(isPart));
  for (const node of order) {
    if (isPart(node)) continue;
    for (const arg of node.args) if (isPart(arg)) largest.add(arg);
  }
  return substitute(roots, order, (node) => (largest.has(node) ? leafOf(node) : undefined));
}
