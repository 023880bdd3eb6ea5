/**
 * A utility as Σ coefficient × column: coefficients hold parameters and draws but nothing of the situation,
 * columns hold data (and draws within persons) but no parameter. Products are multiplied out where one
 * factor is a single term, so that (b + s z) x / τ comes out as one coefficient and one column.
 */
import { add, div, type Expr, Level, mul, neg, num, select, topological } from "../expr/index.ts";

export interface Term {
  readonly coefficient: Expr;
  readonly column: Expr;
}

export interface Columns {
  readonly terms: readonly Term[];
  /** What is not of this form, added to it. */
  readonly rest: readonly Expr[];
}

/** Whether nothing in it belongs to a situation. */
export const situationFree = (expr: Expr): boolean => (expr.level & ~(Level.parameters | Level.draw)) === 0;
export const hasDraws = (expr: Expr): boolean => (expr.level & Level.draw) !== 0;

/** Whether it holds no parameter and no draw of the person. */
export const isColumn = (expr: Expr): boolean =>
  (expr.level & ~(Level.situation | Level.axis | Level.draw)) === 0 &&
  (!hasDraws(expr) || topological([expr]).every(({ op, name }) => op !== "draw" || name === "within")) &&
  !topological([expr]).some(({ op }) => op === "held");

export function columnsOf(utility: Expr): Columns {
  const found = split(utility);
  return found ? { terms: found, rest: [] } : sumOfParts(utility);
}

/** The parts of a sum that are of the form, and those that are not. */
function sumOfParts(expr: Expr): Columns {
  if (expr.op !== "add" && expr.op !== "sub" && expr.op !== "neg") {
    const terms = split(expr);
    return terms ? { terms, rest: [] } : { terms: [], rest: [expr] };
  }
  const [a, b] = expr.args.map(sumOfParts);
  if (expr.op === "neg") return negative(a);
  const other = expr.op === "sub" ? negative(b) : b;
  return { terms: [...a.terms, ...other.terms], rest: [...a.rest, ...other.rest] };
}

const negative = ({ terms, rest }: Columns): Columns => ({ terms: terms.map(minus), rest: rest.map(neg) });
const minus = ({ coefficient, column }: Term): Term => ({ coefficient, column: neg(column) });

const one = num(1);

/** The terms of an expression of this form, else null. */
function split(expr: Expr): Term[] | null {
  if (isColumn(expr)) return [{ coefficient: one, column: expr }];
  if (situationFree(expr)) return addends(expr);
  return splits[expr.op]?.(expr.args) ?? null;
}

/** A sum without draws is taken apart, so that each parameter stays by itself. */
function addends(expr: Expr): Term[] {
  if (hasDraws(expr)) return [{ coefficient: expr, column: one }];
  const [a, b] = expr.args;
  if (expr.op === "add") return [...addends(a), ...addends(b)];
  if (expr.op === "sub") return [...addends(a), ...addends(b).map(minus)];
  if (expr.op === "neg") return addends(a).map(minus);
  if (expr.op === "mul" && a.op === "number") return addends(b).map((term) => product(term, numeric(a)));
  if (expr.op === "mul" && b.op === "number") return addends(a).map((term) => product(term, numeric(b)));
  return [expr.op === "number" ? numeric(expr) : { coefficient: expr, column: one }];
}

const numeric = (column: Expr): Term => ({ coefficient: one, column });
const product = (a: Term, b: Term): Term => ({
  coefficient: mul(a.coefficient, b.coefficient),
  column: mul(a.column, b.column),
});

const splits: Readonly<Record<string, ((args: readonly Expr[]) => Term[] | null) | undefined>> = {
  add: ([a, b]) => both(a, b, (x, y) => [...x, ...y]),
  sub: ([a, b]) => both(a, b, (x, y) => [...x, ...y.map(minus)]),
  neg: ([a]) => split(a)?.map(minus) ?? null,
  mul: ([a, b]) =>
    both(a, b, (x, y) =>
      Math.min(x.length, y.length) === 1 ? x.flatMap((p) => y.map((q) => product(p, q))) : null,
    ),
  div: ([a, b]) =>
    situationFree(b) || isColumn(b) ? (split(a)?.map((term) => quotient(term, b)) ?? null) : null,
  // What compile.ts guards: a sum of finite columns is 0 anyway where its alternative is closed.
  if: ([condition, a, b]) => {
    if (condition.op === "given" && b.op === "number" && b.value === 0) return split(a);
    return isColumn(condition) ? chosen(condition, a, b) : null;
  },
};

function both(a: Expr, b: Expr, join: (x: Term[], y: Term[]) => Term[] | null): Term[] | null {
  const [x, y] = [split(a), split(b)];
  return x && y ? join(x, y) : null;
}

const quotient = ({ coefficient, column }: Term, by: Expr): Term =>
  isColumn(by) ? { coefficient, column: div(column, by) } : { coefficient: div(coefficient, by), column };

function chosen(condition: Expr, a: Expr, b: Expr): Term[] | null {
  const guarded = (term: Term, yes: boolean): Term => ({
    coefficient: term.coefficient,
    column: yes ? select(condition, term.column, num(0)) : select(condition, num(0), term.column),
  });
  return both(a, b, (x, y) => [
    ...x.map((term) => guarded(term, true)),
    ...y.map((term) => guarded(term, false)),
  ]);
}

/**
 * Terms of the same column become one where a draw is among them: a mean and its spread are one
 * coefficient. Then columns of the same coefficient are added.
 */
export function gathered(terms: readonly Term[]): Term[] {
  const byColumn = groups(terms, ({ column }) => column);
  const joined = [...byColumn].flatMap(([column, all]) =>
    all.some(({ coefficient }) => hasDraws(coefficient))
      ? [{ coefficient: total(all.map(({ coefficient }) => coefficient)), column }]
      : all,
  );
  return [...groups(joined, ({ coefficient }) => coefficient)].map(([coefficient, all]) => ({
    coefficient,
    column: all.map(({ column }) => column).reduce(add),
  }));
}

/** The sum in the order of the nodes, so that equal sums are the same node. */
const total = (all: readonly Expr[]): Expr => all.toSorted((a, b) => a.id - b.id).reduce(add);

function groups(terms: readonly Term[], by: (term: Term) => Expr): Map<Expr, Term[]> {
  const found = new Map<Expr, Term[]>();
  for (const term of terms) found.set(by(term), [...(found.get(by(term)) ?? []), term]);
  return found;
}
