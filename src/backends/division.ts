/** A job in parts: blocks of situations that are done anywhere, and whose answers are put together in their order. */
import type { Program } from "../program/core.ts";
import type { Chunk } from "./chunks.ts";
import type { Job, Piece } from "./job.ts";
import type { Runner } from "./runner.ts";

export interface Division {
  readonly blocks: number;
  /** First situation of every block, and the end. */
  readonly cuts: readonly number[];
  /** Whether blocks are runs of situations as the data have them. */
  readonly isInOrder: boolean;
  /** Parameters, and numbers in a row of a matrix over them. */
  readonly size: { readonly parameters: number; readonly width: number };
  block(point: Float64Array, block: number): Piece[];
  /** All pieces as one in the order of the data, where that is another. */
  readonly rearranged?: (pieces: readonly Piece[]) => Piece;
}

/** A program bound to its data, by the division of each job. */
export interface Divisible {
  readonly backend: string;
  readonly program: Program;
  division(job: Job): Promise<Division>;
  dispose(): void;
}

/** The first `words` that a kernel sums up. */
export const summing = (runner: Runner, kernel: string, words: number, isInOrder = true): Division => ({
  ...shapeOf(runner, isInOrder),
  block: (point, block) => [
    { from: block, count: 1, columns: [runner.parts(kernel, words, point, block, block + 1)] },
  ],
});

/** What a kernel leaves behind of each chunk. */
export const telling = (
  runner: Runner,
  kernel: string,
  tell: (chunk: Chunk, i: number) => Piece,
  isInOrder = true,
): Division => ({
  ...shapeOf(runner, isInOrder),
  block(point, block) {
    const pieces: Piece[] = [];
    const visit = (chunk: Chunk, i: number): void => void pieces.push(tell(chunk, i));
    runner.pass(kernel, 0, point, visit, runner.chunkOf(block), runner.chunkOf(block + 1));
    return pieces;
  },
});

const shapeOf = (runner: Runner, isInOrder: boolean): Omit<Division, "block"> => ({
  blocks: runner.blocks,
  cuts: runner.cuts(),
  isInOrder,
  size: runner.size,
});
