/** What can be asked of a program and its data block by block, and what a block answers. */
import type { Expr } from "../expr/index.ts";
import type { Want } from "../optimise/objective.ts";

export interface Job {
  /** Sums over situations or persons, or what is told of each of them. */
  readonly kind: Want | "scoreProducts" | "sums" | "each" | "scores";
  /** What is summed, or told of each. */
  readonly outputs?: readonly Expr[];
}

/** Numbers of some terms in a row: of situations or persons told one by one, or the sums of a block. */
export interface Piece {
  /** Number of the first of them. */
  readonly from: number;
  readonly count: number;
  readonly columns: readonly Float64Array[];
}

export const isOfLikelihood = ({ kind }: Job): boolean =>
  kind === "value" || kind === "gradient" || kind === "hessian";
