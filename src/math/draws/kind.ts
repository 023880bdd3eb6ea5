import type { Random } from "../random.ts";
import type { DrawLoops } from "./loops.ts";

/** What a kind of draws is: how it fills one dimension with numbers in (0, 1). */
export interface DrawRule {
  readonly title: string;
  readonly source: string;
  /** Fills `out` with the draws of one person (or situation) in one dimension, uniform on the open (0, 1). */
  fill(out: Float64Array, dimension: number, stream: Stream, loops: DrawLoops): void;
  /** The most dimensions it serves. */
  readonly dimensions?: number;
}

/** Whose draws these are. */
export interface Stream {
  readonly seed: number;
  /** A number made of the id of the person (or situation). */
  readonly key: number;
  /** Its place in the order of first appearance. */
  readonly index: number;
  /** How many points of a sequence are left out. */
  readonly drop: number;
}

let dice = new Float64Array(0);

/** Puts the numbers in a random order. Source: Durstenfeld (1964). */
export function shuffle(values: Float64Array, { fill }: Random): void {
  if (dice.length < values.length) dice = new Float64Array(values.length);
  fill(dice.subarray(0, values.length - 1));
  for (let last = values.length - 1, i = 0; last > 0; last--, i++) {
    const other = Math.floor(dice[i] * (last + 1));
    const moved = values[last];
    values[last] = values[other];
    values[other] = moved;
  }
}
