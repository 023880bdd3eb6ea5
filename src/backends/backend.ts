/**
 * A backend evaluates a Program: it turns the nest into something a machine runs, and knows nothing of
 * choice models. It is not where derivatives are made (program/lower.ts) nor where points are chosen
 * (optimise/). The interpreter is the judge: every other backend must give its numbers to 1e-10.
 */
import type { Expr } from "../expr/index.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import type { Program, Source } from "../program/core.ts";

export interface Backend {
  readonly name: string;
  /** Null, or why this backend cannot run the program here. */
  refuses(program: Program): string | null;
  prepare(program: Program, source: Source): Promise<Prepared>;
}

/** A program bound to its data. Points hold every parameter; derivatives are over the free ones. */
export interface Prepared {
  readonly backend: string;
  evaluate(point: Float64Array, want: Want): Promise<Evaluation>;
  /**
   * Values of expressions written over the program's utilities, for every situation (length N) or, where
   * they vary along the axis, for every row. Situations come in order, a block at a time.
   */
  each(outputs: readonly Expr[], point: Float64Array, visit: (block: OutputBlock) => void): Promise<void>;
  /** Σ over situations of weight × output, and its exact derivatives: `jacobian[m × K + k]`. */
  sums(outputs: readonly Expr[], point: Float64Array): Promise<Sums>;
  /**
   * Log-likelihoods and scores of the terms that the likelihood is a sum of, in order, a block at a time: of every
   * situation or, in a mixture, of every person in order of first appearance.
   */
  scores(point: Float64Array, visit: (block: ScoreBlock) => void): Promise<void>;
  /** Starts threads where they are sure to be needed, so that they are ready for the first evaluation. */
  wake?(): Promise<void>;
  /**
   * Σ s sᵀ of the scores s of all terms, over the free parameters: where they are many and nothing else is asked of
   * them, they are not told one by one. Not every backend, nor every program, has it.
   */
  scoreProducts?(point: Float64Array): Promise<Float64Array>;
  /** Lets go of threads until the next evaluation. */
  rest?(): void;
  dispose(): void;
}

export interface ScoreBlock {
  /** Number of the first term of the block. */
  readonly from: number;
  readonly terms: number;
  /** Weight × log-likelihood of each. */
  readonly values: Float64Array;
  /** For every free parameter ∂/∂β_k of it, one number for each term. */
  readonly scores: readonly Float64Array[];
}

export interface OutputBlock {
  readonly from: number;
  readonly situations: number;
  /** One array per output: a value per situation of the block, or per row of its situations. */
  readonly values: readonly Float64Array[];
}

export interface Sums {
  readonly values: Float64Array;
  readonly jacobian: Float64Array;
}
