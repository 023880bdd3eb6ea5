/** What generated code looks like from outside: one flat memory, and kernels that run over tiles of it. */
import type { Lowered } from "../program/core.ts";
import type { Chunks } from "./chunks.ts";
import type { Panel } from "./panel.ts";

/** First word of each region, counted in words of all lanes. */
export interface Bases {
  readonly parameters: number;
  readonly out: number;
  readonly scratch: number;
  readonly chances: number;
  readonly record: number;
  readonly draws: number;
  readonly tile: number;
}

export interface Machine {
  /** Numbers of all regions; word w of a region begins at (base + w) × lanes. */
  readonly memory: Float64Array;
  readonly base: Bases;
  /** Runs a kernel over tiles or, where it runs for persons, over persons of the chunk that begins at a word. */
  run(kernel: string, first: number, count: number, word: number): void;
}

/** Writes a lowered program down for one machine. A panel is given where kernels run for persons. */
export type Generate = (lowered: Lowered, tiles: Chunks, panel?: Panel) => Promise<Machine>;

/** Where the regions lie: those whose size only the program tells first, so that code fits data of any size. */
export function basesOf({ layout, outWords, recordWords = 0 }: Lowered, panel?: Panel): Bases {
  const parameters = 0;
  const out = parameters + layout.constants.size;
  const scratch = out + outWords;
  const chances = scratch + layout.scratchWords;
  const record = chances + 2 * (panel?.rowWords ?? 0);
  const draws = record + recordWords * (panel?.mostPersons ?? 0);
  return { parameters, out, scratch, chances, record, draws, tile: draws + (panel?.drawWords ?? 0) };
}
