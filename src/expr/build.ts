/**
 * Constructors of the graph. Each simplifies what costs nothing to see (constants, 0, 1, double
 * negation), so that derivatives come out small. None of them changes a finite value.
 */
import { type Expr, intern, Level, Place } from "./node.ts";
import { type Algebra, type Comparison, isOp, opOf } from "./ops.ts";

export const num = (value: number): Expr => intern("number", [], 0, { value });
export const text = (name: string): Expr => intern("text", [], 0, { name });
/** A name as written, not yet known to be a parameter or a column. */
export const nameLeaf = (name: string, label = ""): Expr => intern("name", [], Level.name, { name, label });
export const parameter = (name: string): Expr => intern("parameter", [], Level.parameters, { name });
/** A column of the data at the situation, at a labelled alternative (its index), or along the axis. */
export const data = (name: string, place: number): Expr =>
  intern("data", [], Level.situation | (place === Place.axis ? Level.axis : 0), { name, value: place });
/**
 * What the choice itself gives, beside the columns: 1 at the chosen alternative, 1 where available, its number
 * in the set from 0 on, the weight; or a column of the outcome (rank, best, worst, share, amount, price).
 */
export const given = (name: string, place: number): Expr => {
  const axis = place === Place.axis ? Level.axis : 0;
  const weight = name === "weight" ? Level.weight : 0;
  return intern("given", [], Level.situation | axis | weight, { name, value: place });
};
/** The utility of labelled alternative `index`, or of every alternative of the axis (Place.axis). */
export const utility = (index: number): Expr =>
  intern("utility", [], Level.situation | Level.utility | (index === Place.axis ? Level.axis : 0), {
    value: index,
  });
/** The movement of a utility (or, from `index` 0 on, of a row of the Jacobian) in one direction. */
export const tangent = (index: number): Expr =>
  intern("tangent", [], Level.situation | Level.tangent | (index === Place.axis ? Level.axis : 0), {
    value: index,
  });
/** A place that a kernel writes output `index` to; nothing is read from it. */
export const output = (index: number, axis: boolean): Expr =>
  intern("output", [], axis ? Level.situation | Level.axis : Level.situation, {
    value: index,
    name: axis ? "axis" : "",
  });
/** A draw, already of its base distribution: anew for every person or, `within`, for every situation. */
export const draw = (dimension: number, within = false): Expr =>
  intern("draw", [], within ? Level.draw | Level.situation : Level.draw, {
    value: dimension,
    name: within ? "within" : "",
  });
/** A number that a kernel holds already. Without a level it changes from draw to draw. */
export const held = (index: number, level: number = Level.draw): Expr =>
  intern("held", [], level, { value: index, name: String(level) });
/** normal(1) or uniform(2, within) as written; a specification numbers the dimensions. */
export const drawn = (base: "normal" | "uniform", index: number, within = false): Expr =>
  intern("drawn", [], Level.draw | Level.name, { value: index, name: base, label: within ? "within" : "" });

const is = (node: Expr, value: number): boolean => node.op === "number" && node.value === value;
const levels = (args: readonly Expr[]): number => args.reduce((level, arg) => level | arg.level, 0);
const constant = (args: readonly Expr[]): boolean => args.every((arg) => arg.op === "number");

function node(op: string, ...args: Expr[]): Expr {
  if (constant(args) && op !== "stop") return num(opOf(op).value(...args.map((arg) => arg.value)));
  return intern(op, args, levels(args), { commutes: opOf(op).commutes ?? false });
}

export function add(a: Expr, b: Expr): Expr {
  if (is(a, 0)) return b;
  if (is(b, 0)) return a;
  if (b.op === "neg") return sub(a, b.args[0]);
  if (a.op === "neg") return sub(b, a.args[0]);
  return node("add", a, b);
}

export function sub(a: Expr, b: Expr): Expr {
  if (is(b, 0)) return a;
  if (is(a, 0)) return neg(b);
  if (a === b) return num(0);
  if (b.op === "neg") return add(a, b.args[0]);
  return node("sub", a, b);
}

export function mul(a: Expr, b: Expr): Expr {
  if (is(a, 0) || is(b, 0)) return num(0);
  if (is(a, 1)) return b;
  if (is(b, 1)) return a;
  if (is(a, -1)) return neg(b);
  if (is(b, -1)) return neg(a);
  if (a.op === "neg" && b.op === "neg") return mul(a.args[0], b.args[0]);
  if (a.op === "neg") return neg(mul(a.args[0], b));
  if (b.op === "neg") return neg(mul(a, b.args[0]));
  return node("mul", a, b);
}

export function div(a: Expr, b: Expr): Expr {
  if (is(a, 0) && !is(b, 0)) return num(0);
  if (is(b, 1)) return a;
  if (a.op === "neg") return neg(div(a.args[0], b));
  return node("div", a, b);
}

