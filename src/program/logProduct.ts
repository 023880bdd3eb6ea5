/**
 * Σ_t ℓ_t where ℓ = rest − ln x with x ≥ 1, as a logit's has it: Σ rest − ln Π x. One logarithm serves many situations,
 * until the product gets large.
 */
import { addAll, type Expr, neg } from "../expr/index.ts";
import { type Addend, addendsOf } from "./addends.ts";
import type { Emitter, Sink } from "./emit.ts";
import { apply, constant, local, type Statement, set } from "./kernel.ts";

/** Far from the largest number. */
const large = 1e250;

export interface LogProduct {
  /** Before the situations. */
  readonly before: readonly Statement[];
  /** Those whose sums over the situations are the total, but for the logarithms. */
  readonly sinks: readonly Sink[];
  /** Behind the sinks, in the loop over the situations. */
  inLoop(emitter: Emitter): Statement[];
  readonly after: readonly Statement[];
}

/** @param total the local that Σ ℓ comes into; it is set to 0 here. */
export function logProduct(term: Expr, total: number, emitter: Emitter): LogProduct {
  const addends = addendsOf(term);
  const logs = addends.filter(({ sign, node }) => sign < 0 && node.op === "log" && isAboveOne(node.args[0]));
  const factors = logs.map(({ node }) => node.args[0]);
  const rest = addends.filter((each) => !logs.includes(each));
  const sum = addAll(rest.map(({ sign, node }) => (sign < 0 ? neg(node) : node)));
  const gathered: Sink = { kind: "gather", node: sum, local: total };
  const zero = set(total, constant(0));
  if (factors.length === 0) return { before: [zero], sinks: [gathered], inLoop: () => [], after: [] };
  const [product, next] = [emitter.take(), emitter.take()];
  const less = (number: number): Statement =>
    set(total, apply("sub", local(total), apply("log", local(number))));
  const times = (inner: Emitter, factor: Expr): Statement[] => [
    set(next, inner.valueOf(factor)),
    {
      kind: "when",
      value: apply("gt", apply("mul", local(product), local(next)), constant(large)),
      body: [less(product), less(next), set(product, constant(1)), set(next, constant(1))],
    },
    set(product, apply("mul", local(product), local(next))),
  ];
  return {
    before: [zero, set(product, constant(1))],
    sinks: [gathered, ...factors.map((node): Sink => ({ kind: "keep", node }))],
    inLoop: (inner) => factors.flatMap((factor) => times(inner, factor)),
    after: [less(product)],
  };
}

/** A sum of a number from 1 on and what cannot be negative. */
function isAboveOne(node: Expr): boolean {
  const addends = addendsOf(node);
  const isFirst = ({ sign, node: { op, value } }: Addend): boolean =>
    sign > 0 && op === "number" && value >= 1;
  return (
    addends.some(isFirst) &&
    addends.every((each) => isFirst(each) || (each.sign > 0 && isPositive(each.node)))
  );
}

const isPositive = ({ op, args, value }: Expr): boolean =>
  op === "exp" ||
  (op === "number" && value >= 0) ||
  (op === "if" && isPositive(args[1]) && isPositive(args[2]));
