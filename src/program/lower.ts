/**
 * Program → kernels. The chain rule is applied at the utilities (the rows): A = ∂row/∂β comes from the
 * specification, w = ∂ℓ/∂row from the model, and
 *
 *   gradient = Aᵀ w,    Hessian = Aᵀ B + Σ_r w_r ∂²row_r/∂β²,    B = (∂w/∂row) A,
 *
 * where column k of B is the movement of w when the rows move by column k of A: forward mode over the
 * reverse-mode gradient, in a loop over k. Nothing of size K² is ever written out as code, and for a logit
 * with linear utilities this is the outer-product form. Parameters that the model itself uses (a scale, a
 * nest's λ) are rows of their own, with a 1 in their column.
 */
import {
  addAll,
  type Expr,
  given,
  gradient,
  isOp,
  Level,
  mul,
  Place,
  parameter,
  push,
  slopes as slopesOf,
  sum,
  tangent,
  topological,
  utility,
} from "../expr/index.ts";
import { dataOnly, parametersIn } from "./affine.ts";
import { Emitter, type Sink } from "./emit.ts";
import { at, type Kernel, type Statement } from "./kernel.ts";
import { Layout } from "./layout.ts";
import { products } from "./products.ts";
import { freeNames, type Program } from "./program.ts";

export interface Lowered {
  readonly layout: Layout;
  readonly kernels: Readonly<Record<string, Kernel>>;
  readonly outWords: number;
}

/** Something that moves with the parameters and that the term is written in. */
export interface Row {
  readonly leaf: Expr;
  /** Its place among the scalar rows, or Place.axis. */
  readonly index: number;
  /** What it stands for, in parameters and data. */
  readonly expr: Expr;
  /** ∂expr/∂β_k for each free parameter. */
  readonly slopes: readonly Expr[];
}

export const outAt = { value: 0, gradient: 1, hessian: (layout: Layout) => 1 + layout.parameters };

/** The likelihood of a Program with one class and no draws, for choice sets of at most `longest`. */
export function lowerLikelihood(program: Program, longest: number): Lowered {
  const { utilities, term } = program.classes[0];
  const rows = rowsOf(program, utilities, [term]);
  const layout = layoutOf(program, rows, longest);
  const weight = given("weight", Place.situation);
  const value: Sink = { kind: "add", node: mul(weight, term), address: at("out", outAt.value) };
  const slopes = gradient(
    term,
    rows.map(({ leaf }) => leaf),
    weight,
  );
  const gradients = rowGradient(rows, slopes, layout.parameters);
  const gradientSinks = gradients.map(
    (node, k): Sink => ({ kind: "add", node, address: at("out", outAt.gradient + k) }),
  );
  const kernels = {
    value: kernel(layout, rows, (emitter) => emitter.emit([value])),
    gradient: kernel(layout, rows, (emitter) => emitter.emit([value, ...gradientSinks])),
    hessian: hessianKernel(layout, rows, slopes, freeNames(program).map(parameter), [
      value,
      ...gradientSinks,
    ]),
  };
  return { layout, kernels, outWords: 1 + layout.parameters + layout.parameters * layout.width };
}

/** Utilities first, then the parameters that occur in what is written over them. */
export function rowsOf(program: Program, utilities: readonly Expr[], roots: readonly Expr[]): Row[] {
  const names = freeNames(program);
  const leaves = names.map(parameter);
  const axis = program.alternatives === null;
  const rows = utilities.map((expr, j) => ({
    leaf: utility(axis ? Place.axis : j),
    index: axis ? Place.axis : j,
    expr,
  }));
  const first = axis ? 0 : utilities.length;
  const direct = names.filter((name) => parametersIn(roots).has(name));
  const own = direct.map((name, i) => ({ leaf: parameter(name), index: first + i, expr: parameter(name) }));
  return [...rows, ...own].map((row) => ({ ...row, slopes: slopesOf(row.expr, leaves) }));
}

export function layoutOf(program: Program, rows: readonly Row[], longest: number): Layout {
  const scalarRows = rows.filter(({ index }) => index !== Place.axis).length;
  return new Layout(program.free.length, scalarRows, program.alternatives === null ? longest : 0);
}

/** Σ_r A_rk w_r for every k; along the axis the sum runs over the alternatives. */
export function rowGradient(rows: readonly Row[], slopes: readonly Expr[], parameters: number): Expr[] {
  return Array.from({ length: parameters }, (_, k) =>
    addAll(rows.map((row, r) => over(row, mul(row.slopes[k], slopes[r]))).filter((part) => !isZero(part))),
  );
}

const isZero = (expr: Expr): boolean => expr.op === "number" && expr.value === 0;
const over = (row: Row, expr: Expr): Expr =>
  row.index === Place.axis && expr.op !== "number" ? sum(expr) : expr;