export function neg(a: Expr): Expr {
  if (a.op === "neg") return a.args[0];
  if (a.op === "sub") return sub(a.args[1], a.args[0]);
  return node("neg", a);
}

export function pow(a: Expr, b: Expr): Expr {
  if (is(b, 0)) return num(1);
  if (is(b, 1)) return a;
  if (is(b, 0.5)) return sqrt(a);
  if (is(b, -1)) return div(num(1), a);
  return node("pow", a, b);
}

export const exp = (a: Expr): Expr => node("exp", a);
export const log = (a: Expr): Expr => (a.op === "exp" ? a.args[0] : node("log", a));
export const normalCdf = (a: Expr): Expr => node("normalCdf", a);
export const logNormalCdf = (a: Expr): Expr => node("logNormalCdf", a);
export const inverseMills = (a: Expr): Expr => node("inverseMills", a);
export const normalQuantile = (a: Expr): Expr => node("normalQuantile", a);
export const sqrt = (a: Expr): Expr => node("sqrt", a);
export const abs = (a: Expr): Expr => node("abs", a);
export const min = (a: Expr, b: Expr): Expr => (a === b ? a : node("min", a, b));
export const max = (a: Expr, b: Expr): Expr => (a === b ? a : node("max", a, b));
export const stop = (a: Expr): Expr => (a.op === "number" ? a : node("stop", a));
/** The larger of two, held still under derivatives: the shift of log-sum-exp, which cancels. */
export const larger = (a: Expr, b: Expr): Expr => (a === b ? a : node("larger", a, b));
export const not = (a: Expr): Expr => node("not", a);
export const and = (a: Expr, b: Expr): Expr => {
  if (is(a, 1) && isTruth(b)) return b;
  return is(b, 1) && isTruth(a) ? a : node("and", a, b);
};
/** Whether a value is 0 or 1 by its operator. */
const isTruth = (a: Expr): boolean => a.op in truths || (a.op === "given" && a.name === "available");
const truths = { eq: 0, ne: 0, lt: 0, le: 0, gt: 0, ge: 0, and: 0, or: 0, not: 0 };
export const or = (a: Expr, b: Expr): Expr => node("or", a, b);
export const compare = (op: Comparison, a: Expr, b: Expr): Expr => node(op, a, b);

/** `a` where the condition holds, else `b`. */
export function select(condition: Expr, a: Expr, b: Expr): Expr {
  if (condition.op === "number") return condition.value !== 0 ? a : b;
  if (a === b) return a;
  if (a.op === "if" && a.args[0] === condition) return select(condition, a.args[1], b);
  if (b.op === "if" && b.args[0] === condition) return select(condition, a, b.args[2]);
  return node("if", condition, a, b);
}

/** Sum over the axis. What does not vary along it counts once for each alternative. */
export function sum(a: Expr): Expr {
  if (is(a, 0)) return a;
  if ((a.level & Level.axis) === 0) return mul(a, sum(given("available", Place.axis)));
  return intern("sum", [a], a.level & ~Level.axis);
}

export const peak = (a: Expr): Expr => intern("peak", [a], a.level & ~Level.axis);

/** Sum of any number of expressions, as a balanced tree: rounding and depth grow with the logarithm. */
export function addAll(terms: readonly Expr[]): Expr {
  if (terms.length === 0) return num(0);
  if (terms.length === 1) return terms[0];
  const half = terms.length >> 1;
  return add(addAll(terms.slice(0, half)), addAll(terms.slice(half)));
}

/** The same operator over new arguments, simplified again. */
export function rebuild(op: string, args: readonly Expr[]): Expr {
  return (constructors[op] ?? ((...all: Expr[]) => node(op, ...all)))(...args);
}

const constructors: Record<string, (...args: Expr[]) => Expr> = {
  add,
  sub,
  mul,
  div,
  neg,
  pow,
  exp,
  log,
  sqrt,
  abs,
  min,
  max,
  stop,
  not,
  and,
  or,
  if: select,
  sum,
  peak,
  larger,
};

/** The graph with leaves (or whole nodes) replaced. `replace` answers undefined for what stays. */
export function substitute(
  roots: readonly Expr[],
  order: readonly Expr[],
  replace: (node: Expr) => Expr | undefined,
): Expr[] {
  const image = new Map<Expr, Expr>();
  for (const each of order) {
    const args = each.args.map((arg) => image.get(arg)!);
    const same = args.every((arg, i) => arg === each.args[i]);
    image.set(each, replace(each) ?? (same || !isOp(each) ? each : rebuild(each.op, args)));
  }
  return roots.map((root) => image.get(root)!);
}

/** The constructors that the rows of ops.ts write their derivatives with. */
export const algebra: Algebra = {
  num,
  add,
  sub,
  mul,
  div,
  neg,
  pow,
  log,
  exp,
  inverseMills,
  sum,
  select,
  compare,
};
