/** Random expressions, built by the constructors as the parser builds them. */
import fc from "fast-check";
import { type Expr, nameLeaf, neg, not, num, opOf, ops, rebuild, select } from "../../src/expr/index.ts";
import { build } from "../../src/expr/sugar.ts";

const names = fc.oneof(
  fc.constantFrom("cost", "b_time", "ασ", "_x1", "and", "not", "price.beach", "travel time", "1st", "if"),
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 8 })
    .filter((name) => !name.includes("`") && !/[\r\n]/.test(name)),
);
const label = fc.constantFrom("", "", "", "car", "high speed", "2", "or");
const numbers = fc.oneof(
  fc.constantFrom(0, 1, -1, 0.5, 2, 100, 1e-7, 1.5e300, -2.25),
  fc.double({ noNaN: true }),
);

/** What the language can write between two expressions. */
export const infix = Object.keys(ops).filter(
  (name) => opOf(name).binds !== undefined && opOf(name).arity === 2,
);
const calls1 = ["exp", "log", "sqrt", "abs"];
const calls2 = ["min", "max"];

export const anyExpression: fc.Arbitrary<Expr> = fc.letrec<{ expr: Expr }>((tie) => {
  const expr = tie("expr");
  return {
    expr: fc.oneof(
      { maxDepth: 6, depthIdentifier: "expr" },
      fc.tuple(names, label).map(([name, where]) => nameLeaf(name, where)),
      numbers.map((value) => num(value)),
      fc.tuple(fc.constantFrom(...infix), expr, expr).map(([op, a, b]) => rebuild(op, [a, b])),
      fc.tuple(fc.constantFrom(...calls1), expr).map(([op, a]) => rebuild(op, [a])),
      fc.tuple(fc.constantFrom(...calls2), expr, expr).map(([op, a, b]) => build(op, [a, b])),
      expr.map((a) => neg(a)),
      expr.map((a) => not(a)),
      fc.tuple(expr, expr, expr).map(([c, a, b]) => select(c, a, b)),
      fc.tuple(expr, expr).map((args) => build("boxcox", args)),
      fc.array(expr, { minLength: 2, maxLength: 3 }).map((args) => build("piecewise", [...args, ...args])),
    ),
  };
}).expr;
