/**
 * The parts of utilities that no draw moves: β'x of the coefficients that are the same for all. They are computed once
 * for each situation of a person, and read with the data for every draw.
 */
import { add, addAll, type Expr, Level, neg, output, Place } from "../expr/index.ts";
import { type Addend, addendsOf } from "./addends.ts";
import { hasDraws } from "./columns.ts";
import type { Sink } from "./emit.ts";
import type { Layout } from "./layout.ts";
import type { Row } from "./rows.ts";

export interface StillPart {
  /** The utility leaf. */
  readonly leaf: Expr;
  readonly part: Expr;
  /** Where it is kept: a leaf with a place among the data. */
  readonly kept: Expr;
  /** What the utility leaf stands for once it is kept. */
  readonly whole: Expr;
}

/** @param first number of the first place that is free. */
export function stillParts(rows: readonly Row[], first: number): StillPart[] {
  return rows.flatMap(({ leaf, index, expr }, r) => {
    if (leaf.op !== "utility") return [];
    const addends = addendsOf(expr);
    const still = addends.filter(({ node }) => !hasDraws(node));
    if (!still.some(({ node }) => isProduct(node))) return [];
    const kept = output(first + r, index === Place.axis);
    const moving = addends.filter((each) => !still.includes(each));
    return [{ leaf, part: signed(still), kept, whole: add(signed(moving), kept) }];
  });
}

/** Whether a parameter meets data in it. */
const isProduct = ({ level }: Expr): boolean =>
  (level & Level.parameters) !== 0 && (level & (Level.situation | Level.axis)) !== 0;

const signed = (addends: readonly Addend[]): Expr =>
  addAll(addends.map(({ sign, node }) => (sign < 0 ? neg(node) : node)));

export const keepParts = (parts: readonly StillPart[], layout: Layout): Sink[] =>
  parts.map(({ part, kept }) => ({ kind: "store", node: part, address: layout.slot(kept)! }));
