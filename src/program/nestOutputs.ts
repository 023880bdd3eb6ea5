/**
 * Kernels for what comes after the fit of a mixture: outputs written over averages of classes and draws. Situation
 * by situation, Σ_c Σ_r p a is summed with its derivatives
 *
 *   ∂ Σ p a = Σ p (∂a + a ∂ ln p),   ∂ ln p = ∂w in an expectation, g − Σ p g in a posterior (g as in nest.ts),
 *
 * and then the outputs are plain expressions in the averages.
 */
import {
  type Expr,
  given,
  held,
  Level,
  mul,
  num,
  output,
  Place,
  parameter,
  push,
  tangent,
  topological,
} from "../expr/index.ts";
import { drawCount } from "../math/draws/draws.ts";
import { type AverageMemory, averageLoop, clearAverages } from "./averageLoop.ts";
import { type Average, averagesIn } from "./averages.ts";
import { type ClassPlan, planOf } from "./classPlan.ts";
import { Emitter, type Sink } from "./emit.ts";
import { keptOf } from "./hessian.ts";
import { across, at, type Kernel, load, loop, type Statement, type Value } from "./kernel.ts";
import { drawRows, Layout } from "./layout.ts";
import type { Lowered } from "./lower.ts";
import type { OutputSlot } from "./outputs.ts";
import { personWeight } from "./personWeight.ts";
import { type Posterior, posteriorPass } from "./posteriorPass.ts";
import { freeNames, type Program } from "./program.ts";

interface Parts {
  readonly program: Program;
  readonly layout: Layout;
  readonly averages: readonly Average[];
  readonly outputs: readonly Expr[];
  readonly memory: readonly AverageMemory[];
  readonly plans: readonly ClassPlan[];
  /** Free parameters that the outputs hold outside of averages, by index. */
  readonly direct: readonly number[];
  readonly withSlopes: boolean;
}

/** Each output of a mixture, stored for every situation (or every row of it). */
export function lowerNestEach(
  program: Program,
  outputs: readonly Expr[],
  longest: number,
): { lowered: Lowered; slots: OutputSlot[] } {
  const parts = partsOf(program, outputs, longest, false);
  const { layout } = parts;
  const isAxis = parts.outputs.map(onAxis);
  const each = kernelOf(parts, (emitter) =>
    emitter.emit(
      parts.outputs.map(
        (node, m): Sink => ({ kind: "store", node, address: layout.slot(output(m, isAxis[m]))! }),
      ),
    ),
  );
  const slots = isAxis.map((axis, m) => ({
    axis,
    slot: (axis ? layout.axisSlots : layout.situationSlots).get(output(m, axis))!,
  }));
  return { lowered: { layout, kernels: { each }, outWords: 1 }, slots };
}

/** Σ over situations of weight × output of a mixture, and its derivatives. */
export function lowerNestSums(program: Program, outputs: readonly Expr[], longest: number): Lowered {
  const parts = partsOf(program, outputs, longest, true);
  if (parts.outputs.some(onAxis))
    throw new RangeError("along the axis there is no sum over situations: sum it first");
  const { layout } = parts;
  const sums = kernelOf(parts, (emitter) => summed(parts, emitter), unitRows(parts));
  return { layout, kernels: { sums }, outWords: outputs.length * (1 + layout.parameters) };
}

const onAxis = (expr: Expr): boolean => (expr.level & Level.axis) !== 0;

function partsOf(program: Program, written: readonly Expr[], longest: number, withSlopes: boolean): Parts {
  const { averages, outputs } = averagesIn(program, written);
  const below = new Set(topological(outputs));
  const names = freeNames(program).map(parameter);
  const direct = names.flatMap((leaf, k) => (below.has(leaf) ? [k] : []));
  const size = program.free.length;
  const layout = new Layout(size, direct.length, program.alternatives === null ? longest : 0, {
    keepsCheap: true,
  });
  layout.draws = drawRows(program.draws);
  const plans: ClassPlan[] = [];
  let first = 0;
  for (const c of program.classes.keys()) {
    plans.push(
      planOf(
        program,
        c,
        averages.map(({ args }) => args[c]),
        first,
        layout,
      ),
    );
    first += plans[c].leaves.length;
  }
  const memory = averages.map(({ isAxis }) => {
    const places = isAxis ? Math.max(1, longest) : 1;
    const value = layout.take(places);
    return { isAxis, value, slopes: withSlopes ? layout.take(places * size) : null, size };
  });
  return { program, layout, averages, outputs, memory, plans, direct, withSlopes };
}

/** @param finish writes what is done with the averages of a situation. */
function kernelOf(
  parts: Parts,
  finish: (emitter: Emitter) => Statement[],
  prologue: Statement[] = [],
): Kernel {
  const { program, layout, averages, memory, plans, withSlopes } = parts;
  const counter = { locals: 0 };
  const draws = program.draws ? drawCount(program.draws) : 1;
  const pass: Posterior | null = averages.some(({ isPosterior }) => isPosterior)
    ? posteriorPass(plans, layout, draws, withSlopes, counter)
    : null;
  const weights = plans.map((plan) => personWeight(plan, counter));
  const known = new Map<Expr, Value>();
  averages.forEach(({ leaf, moved }, n) => {
    const along = memory[n].isAxis ? ([["j", 1]] as const) : [];
    known.set(leaf, across("add", load(at("scratch", memory[n].value, ...along))));
    const step = memory[n].isAxis ? ([["j", memory[n].size]] as const) : [];
    if (memory[n].slopes !== null)
      known.set(moved, across("add", load(at("scratch", memory[n].slopes!, ...step, ["k", 1]))));
  });
  known.set(share, { kind: "share" });
  const outer = new Emitter(layout, new Map(), known, counter);
  const situation: Statement[] = [
    ...clearAverages(memory),
    ...plans.map((plan, c) => averageLoop(plan, c, averages, memory, weights[c], pass, counter)),
    ...finish(outer),
  ];
  const body: Statement[] = [
    ...(pass?.statements ?? []),
    ...weights.flatMap(({ before }) => before),
    loop("t", "situations", situation),
  ];
  return { prologue, body, locals: counter.locals, persons: true };
}

const share = held(4e6, Level.situation);

function summed({ program, layout, averages, outputs, direct }: Parts, emitter: Emitter): Statement[] {
  const weight = mul(given("weight", Place.situation), share);
  const weighted = outputs.map((node) => mul(weight, node));
  const values = weighted.map((node, m): Sink => ({ kind: "add", node, address: at("out", m) }));
  const moves = new Map<Expr, Expr>(averages.map(({ leaf, moved }) => [leaf, moved]));
  const names = freeNames(program);
  for (const [i, k] of direct.entries()) moves.set(parameter(names[k]), tangent(i));
  const graphs = push(weighted, moves);
  const before = emitter.emit([...values, ...keptOf(graphs)]);
  const sinks = graphs.map(
    (node, m): Sink => ({
      kind: "add",
      node,
      address: at("out", outputs.length + m * layout.parameters, ["k", 1]),
    }),
  );
  return [...before, loop("k", layout.parameters, emitter.emit(sinks))];
}

/** A parameter that an output holds itself moves by 1 in its own direction. */
const unitRows = ({ layout, direct }: Parts): Statement[] =>
  new Emitter(layout, new Map()).emit(
    direct.map((k, i): Sink => ({ kind: "store", node: num(1), address: layout.jacobian(i, "A", k) })),
  );
