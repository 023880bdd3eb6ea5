/** Kernels for what comes after the fit: values per situation, and totals with their exact derivatives. */
import { type Expr, given, Level, mul, output, Place, push, tangent } from "../expr/index.ts";
import { Emitter, type Sink } from "./emit.ts";
import { jacobianSinks, keptOf } from "./hessian.ts";
import { at, type Kernel, loop, type Statement } from "./kernel.ts";
import type { Layout } from "./layout.ts";
import type { Lowered } from "./lower.ts";
import { type Program, rowExprs } from "./program.ts";
import { kernel, layoutOf, rowsOf } from "./rows.ts";

/** Where an output of `each` is stored: its slot, and whether it is one value per row. */
export interface OutputSlot {
  readonly slot: number;
  readonly axis: boolean;
}

const onAxis = (expr: Expr): boolean => (expr.level & Level.axis) !== 0;

/** Each output, written over utilities, stored for every situation (or every row of it). */
export function lowerEach(
  program: Program,
  outputs: readonly Expr[],
  longest: number,
): { lowered: Lowered; slots: OutputSlot[] } {
  const rows = rowsOf(program, rowExprs(program.classes[0]), outputs);
  const layout = layoutOf(program, rows, longest);
  const sinks = outputs.map(
    (node, m): Sink => ({ kind: "store", node, address: layout.slot(output(m, onAxis(node)))! }),
  );
  const each = kernel(layout, rows, (emitter) => emitter.emit(sinks));
  const slots = outputs.map((node, m) => {
    const axis = onAxis(node);
    return { axis, slot: (axis ? layout.axisSlots : layout.situationSlots).get(output(m, axis))! };
  });
  return { lowered: { layout, kernels: { each }, outWords: 1 }, slots };
}

/**
 * Σ over situations of weight × output, and ∂/∂β_k of the sum, by forward mode in a loop over k: the code is a
 * few times the size of the outputs, whatever the number of parameters.
 */
export function lowerSums(program: Program, outputs: readonly Expr[], longest: number): Lowered {
  const rows = rowsOf(program, rowExprs(program.classes[0]), outputs);
  const layout = layoutOf(program, rows, longest);
  const weight = given("weight", Place.situation);
  const weighted = outputs.map((node) => mul(weight, node));
  const values = weighted.map((node, m): Sink => ({ kind: "add", node, address: at("out", m) }));
  const { fixed, moving } = jacobianSinks(layout, rows);
  const graphs = push(weighted, new Map(rows.map(({ leaf, index }) => [leaf, tangent(index)])));
  const prologue = new Emitter(layout, new Map()).emit(fixed);
  const write = (emitter: Emitter): Statement[] => [
    ...emitter.emit([...values, ...moving, ...keptOf(graphs)]),
    directions(layout, emitter, graphs, outputs.length),
  ];
  const sums: Kernel = kernel(layout, rows, write, prologue);
  return { layout, kernels: { sums }, outWords: outputs.length * (1 + layout.parameters) };
}

function directions(layout: Layout, emitter: Emitter, graphs: readonly Expr[], count: number): Statement {
  const sinks = graphs.map(
    (node, m): Sink => ({ kind: "add", node, address: at("out", count + m * layout.parameters, ["k", 1]) }),
  );
  return loop("k", layout.parameters, emitter.emit(sinks));
}
