/**
 * What a term of a formula stands for: one expression, or the 0/1 columns of a category, each with the
 * name that its coefficient will carry.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import type { ChoiceData } from "../data/choiceData.ts";
import { describeLabels } from "../data/rowwise.ts";
import { type Expr, isOp, mul, nameLeaf, opOf, Place, parse, print, topological } from "../expr/index.ts";
import type { Term } from "./terms.ts";

/** A column of the design: its readable name, its text, and the same as a graph of names. */
export interface Regressor {
  readonly name: string;
  readonly text: string;
  readonly expr: Expr;
  readonly term: Term;
}

/** Every product of the term's factors, where a category contributes each of its 0/1 columns. */
export function regressors(term: Term, data: ChoiceData): Regressor[] {
  return term.factors
    .map((factor) => columnsOf(factor, data))
    .reduce((left, right) => left.flatMap((a) => right.map((b) => product(a, b))))
    .map((each) => ({ ...each, term }));
}

type Column = Omit<Regressor, "term">;

function columnsOf(factor: string, data: ChoiceData): Column[] {
  const expr = parse(factor);
  const category = expr.op === "name" && expr.label === "" ? data.category(expr.name) : null;
  if (!category) return [{ name: readable(expr, factor), text: atLeastProduct(expr, factor), expr }];
  if (!category.declared) refuseStray(expr.name, data);
  return category.columns.map((name) => ({ name, text: print(nameLeaf(name)), expr: nameLeaf(name) }));
}

/** A column of numbers with a few words in it is a mistake in the file, not a category, unless it is declared one. */
function refuseStray(name: string, data: ChoiceData): void {
  const column = data.table.columns.get(name);
  if (column?.kind !== "text" || !column.mixed || column.mixed.numbers <= column.mixed.words) return;
  throw new Complaint(`${name} should hold numbers`, {
    rule: "a column that a formula uses holds numbers, or labels that make it a category",
    value: column.mixed.word,
    where: `line ${column.mixed.line}, column ${name}`,
    help: describeLabels(name, column),
  });
}

const product = (a: Column, b: Column): Column => ({
  name: `${a.name}_${b.name}`,
  text: `${a.text} * ${b.text}`,
  expr: mul(a.expr, b.expr),
});

/** A simple name as it is; log(wage) as log_wage. */
const readable = (expr: Expr, text: string): string =>
  expr.op === "name" && expr.label === ""
    ? expr.name
    : text.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_+|_+$/g, "");

/** The text, in parentheses where a coefficient before it would bind tighter. */
export function atLeastProduct(expr: Expr, text: string): string {
  const binds = isOp(expr) ? opOf(expr.op).binds : undefined;
  return binds !== undefined && binds < opOf("mul").binds! ? `(${text})` : text;
}

/** Whether everything the expression names is the same for all alternatives of a situation. */
export function isSituational(expr: Expr, data: ChoiceData): boolean {
  return namesIn(expr).every((leaf) => leaf.label !== "" || situational(leaf.name, data));
}

function situational(name: string, data: ChoiceData): boolean {
  const columns = data.category(name)?.columns ?? [name];
  return columns.every((column) => data.resolve(column, Place.situation) !== null);
}

export const namesIn = (expr: Expr): Expr[] => topological([expr]).filter((node) => node.op === "name");

/** Complains about a name that is no column, with the nearest one. */
export function checkNames(term: Term, data: ChoiceData): void {
  for (const factor of term.factors)
    for (const { name } of namesIn(parse(factor)))
      if (!data.has(name)) throw misplaced(term, `there is no column ${name}`, suggest(name, data.names));
}

/** The number of a term such as 0 or 1, else null. */
export function numberOf(term: Term): number | null {
  const expr = term.factors.length === 1 && !term.offset ? parse(term.factors[0]) : null;
  return expr?.op === "number" ? expr.value : null;
}

/** A complaint that quotes the formula with a caret under the term. */
export function misplaced(term: Term, what: string, help: string): Complaint {
  return new Complaint(what, { where: `${term.source}\n${" ".repeat(term.at)}^`, help });
}
