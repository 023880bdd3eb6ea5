/** The data as generated loops read them: in chunks, each put in place when its turn comes. */

export interface Limits {
  /** Doubles of one chunk, which should stay in a cache while a kernel runs over it. */
  readonly chunkDoubles: number;
  /** Doubles of all chunks that stay resident: fresh memory costs as much as some ten refills of memory in use. */
  readonly residentDoubles: number;
  readonly fewestTiles: number;
}
export const usualLimits: Limits = {
  chunkDoubles: 64 * 1024,
  residentDoubles: 1024 * 1024,
  fewestTiles: 8,
};

export interface Chunk {
  readonly firstTile: number;
  readonly tiles: number;
  readonly firstSituation: number;
  readonly situations: number;
  /** Word where it lies, counted from the start of the data. */
  readonly word: number;
  readonly resident: boolean;
}

/** What a backend needs of them, however they lie: side by side in tiles (tiles.ts) or by column (strips.ts). */
export interface Chunks {
  readonly chunks: readonly Chunk[];
  /** Words that all chunks take together. */
  readonly words: number;
  /** For every tile its first word and the length of its choice sets, where tiles differ. */
  readonly table: Int32Array;
  /** Where the slots lie, if by column. */
  readonly strips?: Slots;
  /** Puts a chunk's data in place, unless they are there already. `memory` starts at the first chunk. */
  fill(chunk: Chunk, memory: Float64Array): void;
  /** The values of an output that a kernel stored into its slot: per situation, or per row. */
  read(chunk: Chunk, memory: Float64Array, slot: number, axis: boolean): Float64Array;
}

export interface Slots {
  /** Of situations. */
  readonly situation: readonly Strip[];
  /** Along the axis. */
  readonly axis: readonly Strip[];
  /** Rows of every situation. */
  readonly alternatives: number;
}

/** Where a slot lies in a chunk: one number after the other, for situations or for rows. */
export interface Strip {
  /** Doubles from the start of the chunk to the value of its first situation. */
  readonly offset: number;
  /** Doubles from one situation to the next: 1, or the number of alternatives. */
  readonly step: number;
}
