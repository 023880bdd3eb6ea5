/** An evaluation in parts: blocks of situations whose sums are made anywhere and added in their order. */
import type { Evaluation, Want } from "../optimise/objective.ts";
import type { Prepared } from "./backend.ts";
import type { Runner } from "./runner.ts";

export interface Division {
  readonly blocks: number;
  /** First situation of every block, and the end. */
  readonly cuts: readonly number[];
  /** Whether blocks are runs of situations as the data have them. */
  readonly isInOrder: boolean;
  /** Sums of the blocks from `from` up to `to`, one after the other. */
  parts(point: Float64Array, want: Want, from: number, to: number): Float64Array;
  /** The evaluation that the sums of all blocks make. */
  whole(parts: Float64Array, want: Want): Evaluation;
}

export interface Divisible extends Prepared {
  division(): Promise<Division>;
}

export const isDivisible = (prepared: Prepared): prepared is Divisible => "division" in prepared;

export const divisionOf = (runner: Runner, isInOrder = true): Division => ({
  blocks: runner.blocks,
  cuts: runner.cuts(),
  isInOrder,
  parts: (point, want, from, to) => runner.parts(want, runner.wordsOf(want), point, from, to),
  whole: (parts, want) => runner.evaluation(parts, want),
});
