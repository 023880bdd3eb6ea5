/** What can be called. Functions beyond the operator table are built from it, so every backend has them. */
import { Complaint } from "../complaint/index.ts";
import {
  abs,
  add,
  addAll,
  compare,
  div,
  drawn,
  exp,
  log,
  max,
  min,
  mul,
  normalCdf,
  normalQuantile,
  num,
  select,
  sqrt,
  sub,
} from "./build.ts";
import type { Expr } from "./node.ts";

export interface Call {
  readonly takes: (count: number) => boolean;
  readonly usage: string;
  readonly build: (args: readonly Expr[]) => Expr;
}

/** normal(1), normal(1, within): the number tells one draw from another. */
const drawCall = (base: "normal" | "uniform"): Call => ({
  takes: (n) => n === 1 || n === 2,
  usage: `${base}(1), a draw per person, or ${base}(1, within), a draw per situation; the number tells draws apart`,
  build([index, within]) {
    const isWithin = within?.op === "name" && within.name === "within" && within.label === "";
    if (index.op !== "number" || !(index.value >= 1) || index.value % 1 !== 0 || (within && !isWithin))
      throw new Complaint(`${base} was given something else than the number of a draw`, {
        value: [index, ...(within ? [within] : [])].map((arg) => arg.name || arg.value).join(", "),
        help: drawCall(base).usage,
      });
    return drawn(base, index.value, isWithin);
  },
});

const exactly = (n: number) => (count: number) => count === n;
const fold = (two: (a: Expr, b: Expr) => Expr) => (args: readonly Expr[]) => args.reduce(two);

export const calls: Record<string, Call> = {
  if: { takes: exactly(3), usage: "if(condition, then, else)", build: ([c, a, b]) => select(c, a, b) },
  exp: { takes: exactly(1), usage: "exp(x)", build: ([x]) => exp(x) },
  log: { takes: exactly(1), usage: "log(x), the natural logarithm", build: ([x]) => log(x) },
  sqrt: { takes: exactly(1), usage: "sqrt(x)", build: ([x]) => sqrt(x) },
  abs: { takes: exactly(1), usage: "abs(x)", build: ([x]) => abs(x) },
  min: { takes: (n) => n >= 2, usage: "min(a, b, …)", build: fold(min) },
  max: { takes: (n) => n >= 2, usage: "max(a, b, …)", build: fold(max) },
  normalCdf: {
    takes: exactly(1),
    usage: "normalCdf(x), the probability that a standard normal is below x",
    build: ([x]) => normalCdf(x),
  },
  normalQuantile: {
    takes: exactly(1),
    usage: "normalQuantile(p), the number below which a standard normal falls with probability p",
    build: ([p]) => normalQuantile(p),
  },
  normal: drawCall("normal"),
  uniform: drawCall("uniform"),
  boxcox: {
    takes: exactly(2),
    usage: "boxcox(x, lambda), for x > 0",
    build: ([x, lambda]) => boxcox(x, lambda),
  },
  piecewise: {
    takes: (n) => n >= 4 && n % 2 === 0,
    usage:
      "piecewise(x, slope, knot, slope, knot, slope, …): one slope before each knot and one after the last",
    build: piecewise,
  },
};

/** What the sugar was written as, so that it prints as written. */
const written = new WeakMap<Expr, { readonly call: string; readonly args: readonly Expr[] }>();
export const writtenAs = (expr: Expr) => written.get(expr);

/** What remains of these calls unless a constant argument made something simpler of them. */
const remains: Readonly<Record<string, string>> = { boxcox: "mul", piecewise: "add" };

/** Builds a call and remembers how it was written. */
export function build(call: string, args: readonly Expr[]): Expr {
  const expr = calls[call].build(args);
  if (expr.op === remains[call] && args.every((arg) => arg.id < expr.id)) written.set(expr, { call, args });
  return expr;
}

/**
 * (x^λ − 1)/λ, and ln x at λ = 0, smooth through λ = 0: it is L·φ(λL) with L = ln x and
 * φ(z) = (e^z − 1)/z, whose series serves near 0. Source: Box & Cox (1964), JRSS B 26, eq. 1.
 */
export function boxcox(x: Expr, lambda: Expr): Expr {
  const logarithm = log(x);
  const z = mul(lambda, logarithm);
  const near = compare("lt", abs(z), num(0.5));
  const direct = div(sub(exp(z), num(1)), select(near, num(1), z));
  return mul(logarithm, select(near, series(z), direct));
}

/** φ(z) = Σ z^k/(k+1)!, to beyond double precision, also of its second derivative, for |z| < 1/2. */
function series(z: Expr): Expr {
  let factorial = 1;
  const coefficients = Array.from({ length: 16 }, (_, k) => 1 / (factorial *= k + 1));
  return coefficients.reduceRight<Expr>((tail, c) => add(num(c), mul(z, tail)), num(0));
}

/** Σ_k slope_k · (the length of x inside segment k): continuous, with a bend at every knot. */
function piecewise([x, ...rest]: readonly Expr[]): Expr {
  const slopes = rest.filter((_, i) => i % 2 === 0);
  const knots = rest.filter((_, i) => i % 2 === 1);
  return addAll(slopes.map((slope, k) => mul(slope, segment(x, knots[k - 1], knots[k]))));
}

function segment(x: Expr, from: Expr | undefined, to: Expr | undefined): Expr {
  if (!from) return to ? min(x, to) : x;
  const beyond = max(num(0), sub(x, from));
  return to ? min(beyond, sub(to, from)) : beyond;
}
