/**
 * The chain rule from inputs to parameters, for one draw: g = Jᵀ s + ∂w, T = Jᵀ H J + Σ_m s_m ∂²b_m + ∂²w, added
 * to the sums over draws. Most parameters touch one input, so it is written out entry by entry; parameters that
 * are inputs themselves, where there are many, are looped over in runs.
 */
import { add, addAll, type Expr, mul, num } from "../expr/index.ts";
import type { ClassPlan, Wanted } from "./classPlan.ts";
import type { Accumulators } from "./drawLoop.ts";
import type { Emitter, Sink } from "./emit.ts";
import { type Address, apply, at, increase, load, loop, type Statement, type Value } from "./kernel.ts";
import { isZero } from "./rows.ts";
import type { SituationSums } from "./situationLoop.ts";

/** What a parameter touches: ∂b_m/∂β_k. */
interface Touch {
  readonly m: number;
  readonly slope: Expr;
}

/** Consecutive parameters that are consecutive leaves of the plan and touch nothing else. */
interface Run {
  readonly m: number;
  readonly k: number;
  readonly length: number;
}

export function chained(
  plan: ClassPlan,
  inner: SituationSums,
  sums: Accumulators,
  want: Wanted,
  emitter: Emitter,
  e: Expr,
): Statement[] {
  const touched = touches(plan);
  const runs = inner.memory ? runsOf(plan, touched) : [];
  const inRun = new Set(runs.flatMap(({ k, length }) => Array.from({ length }, (_, i) => k + i)));
  const rest = [...touched.keys()].filter((k) => !inRun.has(k)).sort((a, b) => a - b);
  const g = new Map(rest.map((k) => [k, gradientOf(k, touched, plan, inner)]));
  const gradientSinks = rest.map(
    (k): Sink => ({ kind: "add", node: mul(e, g.get(k)!), address: gradientAt(sums, k) }),
  );
  const weight = emitter.valueOf(e);
  if (want === "gradient")
    return [...emitter.emit(gradientSinks), ...runs.map((run) => runGradient(run, inner, sums, weight))];
  const movement = movements(touched, inner);
  const curvature = curvatures(plan, inner);
  const second = (k: number, l: number): Expr =>
    addAll([
      ...touched.get(k)!.map(({ m, slope }) => mul(slope, movement(m, l))),
      ...(curvature.get(k * sums.parameters + l) ?? []),
    ]);
  const hessianSinks = rest.flatMap((k, i) =>
    rest.slice(i).map(
      (l): Sink => ({
        kind: "add",
        node: mul(e, add(second(k, l), mul(g.get(k)!, g.get(l)!))),
        address: hessianAt(sums, k, l),
      }),
    ),
  );
  return [
    ...emitter.emit([
      ...gradientSinks,
      ...hessianSinks,
      ...(runs.length > 0 ? keptFor(rest, touched, g) : []),
    ]),
    ...runs.flatMap((run, i) => [
      runGradient(run, inner, sums, weight),
      ...runs.slice(i).map((other) => runByRun(run, other, inner, plan, sums, weight)),
      ...rest.map((l) => runByOne(run, l, touched.get(l)!, g.get(l)!, inner, plan, sums, weight, emitter)),
    ]),
  ];

  function curvatures({ moving, personal }: ClassPlan, { slopes }: SituationSums): Map<number, Expr[]> {
    const found = new Map<number, Expr[]>();
    const give = (k: number, l: number, part: Expr): unknown =>
      found.set(k * sums.parameters + l, [...(found.get(k * sums.parameters + l) ?? []), part]);
    for (const [m, { curves }] of moving.entries())
      for (const { k, l, curve } of curves) give(k, l, mul(slopes[m], curve));
    for (const { k, l, curve } of personal?.curves ?? []) give(k, l, curve);
    return found;
  }
}

/** For every parameter of the class the inputs that it touches; none where only what belongs to the person holds it. */
function touches({ moving, personal }: ClassPlan): Map<number, Touch[]> {
  const touched = new Map<number, Touch[]>();
  for (const [m, { slopes }] of moving.entries())
    for (const { k, slope } of slopes) touched.set(k, [...(touched.get(k) ?? []), { m, slope }]);
  for (const { k } of personal?.slopes ?? []) if (!touched.has(k)) touched.set(k, []);
  return touched;
}

