/**
 * What the last few programs were lowered to, by what is in them: a fit begins with the same program over part of the
 * data or with few draws, and fits of one study follow each other. What a machine makes of a lowering it may keep by it.
 */
import type { Expr } from "../expr/index.ts";
import {
  lowerEach,
  lowerLikelihood,
  lowerNest,
  lowerScoreProducts,
  type Program,
  rootsOf,
} from "../program/core.ts";

type Lower<T> = (program: Program, longest: number, outputs?: readonly Expr[]) => T;

interface Known<T> {
  readonly made: T;
  /** Nodes are known by their numbers as long as they live. */
  readonly nodes: readonly Expr[];
}

const most = 16;

export const likelihoodOf = remembered(lowerLikelihood);
export const nestOf = remembered(lowerNest);
export const scoreProductsOf = remembered(lowerScoreProducts);
export const eachOf = remembered((program, longest, outputs) => lowerEach(program, outputs!, longest));

function remembered<T>(make: Lower<T>): Lower<T> {
  const known = new Map<string, Known<T>>();
  return (program, longest, outputs = []) => {
    const nodes = [...rootsOf(program), ...outputs];
    const key = contentOf(program, longest, outputs);
    const found = known.get(key) ?? { made: make(program, longest, outputs), nodes };
    known.delete(key);
    known.set(key, found);
    if (known.size > most) known.delete(known.keys().next().value!);
    return found.made;
  };
}

/** All that a lowering is made from, with nodes by their numbers: not the number of draws, nor what their numbers are. */
function contentOf({ draws, ...program }: Program, longest: number, outputs: readonly Expr[]): string {
  const drawn = draws && [draws.kind, draws.dimensions];
  return JSON.stringify([program, drawn, longest, outputs], (_, value) => (isNode(value) ? value.id : value));
}

const isNode = (value: unknown): value is Expr =>
  typeof value === "object" && value !== null && "op" in value && "id" in value;
