/**
 * Who does which block. Every member of a team has a range of blocks of its own, whose data and draws it may keep,
 * and takes what is left of the others' when it is done: in shared memory, where all count on.
 */
export interface Claims {
  /** The next block of each range. */
  readonly next: Int32Array;
  /** The end of each range. */
  readonly ends: readonly number[];
  /** Ranges to take blocks from, one after the other. */
  readonly order: readonly number[];
}

/** Blocks in as many ranges, about equally long: where they begin, and the end. */
export const ranges = (blocks: number, members: number): number[] =>
  Array.from({ length: members + 1 }, (_, i) => Math.round((i * blocks) / members));

/** A block that nobody else does, or −1 if none is left. */
export function claim({ next, ends, order }: Claims): number {
  for (const range of order) {
    const block = Atomics.add(next, range, 1);
    if (block < ends[range]) return block;
  }
  return -1;
}
