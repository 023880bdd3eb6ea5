/** The probability of a class of a person, and the slopes of its logarithm, as expressions that a loop over draws can use. */
import { type Expr, exp, held, num, substitute, topological } from "../expr/index.ts";
import type { ClassPlan } from "./classPlan.ts";
import { personParts } from "./drawLoop.ts";
import { Emitter } from "./emit.ts";
import type { Statement, Value } from "./kernel.ts";

export interface PersonWeight {
  /** Computes what does not vary from draw to draw, at the person's first situation. */
  readonly before: readonly Statement[];
  /** Where the leaves of what follows are found. */
  readonly known: ReadonlyMap<Expr, Value>;
  readonly probability: Expr;
  /** ∂w/∂β_k by k. */
  readonly slopes: ReadonlyMap<number, Expr>;
}

/** `held` leaves are numbered from here. */
const firstLeaf = 3e6;

export function personWeight(plan: ClassPlan, counter: { locals: number }): PersonWeight {
  const { logWeight } = plan;
  if (!logWeight) return { before: [], known: new Map(), probability: num(1), slopes: new Map() };
  const roots = [exp(logWeight.expr), ...logWeight.slopes.map(({ slope }) => slope)];
  const emitter = new Emitter(plan.layout, plan.alias, new Map(), counter);
  const parts = personParts(roots);
  const before = emitter.emit(parts.map((node) => ({ kind: "keep", node })));
  const leaves = new Map(parts.map((node, i) => [node, held(firstLeaf + i)]));
  const [probability, ...slopes] = substitute(roots, topological(roots), (node) => leaves.get(node));
  return {
    before,
    known: new Map([...leaves].map(([node, leaf]) => [leaf, emitter.valueOf(node)])),
    probability,
    slopes: new Map(logWeight.slopes.map(({ k }, i) => [k, slopes[i]])),
  };
}
