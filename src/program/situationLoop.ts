/** The loop over a person's situations for one draw: Σ_t ℓ with its gradient and Hessian in the inputs. */
import { addAll, type Expr, held, isOp, mul, num, push, topological } from "../expr/index.ts";
import type { ClassPlan, Wanted } from "./classPlan.ts";
import { hasDraws, situationFree } from "./columns.ts";
import type { Emitter, Sink } from "./emit.ts";
import { hessianStatements, jacobianSinks, secondDerivatives } from "./hessian.ts";
import { type Address, at, constant, load, local, type Statement, set, store, type Value } from "./kernel.ts";
import { logProduct } from "./logProduct.ts";
import { isZero, over, rowGradient } from "./rows.ts";
import { isSoftmax, softmaxCurve } from "./softmax.ts";

export interface SituationSums {
  /** Leaf of Σ ℓ. */
  readonly value: Expr;
  /** Leaves of its gradient, one for each leaf of the plan. */
  readonly slopes: readonly Expr[];
  /** Leaf of its second derivative in two leaves of the plan. */
  readonly curve: (m: number, n: number) => Expr;
  /** Where the leaves are found. */
  readonly held: ReadonlyMap<Expr, Value>;
  /** First words of gradient and Hessian where they are in memory: there are many. */
  readonly memory: { readonly gradient: number; readonly hessian: number } | null;
  /** What does not vary with the situation, for the emitter of the draw to compute first. */
  readonly hoisted: readonly Expr[];
  /** What is set once for all draws. */
  readonly fixed: readonly Statement[];
  statements(): Statement[];
}

/** Up to here the sums are locals and the Hessian is written out. */
const fewLeaves = 12;
const fewProducts = 1500;

export function situationSums(plan: ClassPlan, want: Wanted, draws: Emitter, first: number): SituationSums {
  const size = plan.leaves.length;
  const products = (plan.rows.length * size * (size + 1)) / 2;
  return size <= fewLeaves && products <= fewProducts
    ? inLocals(plan, want, draws, first)
    : inMemory(plan, want, draws, first);
}

/** Leaf numbers: the value, the gradient, then the upper triangle of the Hessian by rows of full length. */
function leavesOf(size: number, first: number) {
  const slopes = Array.from({ length: size }, (_, m) => held(first + 1 + m));
  const curve = (m: number, n: number): Expr =>
    held(first + 1 + size + Math.min(m, n) * size + Math.max(m, n));
  return { value: held(first), slopes, curve };
}

function inLocals(plan: ClassPlan, want: Wanted, draws: Emitter, first: number): SituationSums {
  const leaves = leavesOf(plan.leaves.length, first);
  const graphs = new Map<Expr, Expr>([[leaves.value, plan.term]]);
  if (want !== "value")
    for (const [m, slope] of slopesOf(plan).entries()) graphs.set(leaves.slopes[m], slope);
  if (want === "hessian") for (const { m, n, expr } of curvesOf(plan)) graphs.set(leaves.curve(m, n), expr);
  const locals = new Map([...graphs.keys()].map((leaf) => [leaf, draws.take()]));
  return {
    ...leaves,
    // Second derivatives that are 0 are not summed: those of two thresholds that no level lies between.
    curve: (m, n) => (graphs.has(leaves.curve(m, n)) ? leaves.curve(m, n) : num(0)),
    held: new Map([...locals].map(([leaf, number]) => [leaf, local(number)])),
    memory: null,
    hoisted: drawParts([...graphs.values()]),
    fixed: [],
    statements() {
      const total = locals.get(leaves.value)!;
      const value = logProduct(plan.term, total, draws);
      const others = [...graphs].filter(([leaf]) => leaf !== leaves.value);
      const sinks = others.map(([leaf, node]): Sink => ({ kind: "gather", node, local: locals.get(leaf)! }));
      const starts = others.map(([leaf]) => set(locals.get(leaf)!, constant(0)));
      const inner = draws.fork();
      const body = inner.emit([...value.sinks, ...sinks]);
      return [...value.before, ...starts, overSituations([...body, ...value.inLoop(inner)]), ...value.after];
    },
  };
}

