/**
 * Graph → statements. Nodes come out in topological order; a node used once is written where it is used.
 * Along the axis, each reduction ends one loop over the alternatives and later nodes go into the next:
 * the phases. What a later phase needs of an earlier one is kept in an array.
 */
import { type Expr, isOp, Level } from "../expr/index.ts";
import {
  type Address,
  apply,
  at,
  constant,
  increase,
  load,
  local,
  loop,
  type Statement,
  set,
  type Value,
} from "./kernel.ts";
import type { Layout } from "./layout.ts";

export type Sink =
  | { readonly kind: "add"; readonly node: Expr; readonly address: Address }
  | { readonly kind: "store"; readonly node: Expr; readonly address: Address }
  /** Added to a local. */
  | { readonly kind: "gather"; readonly node: Expr; readonly local: number }
  /** Computed and kept for what is emitted afterwards. */
  | { readonly kind: "keep"; readonly node: Expr };

const reductions: Readonly<Record<string, { readonly fold: string; readonly start: number }>> = {
  sum: { fold: "add", start: 0 },
  peak: { fold: "larger", start: Number.NEGATIVE_INFINITY },
};

const onAxis = (node: Expr): boolean => (node.level & Level.axis) !== 0;

export class Emitter {
  private readonly layout: Layout;
  /** What a utility leaf stands for. */
  private readonly alias: ReadonlyMap<Expr, Expr>;
  /** Where nodes already computed are to be found. */
  private readonly known: Map<Expr, Value>;
  private readonly counter: { locals: number };

  constructor(
    layout: Layout,
    alias: ReadonlyMap<Expr, Expr>,
    known: ReadonlyMap<Expr, Value> = new Map(),
    counter = { locals: 0 },
  ) {
    this.layout = layout;
    this.alias = alias;
    this.known = new Map(known);
    this.counter = counter;
  }

  get locals(): number {
    return this.counter.locals;
  }

  /** The first of so many fresh locals. */
  take(locals = 1): number {
    this.counter.locals += locals;
    return this.counter.locals - locals;
  }

  /** The value of a node that has been computed or needs no computing. */
  valueOf(node: Expr): Value {
    const found = this.leaf(this.target(node));
    if (!found) throw new Error(`a backend asked for ${node.op} before it was computed`);
    return found;
  }

  /** One that knows what this one knows now, and more; what it computes itself stays its own. */
  fork(more: ReadonlyMap<Expr, Value> = new Map()): Emitter {
    return new Emitter(this.layout, this.alias, new Map([...this.known, ...more]), this.counter);
  }

  /** What is known beyond what another one knows. */
  beyond({ known }: Emitter): Map<Expr, Value> {
    return new Map([...this.known].filter(([node]) => !known.has(node)));
  }

  emit(sinks: readonly Sink[]): Statement[] {
    return new Pass(this, this.layout, this.known, sinks).statements();
  }

  /** The node that is computed in place of this one. */
  target(node: Expr): Expr {
    let found = node;
    for (let next = this.alias.get(found); next; next = this.alias.get(found)) found = next;
    return found;
  }

  /** The value of a node that needs no computing here. */
  leaf(node: Expr): Value | undefined {
    if (node.op === "number") return constant(node.value);
    const kept = this.known.get(node);
    if (kept) return kept;
    const slot = this.layout.slot(node);
    if (slot) return load(slot);
    if (node.op === "tangent") return load(this.layout.jacobian(node.value, "A", 0, [["k", 1]]));
    if (node.op === "draw") return load(this.draw(node));
    return undefined;
  }

  private draw({ value }: Expr): Address {
    const { rows, within } = this.layout.draws;
    const between = rows.length - within;
    return rows[value] < between
      ? at("draws", rows[value], ["r", 1])
      : at("draws", rows[value], ["t", within], ["r", 1]);
  }
}

/** One call of emit: its own order, phases and use counts. */
class Pass {
  private readonly emitter: Emitter;
  private readonly layout: Layout;
  private readonly known: Map<Expr, Value>;
  private readonly sinks: readonly Sink[];
  private readonly order: readonly Expr[];
  private readonly phase = new Map<Expr, number>();
  private readonly uses = new Map<Expr, number>();
  /** Values set inside the loop of the current phase only. */
  private inner = new Map<Expr, Value>();
  private readonly arrays = new Map<Expr, Address>();
  private readonly outside = new Set<Expr>();

  constructor(emitter: Emitter, layout: Layout, known: Map<Expr, Value>, sinks: readonly Sink[]) {
    this.emitter = emitter;
    this.layout = layout;
    this.known = known;
    this.sinks = sinks.map((sink) => ({ ...sink, node: emitter.target(sink.node) }));
    this.order = this.sorted();
    for (const node of this.order) this.phase.set(node, this.phaseOf(node));
    this.countUses();
  }

  private args(node: Expr): Expr[] {
    return node.args.map((arg) => this.emitter.target(arg));
  }

