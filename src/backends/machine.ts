/** What generated code looks like from outside: one flat memory, and kernels that run over tiles of it. */
import type { Lowered } from "../program/index.ts";
import type { Tiles } from "./tiles.ts";

export interface Machine {
  /** Numbers of all regions; word w of a region begins at (base + w) × lanes. */
  readonly memory: Float64Array;
  /** First word of each region. */
  readonly base: {
    readonly parameters: number;
    readonly out: number;
    readonly scratch: number;
    readonly tile: number;
  };
  run(kernel: string, firstTile: number, tiles: number): void;
}

/** Writes a lowered program down for one machine. */
export type Generate = (lowered: Lowered, tiles: Tiles) => Promise<Machine>;