function runsOf({ moving, personal }: ClassPlan, touched: ReadonlyMap<number, Touch[]>): Run[] {
  const weighted = new Set((personal?.slopes ?? []).map(({ k }) => k));
  const runs: Run[] = [];
  for (const [m, { expr, slopes }] of moving.entries()) {
    const k = expr.op === "parameter" && slopes.length === 1 ? slopes[0].k : -1;
    if (k < 0 || touched.get(k)!.length > 1 || weighted.has(k)) continue;
    const last = runs.at(-1);
    if (last && last.m + last.length === m && last.k + last.length === k)
      runs[runs.length - 1] = { ...last, length: last.length + 1 };
    else runs.push({ m, k, length: 1 });
  }
  return runs;
}

/** g, by parameter of the class. */
export function gradients(plan: ClassPlan, inner: SituationSums): Map<number, Expr> {
  const touched = touches(plan);
  return new Map([...touched.keys()].map((k) => [k, gradientOf(k, touched, plan, inner)]));
}

function gradientOf(
  k: number,
  touched: ReadonlyMap<number, Touch[]>,
  { personal }: ClassPlan,
  { slopes }: SituationSums,
): Expr {
  const weight = personal?.slopes.find((each) => each.k === k)?.slope ?? num(0);
  return add(addAll(touched.get(k)!.map(({ m, slope }) => mul(slopes[m], slope))), weight);
}

/** (H J)_ml, each written once. */
function movements(
  touched: ReadonlyMap<number, Touch[]>,
  { curve }: SituationSums,
): (m: number, l: number) => Expr {
  const known = new Map<string, Expr>();
  return (m, l) => {
    const key = `${m} ${l}`;
    const found = known.get(key) ?? addAll(touched.get(l)!.map(({ m: n, slope }) => mul(curve(m, n), slope)));
    known.set(key, found);
    return found;
  };
}

const gradientAt = ({ base }: Accumulators, k: number): Address => ({ ...base, offset: base.offset + 1 + k });

const hessianAt = ({ base, parameters, width }: Accumulators, k: number, l: number): Address => ({
  ...base,
  offset: base.offset + 1 + parameters + Math.min(k, l) * width + Math.max(k, l),
});

/** What the loops over runs need of the other parameters. */
function keptFor(
  rest: readonly number[],
  touched: ReadonlyMap<number, Touch[]>,
  g: ReadonlyMap<number, Expr>,
): Sink[] {
  const nodes = rest.flatMap((l) => [g.get(l)!, ...touched.get(l)!.map(({ slope }) => slope)]);
  return nodes.filter((node) => !isZero(node)).map((node) => ({ kind: "keep", node }));
}

function runGradient(
  { m, k, length }: Run,
  { memory }: SituationSums,
  sums: Accumulators,
  weight: Value,
): Statement {
  const slope = load(at("scratch", memory!.gradient + m, ["k", 1]));
  const to: Address = { ...gradientAt(sums, k), along: [["k", 1]] };
  return loop("k", length, [increase(to, apply("mul", weight, slope))]);
}

/** Both parameters are inputs: T is H, and g is s. */
function runByRun(
  a: Run,
  b: Run,
  { memory }: SituationSums,
  { layout }: ClassPlan,
  sums: Accumulators,
  weight: Value,
): Statement {
  const curve = load(
    at("scratch", memory!.hessian + a.m * layout.width + b.m, ["j", layout.width], ["k", 1]),
  );
  const square = apply(
    "mul",
    load(at("scratch", memory!.gradient + a.m, ["j", 1])),
    load(at("scratch", memory!.gradient + b.m, ["k", 1])),
  );
  const to: Address = {
    ...hessianAt(sums, a.k, b.k),
    along: [
      ["j", sums.width],
      ["k", 1],
    ],
  };
  return loop("j", a.length, [
    loop("k", b.length, [increase(to, apply("mul", weight, apply("add", curve, square)))]),
  ]);
}

/** Inputs by one other parameter l: T is a column of H J. */
function runByOne(
  { m, k, length }: Run,
  l: number,
  touching: readonly Touch[],
  slope: Expr,
  { memory }: SituationSums,
  { layout }: ClassPlan,
  sums: Accumulators,
  weight: Value,
  emitter: Emitter,
): Statement {
  const { width } = layout;
  const curves = touching.map(({ m: n, slope: by }) => {
    const after = n > m;
    const from = memory!.hessian + (after ? m * width + n : n * width + m);
    return apply("mul", load(at("scratch", from, ["k", after ? width : 1])), emitter.valueOf(by));
  });
  const square = apply("mul", load(at("scratch", memory!.gradient + m, ["k", 1])), emitter.valueOf(slope));
  const second = curves.reduce((total, each) => apply("add", total, each), square);
  const to: Address = { ...hessianAt(sums, k, l), along: [["k", l > k ? sums.width : 1]] };
  return loop("k", length, [increase(to, apply("mul", weight, second))]);
}
