/** The kernel that gives value, gradient and Hessian: see lower.ts for the formulas. */
import {
  addAll,
  type Expr,
  isOp,
  Level,
  mul,
  Place,
  push,
  slopes as slopesOf,
  tangent,
  topological,
} from "../expr/index.ts";
import { dataOnly } from "./affine.ts";
import { Emitter, type Sink } from "./emit.ts";
import { type Address, type Kernel, loop, type Statement } from "./kernel.ts";
import type { Layout } from "./layout.ts";
import { products } from "./products.ts";
import { isZero, kernel, over, type Row } from "./rows.ts";

export interface Curved {
  readonly layout: Layout;
  readonly rows: readonly Row[];
  /** w, the derivative of the term in each row. */
  readonly slopes: readonly Expr[];
  /** What the rows are differentiated by. */
  readonly leaves: readonly Expr[];
  /** Where the Hessian begins. */
  readonly base: Address;
}

export function hessianKernel(curved: Curved, sinks: readonly Sink[]): Kernel {
  const { layout, rows } = curved;
  const prologue = new Emitter(layout, new Map()).emit(jacobianSinks(layout, rows).fixed);
  return kernel(layout, rows, (emitter) => hessianStatements(curved, sinks, emitter), prologue);
}

/** The sinks, and what adds the Hessian of one situation. */
export function hessianStatements(curved: Curved, sinks: readonly Sink[], emitter: Emitter): Statement[] {
  const { layout, rows, slopes, base } = curved;
  const graphs = movements(rows, slopes);
  const { moving } = jacobianSinks(layout, rows);
  return [
    ...emitter.emit([...sinks, ...moving, ...curvatureSinks(curved), ...keptOf(graphs)]),
    ...directions(layout, emitter, rows, graphs),
    ...products(layout, rows, emitter, base),
  ];
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
function curvatureSinks({ layout, rows, slopes, leaves, base }: Curved): Sink[] {
  const parts = new Map<number, Expr[]>();
  for (const [r, row] of rows.entries()) {
    for (const { k, l, second } of secondDerivatives(row, leaves)) {
      const place = k * layout.width + l;
      parts.set(place, [...(parts.get(place) ?? []), over(row, mul(slopes[r], second))]);
    }
  }
  return [...parts].map(([place, terms]) => ({
    kind: "add",
    node: addAll(terms),
    address: { ...base, offset: base.offset + place },
  }));
}

/** The second derivatives of a row that are not 0, in the upper triangle. */
export function secondDerivatives(
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
  return [loop("k", layout.parameters, emitter.emit(sinks))];
}
