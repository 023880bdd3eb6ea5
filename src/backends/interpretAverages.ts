/** Outputs of a mixture where they are walked through: averages over classes and draws first, then what is written over them. */
import { type Expr, held, num, push } from "../expr/index.ts";
import { type Averaged, averagesIn, type Program } from "../program/core.ts";
import type { Graph, Situation, Value } from "./interpretGraph.ts";

/** A class and draw of a person: its probabilities, and the slopes of their logarithms. */
export interface Part {
  readonly at: number;
  readonly draw: number;
  readonly expectation: { readonly p: number; readonly slopes: Float64Array };
  readonly posterior: { readonly p: number; readonly slopes: Float64Array };
}

export interface AverageGraphs {
  readonly averaged: Averaged;
  /** For each class, of every average its value and its slopes. */
  readonly classes: readonly Graph[];
  /** Every output, then the slopes of each. */
  readonly outer: Graph;
}

/** @param graph binds roots to the data. @param write puts the utilities of a class in. */
export function averageGraphs(
  program: Program,
  leaves: readonly Expr[],
  outputs: readonly Expr[],
  graph: (roots: readonly Expr[], at: number) => Graph,
  write: (expr: Expr, at: number) => Expr,
): AverageGraphs {
  const averaged = averagesIn(program, outputs);
  const classes = program.classes.map((_, c) => {
    const roots = averaged.averages.map(({ args }) => write(args[c], c));
    const slopes = leaves.map((leaf) => push(roots, new Map([[leaf, num(1)]])));
    return graph(
      roots.flatMap((root, n) => [root, ...slopes.map((each) => each[n])]),
      c,
    );
  });
  const slopes = leaves.map((leaf, k) => {
    const moves = averaged.averages.map(
      ({ leaf: own }, n) => [own, held(slopeLeaf(n, k, leaves.length), own.level)] as const,
    );
    return push(averaged.outputs, new Map([...moves, [leaf, num(1)]]));
  });
  const outer = averaged.outputs.flatMap((output, m) => [output, ...slopes.map((each) => each[m])]);
  return { averaged, classes, outer: graph(outer, 0) };
}

const firstSlope = 6e6;
const slopeLeaf = (n: number, k: number, size: number): number => firstSlope + n * size + k;

/** Every output in one situation, then its slopes, side by side. */
export function evaluateOutputs(
  { averaged, classes, outer }: AverageGraphs,
  parts: readonly Part[],
  size: number,
  at: (draw: number) => Situation,
): Value[] {
  const sums = new Map<number, Value>();
  for (const part of parts) {
    const values = classes[part.at].values(at(part.draw));
    averaged.averages.forEach(({ leaf, isPosterior }, n) => {
      const { p, slopes } = isPosterior ? part.posterior : part.expectation;
      const value = values[n * (1 + size)];
      sums.set(leaf.value, plus(sums.get(leaf.value) ?? 0, value, p));
      for (let k = 0; k < size; k++) {
        const place = slopeLeaf(n, k, size);
        const own = plus(sums.get(place) ?? 0, values[n * (1 + size) + 1 + k], p);
        sums.set(place, plus(own, value, p * slopes[k]));
      }
    });
  }
  return outer.values({ ...at(0), held: (index) => sums.get(index)! });
}

/** a + factor b, along the axis where either is. */
function plus(a: Value, b: Value, factor: number): Value {
  if (typeof a === "number" && typeof b === "number") return a + factor * b;
  const length = typeof a === "number" ? (b as Float64Array).length : a.length;
  const of = (value: Value, j: number): number => (typeof value === "number" ? value : value[j]);
  return Float64Array.from({ length }, (_, j) => of(a, j) + factor * of(b, j));
}