  /** Nodes to compute, arguments first. Aliases break the order of ids, so this walks. */
  private sorted(): Expr[] {
    const done = new Set<Expr>();
    const order: Expr[] = [];
    const stack = this.sinks.map(({ node }) => ({ node, ready: false })).reverse();
    while (stack.length > 0) {
      const { node, ready } = stack.pop()!;
      if (ready) order.push(node);
      if (ready || done.has(node) || this.emitter.leaf(node)) continue;
      if (!isOp(node)) throw new Error(`a backend met the leaf ${node.op} ${node.name}, which has no value`);
      done.add(node);
      stack.push({ node, ready: true }, ...this.args(node).map((arg) => ({ node: arg, ready: false })));
    }
    return order;
  }

  private phaseOf(node: Expr): number {
    const latest = Math.max(0, ...this.args(node).map((arg) => this.phase.get(arg) ?? 0));
    return node.op in reductions ? latest + 1 : latest;
  }

  private countUses(): void {
    const use = (node: Expr, times = 1): unknown => this.uses.set(node, (this.uses.get(node) ?? 0) + times);
    for (const node of this.order) {
      for (const arg of this.args(node)) {
        use(arg);
        if (onAxis(node) && !onAxis(arg)) this.outside.add(arg);
        if (onAxis(node) && onAxis(arg) && this.phase.get(node)! > (this.phase.get(arg) ?? 0))
          this.keepArray(arg);
      }
    }
    for (const sink of this.sinks) {
      use(sink.node, sink.kind === "keep" ? 2 : 1);
      if (sink.kind === "keep" && onAxis(sink.node)) this.keepArray(sink.node);
      if (sink.kind === "store" && !onAxis(sink.node)) this.outside.add(sink.node);
    }
  }

  private keepArray(node: Expr): void {
    if (this.emitter.leaf(node) || this.arrays.has(node)) return;
    this.arrays.set(node, this.layout.plane());
  }

  statements(): Statement[] {
    const last = Math.max(0, ...this.phase.values());
    const out: Statement[] = [];
    for (let phase = 0; phase <= last; phase++) {
      for (const node of this.order) if (this.phase.get(node) === phase) out.push(...this.single(node));
      out.push(...this.loop(phase));
    }
    for (const sink of this.sinks) {
      if (sink.kind === "add") out.push(increase(sink.address, this.value(sink.node)));
      if (sink.kind === "gather")
        out.push(set(sink.local, apply("add", local(sink.local), this.value(sink.node))));
      if (sink.kind === "store" && !alongAxis(sink.address)) {
        out.push({ kind: "store", address: sink.address, value: this.value(sink.node) });
      }
    }
    for (const [node, address] of this.arrays) this.known.set(node, load(address));
    return out;
  }

  /** A value of the situation: set once, if anything needs it more than once or inside a loop. */
  private single(node: Expr): Statement[] {
    if (onAxis(node) || node.op in reductions) return [];
    if (this.uses.get(node)! < 2 && !this.outside.has(node)) return [];
    return this.set(node, this.known);
  }

  private set(node: Expr, scope: Map<Expr, Value>): Statement[] {
    const statement: Statement = { kind: "set", local: this.emitter.take(), value: this.compute(node) };
    scope.set(node, local(statement.local));
    return [statement];
  }

  /** The loop of one phase: its axis nodes, arrays, stores, and the reductions that end it. */
  private loop(phase: number): Statement[] {
    const folds = this.order.filter((node) => node.op in reductions && this.phase.get(node) === phase + 1);
    const stores = this.sinks.filter(
      (sink) => sink.kind === "store" && alongAxis(sink.address) && this.phaseAt(sink.node) === phase,
    );
    const nodes = this.order.filter((node) => onAxis(node) && this.phase.get(node) === phase);
    const before: Statement[] = folds.map((node) => {
      const number = this.emitter.take();
      this.known.set(node, local(number));
      return { kind: "set", local: number, value: constant(reductions[node.op].start) };
    });
    const body = this.loopBody(nodes, folds, stores);
    this.inner = new Map();
    return body.length === 0 ? [] : [...before, loop("j", "alternatives", body)];
  }

  private phaseAt(node: Expr): number {
    return this.phase.get(node) ?? 0;
  }

  private loopBody(nodes: readonly Expr[], folds: readonly Expr[], stores: readonly Sink[]): Statement[] {
    const body: Statement[] = [];
    for (const node of nodes) {
      const address = this.arrays.get(node);
      if (address || this.uses.get(node)! > 1) body.push(...this.set(node, this.inner));
      if (address) body.push({ kind: "store", address, value: this.value(node) });
    }
    for (const node of folds) {
      const accumulator = this.known.get(node) as Extract<Value, { kind: "local" }>;
      const value = apply(reductions[node.op].fold, accumulator, this.value(this.args(node)[0]));
      body.push({ kind: "set", local: accumulator.local, value });
    }
    for (const sink of stores) {
      if (sink.kind === "store")
        body.push({ kind: "store", address: sink.address, value: this.value(sink.node) });
    }
    return body;
  }

  private value(node: Expr): Value {
    const found = this.inner.get(node) ?? this.emitter.leaf(node);
    if (found) return found;
    const array = this.arrays.get(node);
    return array ? load(array) : this.compute(node);
  }

  private compute(node: Expr): Value {
    return apply(node.op, ...this.args(node).map((arg) => this.value(arg)));
  }
}

const alongAxis = (address: Address): boolean => address.along.some(([index]) => index === "j");
