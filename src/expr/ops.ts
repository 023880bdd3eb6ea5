/**
 * ONE table of operators. A row is all that the toolkit knows about an operator: its value, how a
 * derivative passes through it, and how it is written in each dialect. Adding an operator is adding a row.
 *
 * - `pull(algebra, g, self, args)`: what the adjoint g of the node gives to each argument (null = nothing).
 *   g is the first factor or the numerator wherever it stands, for the sake of guarded.ts.
 * - `push(algebra, d, args)`: the tangent of the node when argument i moves with d[i] (null = does not move).
 * - `wasm`: postfix instructions over f64x2; $1, $2, $3 push an argument, `zero` and `one` push constants.
 * - `js`, `latex`: texts of the arguments in, text out. `binds` is the precedence (larger binds tighter).
 */
import type { Expr } from "./node.ts";
import { inverseMills, inverseRootTwoPi, logNormalCdf, normalCdf } from "./normal.ts";
import { normalQuantile } from "./normalQuantile.ts";

export type OpName = keyof typeof ops;
export type Comparison = "eq" | "ne" | "lt" | "le" | "gt" | "ge";

/** What derivatives are written with: the constructors of build.ts. */
export interface Algebra {
  num(value: number): Expr;
  add(a: Expr, b: Expr): Expr;
  sub(a: Expr, b: Expr): Expr;
  mul(a: Expr, b: Expr): Expr;
  div(a: Expr, b: Expr): Expr;
  neg(a: Expr): Expr;
  pow(a: Expr, b: Expr): Expr;
  log(a: Expr): Expr;
  exp(a: Expr): Expr;
  inverseMills(a: Expr): Expr;
  sum(a: Expr): Expr;
  select(condition: Expr, a: Expr, b: Expr): Expr;
  compare(op: Comparison, a: Expr, b: Expr): Expr;
}

type Adjoints = readonly (Expr | null)[];
export interface Op {
  readonly arity: number;
  /** How the language spells it: an infix sign, or the name of a call. */
  readonly text: string;
  readonly binds?: number;
  readonly commutes?: true;
  readonly value: (...args: number[]) => number;
  readonly pull: (algebra: Algebra, g: Expr, self: Expr, args: readonly Expr[]) => Adjoints;
  readonly push?: (algebra: Algebra, d: Adjoints, args: readonly Expr[]) => Expr;
  readonly js: (...args: string[]) => string;
  readonly wasm: readonly string[];
  readonly latex: (...args: string[]) => string;
}

const still = (): Adjoints => [];
const infix = (sign: string) => (a: string, b: string) => `(${a}${sign}${b})`;
const truth = (sign: string) => (a: string, b: string) => `(${a}${sign}${b}?1:0)`;
const call =
  (name: string) =>
  (...args: string[]) =>
    `${name}(${args.join(",")})`;
const command =
  (name: string) =>
  (...args: string[]) =>
    `\\${name}\\left(${args.join(", ")}\\right)`;
const comparison = (
  text: string,
  js: string,
  wasm: string,
  latex: string,
  value: (a: number, b: number) => boolean,
): Op => ({
  arity: 2,
  text,
  binds: 3,
  value: (a, b) => (value(a, b) ? 1 : 0),
  pull: still,
  js: truth(js),
  wasm: ["$1", "$2", `f64x2.${wasm}`, "one", "v128.and"],
  latex: (a, b) => `[${a} ${latex} ${b}]`,
});

const halfSquare = ({ mul, num }: Algebra, a: Expr): Expr => mul(num(0.5), mul(a, a));

/** What the JavaScript of the operators calls beside Math. */
export const functions: Readonly<Record<string, (...args: number[]) => number>> = {
  larger: (a, b) => (a < b ? b : a),
  normalCdf,
  logNormalCdf,
  inverseMills,
  normalQuantile,
};

