/** Who does the blocks of a job: this thread alone, or others with it (threads.ts). */
import type { Division } from "./division.ts";
import type { Job, Piece } from "./job.ts";

export interface Crew {
  /** Visits the pieces of all blocks in their order. */
  run(division: Division, job: Job, point: Float64Array, visit: (piece: Piece) => void): Promise<void>;
  /** Gets ready before there is a job, where there will be much to do. */
  wake?(): Promise<void>;
  /** Lets go of threads until the next job. */
  rest?(): void;
}

export const alone: Crew = {
  async run(division, _, point, visit) {
    for (let block = 0; block < division.blocks; block++) division.block(point, block).forEach(visit);
  },
};
