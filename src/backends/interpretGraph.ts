/** A graph with its derivatives, evaluated for one situation: numbers, and arrays along the axis. */
import { type Expr, isOp, Level, opOf, Place, topological } from "../expr/index.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import type { Source } from "../program/core.ts";
import { readers, type Users } from "./readers.ts";
import type { View } from "./view.ts";

export interface Situation {
  readonly situation: number;
  readonly parameter: (name: string) => number;
  readonly draw: (dimension: number) => number;
  /** The number (or one for each alternative) that a `held` leaf stands for. */
  readonly held?: (index: number) => Value;
}

export type Value = number | Float64Array;

export interface Graph {
  evaluate(at: Situation, want: Want): Evaluation;
  values(at: Situation): Value[];
}

interface Roots {
  readonly values: readonly Expr[];
  /** ∂value/∂β_k. */
  readonly slopes: readonly Expr[];
  /** The movement of each slope when the parameters move by the tangent leaves. */
  readonly moves: readonly Expr[];
}

/** Binds graphs to data. Evaluation wants a single root; `values` takes any number. */
export function graphOf(roots: Roots, source: Source, users: Users): Graph {
  const read = leafReader(source, users);
  const run = (
    order: readonly Expr[],
    wanted: readonly Expr[],
    at: Situation,
    direction: number,
  ): Value[] => {
    const values = new Map<Expr, Value>();
    for (const node of order) values.set(node, isOp(node) ? apply(node, values) : read(node, at, direction));
    return wanted.map((root) => values.get(root)!);
  };
  const orders = {
    values: topological(roots.values),
    slopes: topological(roots.slopes),
    moves: topological(roots.moves),
  };
  return {
    values: (at) => run(orders.values, roots.values, at, -1),
    evaluate: (at, want) => {
      const value = run(orders.values, roots.values, at, -1)[0] as number;
      if (want === "value") return { value };
      const gradient = Float64Array.from(run(orders.slopes, roots.slopes, at, -1) as number[]);
      if (want === "gradient") return { value, gradient };
      const columns = roots.slopes.map((_, k) => run(orders.moves, roots.moves, at, k) as number[]);
      return { value, gradient, hessian: Float64Array.from(columns.flat()) };
    },
  };
}

/** The value of a leaf in a situation; tangent k is 1 in direction k. */
function leafReader(source: Source, users: Users): (leaf: Expr, at: Situation, direction: number) => Value {
  const known = new Map<Expr, (situation: number) => Value>();
  return (leaf, at, direction) => {
    if (leaf.op === "number") return leaf.value;
    if (leaf.op === "parameter") return at.parameter(leaf.name);
    if (leaf.op === "tangent") return leaf.value === direction ? 1 : 0;
    if (leaf.op === "draw") return at.draw(leaf.value);
    if (leaf.op === "held") return at.held!(leaf.value);
    const column = known.get(leaf) ?? columnReader(leaf, source, users);
    known.set(leaf, column);
    return column(at.situation);
  };
}

function columnReader(leaf: Expr, source: Source, users: Users): (situation: number) => Value {
  const [reader] = readers([leaf], source, users);
  const axis = leaf.value === Place.axis;
  return (situation) => {
    const length = axis ? source.start[situation + 1] - source.start[situation] : 1;
    const numbers = spell(reader.view(situation, 1), length);
    const clean = numbers.every(Number.isFinite) ? numbers : spell(reader.mended(situation, 1), length);
    return axis ? clean : clean[0];
  };
}

const spell = ({ values, offset, step }: View, length: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => values[offset + i * step]);

function apply(node: Expr, values: ReadonlyMap<Expr, Value>): Value {
  const args = node.args.map((arg) => values.get(arg)!);
  if (node.op === "sum") return [...(args[0] as Float64Array)].reduce((total, each) => total + each, 0);
  if (node.op === "peak") return Math.max(...(args[0] as Float64Array));
  const { value } = opOf(node.op);
  if ((node.level & Level.axis) === 0) return value(...(args as number[]));
  const length = args.find((arg) => typeof arg !== "number")?.length ?? 0;
  return Float64Array.from({ length }, (_, j) =>
    value(...args.map((arg) => (typeof arg === "number" ? arg : arg[j]))),
  );
}
