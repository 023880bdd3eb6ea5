/** What blocks answer, passed on in the order of the blocks, whatever the order in which it comes. */
import type { Piece } from "./job.ts";

export class InTurn {
  private readonly waiting = new Map<number, readonly Piece[]>();
  private readonly visit: (piece: Piece) => void;
  private next = 0;

  constructor(visit: (piece: Piece) => void) {
    this.visit = visit;
  }

  put(block: number, pieces: readonly Piece[]): void {
    this.waiting.set(block, pieces);
    for (let own = this.waiting.get(this.next); own; own = this.waiting.get(this.next)) {
      this.waiting.delete(this.next++);
      own.forEach(this.visit);
    }
  }

  /** Throws an Error where blocks are missing. */
  end(blocks: number): void {
    if (this.next !== blocks) throw new Error("blocks are missing from an evaluation");
  }
}