/** A kernel whose body is written by one emitter that knows what the utility leaves stand for. */
export function kernel(
  layout: Layout,
  rows: readonly Row[],
  write: (emitter: Emitter) => Statement[],
  prologue: Statement[] = [],
): Kernel {
  const emitter = new Emitter(
    layout,
    new Map(rows.filter(({ leaf }) => leaf.op === "utility").map(({ leaf, expr }) => [leaf, expr])),
  );
  const body = write(emitter);
  return { prologue, body, locals: emitter.locals };
}

function hessianKernel(
  layout: Layout,
  rows: readonly Row[],
  slopes: readonly Expr[],
  leaves: readonly Expr[],
  sinks: readonly Sink[],
): Kernel {
  const { fixed, moving } = jacobianSinks(layout, rows);
  const curved = curvatureSinks(layout, rows, slopes, leaves);
  const graphs = movements(rows, slopes);
  const still = new Emitter(layout, new Map());
  const prologue = still.emit(fixed);
  return kernel(
    layout,
    rows,
    (emitter) => [
      ...emitter.emit([...sinks, ...moving, ...curved, ...keptOf(graphs)]),
      ...directions(layout, emitter, rows, graphs),
      ...products(layout, rows, emitter, outAt.hessian(layout)),
    ],
    prologue,
  );
}

/** Stores of the Jacobian A: entries that no tile changes go into the prologue, zeros stay as they are. */
export function jacobianSinks(layout: Layout, rows: readonly Row[]): { fixed: Sink[]; moving: Sink[] } {
  const all = rows.flatMap((row) =>
    row.slopes.flatMap((node, k): { sink: Sink; fixed: boolean }[] => {
      if (isZero(node)) return [];
      const fixed = row.index !== Place.axis && (node.level & ~Level.parameters) === 0;
      return [{ sink: { kind: "store", node, address: layout.jacobian(row.index, "A", k) }, fixed }];
    }),
  );
  const pick = (fixed: boolean): Sink[] => all.filter((each) => each.fixed === fixed).map(({ sink }) => sink);
  return { fixed: pick(true), moving: pick(false) };
}

/** Σ_r w_r ∂²row_r/∂β_k∂β_l, for the pairs where a row is curved. Linear utilities have none. */
function curvatureSinks(
  layout: Layout,
  rows: readonly Row[],
  slopes: readonly Expr[],
  leaves: readonly Expr[],
): Sink[] {
  const parts = new Map<number, Expr[]>();
  for (const [r, row] of rows.entries()) {
    for (const { k, l, second } of secondDerivatives(row, leaves)) {
      const place = k * layout.width + l;
      parts.set(place, [...(parts.get(place) ?? []), over(row, mul(slopes[r], second))]);
    }
  }
  const base = outAt.hessian(layout);
  return [...parts].map(([place, terms]) => ({
    kind: "add",
    node: addAll(terms),
    address: at("out", base + place),
  }));
}

/** The second derivatives of a row that are not 0, in the upper triangle. */
function secondDerivatives(
  { slopes }: Row,
  leaves: readonly Expr[],
): { k: number; l: number; second: Expr }[] {
  return slopes.flatMap((slope, k) => {
    if (dataOnly(slope)) return [];
    const moved = slopesOf(slope, leaves.slice(k)).map((second, i) => ({ k, l: k + i, second }));
    return moved.filter(({ second }) => !isZero(second));
  });
}

/** The movement of every w along one direction. */
const movements = (rows: readonly Row[], slopes: readonly Expr[]): Expr[] =>
  push(slopes, new Map(rows.map(({ leaf, index }) => [leaf, tangent(index)])));

/** The parts of a movement that do not move themselves: computed once, before the loop over directions. */
export function keptOf(graphs: readonly Expr[]): Sink[] {
  const kept = new Set<Expr>();
  for (const node of topological(graphs)) {
    if ((node.level & Level.tangent) === 0) continue;
    for (const arg of node.args) if (worthKeeping(arg)) kept.add(arg);
  }
  return [...kept].map((node) => ({ kind: "keep", node }));
}

const worthKeeping = (node: Expr): boolean =>
  (node.level & Level.tangent) === 0 &&
  (isOp(node) || node.op === "utility") &&
  (node.level & Level.utility) !== 0;

/** For each k: read column k of A, write column k of B. */
function directions(
  layout: Layout,
  emitter: Emitter,
  rows: readonly Row[],
  graphs: readonly Expr[],
): Statement[] {
  const sinks = rows.map(
    ({ index }, r): Sink => ({
      kind: "store",
      node: graphs[r],
      address: layout.jacobian(index, "B", 0, [["k", 1]]),
    }),
  );
  return [{ kind: "loop", index: "k", from: 0, to: layout.parameters, step: 1, body: emitter.emit(sinks) }];
}
