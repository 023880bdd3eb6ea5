/** What a kind of draws is: how it fills one dimension with numbers in (0, 1). */
export interface DrawRule {
  readonly title: string;
  readonly source: string;
  /** Fills `out` with the draws of one person (or situation) in one dimension, uniform on the open (0, 1). */
  fill(out: Float64Array, dimension: number, stream: Stream): void;
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

/** Puts the numbers in an order drawn by `below(n)`, a whole number from 0 to below n. Source: Durstenfeld (1964). */
export function shuffle(values: Float64Array, below: (count: number) => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = below(last + 1);
    [values[last], values[other]] = [values[other], values[last]];
  }
}