function inMemory(plan: ClassPlan, want: Wanted, draws: Emitter, first: number): SituationSums {
  const { layout, rows, slopes, leaves: inputs } = plan;
  const leaves = leavesOf(inputs.length, first);
  const total = draws.take();
  const memory = {
    gradient: layout.take(inputs.length),
    hessian: layout.take(inputs.length * layout.width),
  };
  const where = new Map<Expr, Value>([[leaves.value, local(total)]]);
  const gradients = want === "value" ? [] : slopesOf(plan);
  for (const m of gradients.keys()) where.set(leaves.slopes[m], load(at("scratch", memory.gradient + m)));
  if (want === "hessian")
    for (const m of inputs.keys())
      for (let n = m; n < inputs.length; n++)
        where.set(leaves.curve(m, n), load(at("scratch", memory.hessian + m * layout.width + n)));
  const value = logProduct(plan.term, total, draws);
  const sinks: Sink[] = [
    ...value.sinks,
    ...gradients.map((node, m): Sink => ({ kind: "add", node, address: at("scratch", memory.gradient + m) })),
  ];
  const curved = { layout, rows, slopes, leaves: inputs, base: at("scratch", memory.hessian) };
  const words = { value: 0, gradient: inputs.length, hessian: inputs.length * (1 + layout.width) }[want];
  return {
    ...leaves,
    held: where,
    memory,
    hoisted: drawParts(sinks.map(({ node }) => node)),
    fixed: want === "hessian" ? draws.fork().emit(jacobianSinks(layout, rows).fixed) : [],
    statements() {
      const inner = draws.fork();
      const body = want === "hessian" ? hessianStatements(curved, sinks, inner) : inner.emit(sinks);
      return [
        ...value.before,
        ...clear(at("scratch", memory.gradient), words),
        overSituations([...body, ...value.inLoop(inner)]),
        ...value.after,
      ];
    },
  };
}

export const overSituations = (body: readonly Statement[]): Statement => ({
  kind: "loop",
  index: "t",
  from: 0,
  to: "situations",
  step: 1,
  body,
});

/** Sets so many words to 0. */
export const clear = (base: Address, words: number): Statement[] =>
  words === 0
    ? []
    : [
        {
          kind: "loop",
          index: "k",
          from: 0,
          to: words,
          step: 1,
          body: [store({ ...base, along: [...base.along, ["k", 1]] }, constant(0))],
        },
      ];

const slopesOf = ({ rows, slopes, leaves }: ClassPlan): Expr[] => rowGradient(rows, slopes, leaves.length);

/** The Hessian written out: Σ_r A_rm B_rn + w_r ∂²row_r, where B_n is the movement of w along column n of A. */
function curvesOf(plan: ClassPlan): { m: number; n: number; expr: Expr }[] {
  const { rows, slopes, leaves, term } = plan;
  const parts = new Map<number, Expr[]>();
  const give = (m: number, n: number, part: Expr): void => {
    if (isZero(part)) return;
    const place = m * leaves.length + n;
    parts.set(place, [...(parts.get(place) ?? []), part]);
  };
  const softmax = isSoftmax(term) ? slopesOf(plan) : null;
  for (const n of leaves.keys()) {
    if (softmax) {
      for (let m = 0; m <= n; m++)
        for (const part of softmaxCurve(rows, slopes, softmax, m, n)) give(m, n, part);
      continue;
    }
    const moves = rows
      .filter((row) => !isZero(row.slopes[n]))
      .map((row) => [row.leaf, row.slopes[n]] as const);
    const moved = push(slopes, new Map(moves));
    for (let m = 0; m <= n; m++)
      for (const [r, row] of rows.entries()) give(m, n, over(row, mul(row.slopes[m], moved[r])));
  }
  for (const [r, row] of rows.entries())
    for (const { k, l, second } of secondDerivatives(row, leaves))
      give(k, l, over(row, mul(slopes[r], second)));
  return [...parts].map(([place, all]) => ({
    m: Math.floor(place / leaves.length),
    n: place % leaves.length,
    expr: addAll(all),
  }));
}

/** The parts of a graph that vary with the draw but not with the situation. */
function drawParts(roots: readonly Expr[]): Expr[] {
  const still = (node: Expr): boolean => isOp(node) && hasDraws(node) && situationFree(node);
  const parts = new Set(roots.filter(still));
  for (const node of topological(roots)) {
    if (situationFree(node)) continue;
    for (const arg of node.args) if (still(arg)) parts.add(arg);
  }
  return [...parts];
}