export const ops = {
  add: {
    arity: 2,
    text: "+",
    binds: 4,
    commutes: true,
    value: (a, b) => a + b,
    pull: (_, g) => [g, g],
    js: infix("+"),
    wasm: ["$1", "$2", "f64x2.add"],
    latex: (a, b) => `${a} + ${b}`,
  },
  sub: {
    arity: 2,
    text: "-",
    binds: 4,
    value: (a, b) => a - b,
    pull: ({ neg }, g) => [g, neg(g)],
    js: infix("-"),
    wasm: ["$1", "$2", "f64x2.sub"],
    latex: (a, b) => `${a} - ${b}`,
  },
  mul: {
    arity: 2,
    text: "*",
    binds: 5,
    commutes: true,
    value: (a, b) => a * b,
    pull: ({ mul }, g, _, [a, b]) => [mul(g, b), mul(g, a)],
    js: infix("*"),
    wasm: ["$1", "$2", "f64x2.mul"],
    latex: (a, b) => `${a} \\cdot ${b}`,
  },
  div: {
    arity: 2,
    text: "/",
    binds: 5,
    value: (a, b) => a / b,
    pull: ({ div, mul, neg }, g, self, [, b]) => [div(g, b), neg(mul(g, div(self, b)))],
    js: infix("/"),
    wasm: ["$1", "$2", "f64x2.div"],
    latex: (a, b) => `\\frac{${a}}{${b}}`,
  },
  neg: {
    arity: 1,
    text: "-",
    binds: 6,
    value: (a) => -a,
    pull: ({ neg }, g) => [neg(g)],
    js: (a) => `(-${a})`,
    wasm: ["$1", "f64x2.neg"],
    latex: (a) => `-${a}`,
  },
  pow: {
    arity: 2,
    text: "^",
    binds: 7,
    value: (a, b) => a ** b,
    // Where the power is 0 its derivative in b is 0 too, although ln a is not finite.
    pull: ({ mul, pow, sub, num, log, select, compare }, g, self, [a, b]) => [
      mul(g, mul(b, pow(a, sub(b, num(1))))),
      b.op === "number" ? null : mul(g, select(compare("eq", self, num(0)), num(0), mul(self, log(a)))),
    ],
    js: call("Math.pow"),
    wasm: ["$1", "$2", "call pow"],
    latex: (a, b) => `{${a}}^{${b}}`,
  },
  exp: {
    arity: 1,
    text: "exp",
    value: Math.exp,
    pull: ({ mul }, g, self) => [mul(g, self)],
    js: call("Math.exp"),
    wasm: ["$1", "call exp"],
    latex: command("exp"),
  },
  log: {
    arity: 1,
    text: "log",
    value: Math.log,
    pull: ({ div }, g, _, [a]) => [div(g, a)],
    js: call("Math.log"),
    wasm: ["$1", "call log"],
    latex: command("ln"),
  },
  sqrt: {
    arity: 1,
    text: "sqrt",
    value: Math.sqrt,
    pull: ({ div, mul, num }, g, self) => [div(mul(g, num(0.5)), self)],
    js: call("Math.sqrt"),
    wasm: ["$1", "f64x2.sqrt"],
    latex: (a) => `\\sqrt{${a}}`,
  },
  abs: {
    arity: 1,
    text: "abs",
    value: Math.abs,
    pull: ({ mul, select, compare, num }, g, _, [a]) => [
      mul(g, select(compare("lt", a, num(0)), num(-1), num(1))),
    ],
    js: call("Math.abs"),
    wasm: ["$1", "f64x2.abs"],
    latex: (a) => `\\left|${a}\\right|`,
  },
  min: {
    arity: 2,
    text: "min",
    commutes: true,
    value: Math.min,
    pull: ({ select, compare, num }, g, _, [a, b]) => [
      select(compare("le", a, b), g, num(0)),
      select(compare("le", a, b), num(0), g),
    ],
    js: call("Math.min"),
    wasm: ["$1", "$2", "f64x2.min"],
    latex: command("min"),
  },
  max: {
    arity: 2,
    text: "max",
    commutes: true,
    value: Math.max,
    pull: ({ select, compare, num }, g, _, [a, b]) => [
      select(compare("le", b, a), g, num(0)),
      select(compare("le", b, a), num(0), g),
    ],
    js: call("Math.max"),
    wasm: ["$1", "$2", "f64x2.max"],
    latex: command("max"),
  },
  eq: comparison("==", "===", "eq", "=", (a, b) => a === b),
  ne: comparison("!=", "!==", "ne", "\\neq", (a, b) => a !== b),
  lt: comparison("<", "<", "lt", "<", (a, b) => a < b),
  le: comparison("<=", "<=", "le", "\\leq", (a, b) => a <= b),
  gt: comparison(">", ">", "gt", ">", (a, b) => a > b),
  ge: comparison(">=", ">=", "ge", "\\geq", (a, b) => a >= b),
  and: {
    arity: 2,
    text: "and",
    binds: 2,
    commutes: true,
    value: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
    pull: still,
    js: (a, b) => `(${a}!==0&&${b}!==0?1:0)`,
    wasm: ["$1", "zero", "f64x2.ne", "$2", "zero", "f64x2.ne", "v128.and", "one", "v128.and"],
    latex: (a, b) => `${a} \\wedge ${b}`,
  },
  or: {
    arity: 2,
    text: "or",
    binds: 1,
    commutes: true,
    value: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
    pull: still,
    js: (a, b) => `(${a}!==0||${b}!==0?1:0)`,
    wasm: ["$1", "zero", "f64x2.ne", "$2", "zero", "f64x2.ne", "v128.or", "one", "v128.and"],
    latex: (a, b) => `${a} \\vee ${b}`,
  },
  not: {
    arity: 1,
    text: "not",
    binds: 2.5,
    value: (a) => (a === 0 ? 1 : 0),
    pull: still,
    js: (a) => `(${a}===0?1:0)`,
    wasm: ["$1", "zero", "f64x2.eq", "one", "v128.and"],
    latex: (a) => `\\neg ${a}`,
  },
  /** if(c, a, b): a where c is not 0, else b. Derivatives are selected too, so an unused branch may be undefined. */
  if: {
    arity: 3,
    text: "if",
    value: (c, a, b) => (c !== 0 ? a : b),
    pull: ({ select, num }, g, _, [c]) => [null, select(c, g, num(0)), select(c, num(0), g)],
    push: ({ select, num }, [, a, b], [c]) => select(c, a ?? num(0), b ?? num(0)),
    js: (c, a, b) => `(${c}!==0?${a}:${b})`,
    wasm: ["$2", "$3", "$1", "zero", "f64x2.ne", "v128.bitselect"],
    latex: (c, a, b) => `\\begin{cases} ${a} & ${c} \\\\ ${b} & \\text{otherwise} \\end{cases}`,
  },
  /** The value, held still under derivatives: shifts that cancel, such as the maximum in log-sum-exp. */
  stop: {
    arity: 1,
    text: "stop",
    value: (a) => a,
    pull: still,
    js: (a) => a,
    wasm: ["$1"],
    latex: (a) => a,
  },
  larger: {
    arity: 2,
    text: "larger",
    commutes: true,
    value: (a, b) => Math.max(a, b),
    pull: still,
    js: (a, b) => `larger(${a},${b})`,
    wasm: ["$1", "$2", "f64x2.pmax"],
    latex: command("max"),
  },
  /** Φ, the probability that a standard normal is below its argument. */
  normalCdf: {
    arity: 1,
    text: "normalCdf",
    value: normalCdf,
    pull: (algebra, g, _, [a]) => [
      algebra.mul(
        g,
        algebra.mul(algebra.num(inverseRootTwoPi), algebra.exp(algebra.neg(halfSquare(algebra, a)))),
      ),
    ],
    js: call("normalCdf"),
    wasm: ["$1", "call normalCdf"],
    latex: (a) => `\\Phi\\left(${a}\\right)`,
  },
  /** ln Φ, accurate in both tails. */
  logNormalCdf: {
    arity: 1,
    text: "logNormalCdf",
    value: logNormalCdf,
    pull: (algebra, g, _, [a]) => [algebra.mul(g, algebra.inverseMills(a))],
    js: call("logNormalCdf"),
    wasm: ["$1", "call logNormalCdf"],
    latex: (a) => `\\ln \\Phi\\left(${a}\\right)`,
  },
  /** φ/Φ, the derivative of ln Φ. */
  inverseMills: {
    arity: 1,
    text: "inverseMills",
    value: inverseMills,
    pull: ({ mul, neg, add }, g, self, [a]) => [mul(g, neg(mul(self, add(a, self))))],
    js: call("inverseMills"),
    wasm: ["$1", "call inverseMills"],
    latex: (a) => `\\frac{\\varphi}{\\Phi}\\left(${a}\\right)`,
  },
  /** Φ⁻¹: the z below which a standard normal falls with the given probability. */
  normalQuantile: {
    arity: 1,
    text: "normalQuantile",
    value: normalQuantile,
    pull: (algebra, g, self) => [
      algebra.mul(g, algebra.mul(algebra.num(1 / inverseRootTwoPi), algebra.exp(halfSquare(algebra, self)))),
    ],
    js: call("normalQuantile"),
    wasm: ["$1", "call normalQuantile"],
    latex: (a) => `\\Phi^{-1}\\left(${a}\\right)`,
  },
  /** Sum over the alternatives of an unlabelled choice set. Evaluators fold it with `add`. */
  sum: {
    arity: 1,
    text: "sum",
    value: (a) => a,
    pull: (_, g) => [g],
    push: ({ sum }, [d]) => sum(d!),
    js: (a) => a,
    wasm: ["$1"],
    latex: (a) => `\\sum_j ${a}`,
  },
  /** Largest value over the alternatives of an unlabelled choice set, held still. Folded with `max`. */
  peak: {
    arity: 1,
    text: "peak",
    value: (a) => a,
    pull: still,
    js: (a) => a,
    wasm: ["$1"],
    latex: (a) => `\\max_j ${a}`,
  },
} satisfies Record<string, Op>;

/** The row of an operator. */
export const opOf = (name: string): Op => (ops as Record<string, Op>)[name];

/** Whether the node is an operator applied to arguments, rather than a leaf. */
export const isOp = (node: Expr): boolean => node.op in ops;
