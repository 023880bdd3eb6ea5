/**
 * The code that runs once per tile (one situation, or two side by side in SIMD lanes) or once per person, free
 * of any machine: loads, stores, arithmetic of ops.ts and counted loops over one flat memory. A machine (js.ts,
 * wasm.ts) writes it down in its own language. A word is one number per lane.
 */
export type Region =
  | "parameters"
  | "tile"
  | "alternatives"
  | "scratch"
  | "out"
  | "record"
  | "draws"
  | "chances";

/**
 * Word number `offset + Σ index × stride` of a region. "tile" holds the situation's values; behind them,
 * "alternatives" holds a record for each alternative of the axis (offset = place in the record, stride 1
 * along j = one record). Where lanes are draws, a word of both holds one number, which all lanes share.
 * "draws" holds the person's, one row of words for each dimension: offset = dimension, stride 1 along t = one
 * row, and r moves within the row. "chances" holds two rows that are the same for all persons: the log
 * weight of every draw, and the weight.
 * "record" has room for what is told of each person of a run; stride 1 along p = one word.
 */
export interface Address {
  readonly region: Region;
  readonly offset: number;
  readonly along: readonly (readonly [index: Index, stride: number])[];
}

/** Counters: j over alternatives, k over parameters, t over a person's situations, r over draws, p over persons. */
export type Index = "j" | "k" | "t" | "r" | "p";

export type Value =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "local"; readonly local: number }
  | { readonly kind: "load"; readonly address: Address }
  | { readonly kind: "apply"; readonly op: string; readonly args: readonly Value[] }
  /** In every lane, the sum or the largest of all lanes. */
  | { readonly kind: "across"; readonly fold: "add" | "larger"; readonly value: Value }
  /** One over the number of lanes. */
  | { readonly kind: "share" };

export type Statement =
  | { readonly kind: "set"; readonly local: number; readonly value: Value }
  | { readonly kind: "store"; readonly address: Address; readonly value: Value }
  | {
      readonly kind: "loop";
      readonly index: Index;
      readonly from: number;
      /** A number, or what the data tell: the length of the tile's choice sets, … */
      readonly to: number | "alternatives" | "situations" | "draws";
      readonly step: number;
      readonly body: readonly Statement[];
    }
  /** Runs if the value is not 0 in any lane. */
  | { readonly kind: "when"; readonly value: Value; readonly body: readonly Statement[] };

export interface Kernel {
  /** Runs once per call, before the tiles. */
  readonly prologue: readonly Statement[];
  /** Runs for every tile, or every person. */
  readonly body: readonly Statement[];
  /** Number of locals; their values do not outlive a tile or person. */
  readonly locals: number;
  /** Whether it runs for persons, with draws in the lanes. A loop over t then moves from tile to tile. */
  readonly persons?: true;
}

export const at = (region: Region, offset: number, ...along: (readonly [Index, number])[]): Address => ({
  region,
  offset,
  along,
});
export const load = (address: Address): Value => ({ kind: "load", address });
export const constant = (value: number): Value => ({ kind: "constant", value });
export const local = (number: number): Value => ({ kind: "local", local: number });
export const apply = (op: string, ...args: Value[]): Value => ({ kind: "apply", op, args });
export const set = (number: number, value: Value): Statement => ({ kind: "set", local: number, value });
export const store = (address: Address, value: Value): Statement => ({ kind: "store", address, value });
export const increase = (address: Address, value: Value): Statement => ({
  kind: "store",
  address,
  value: apply("add", load(address), value),
});
/** `body` for each value of the index from 0 up to `to`. */
export const loop = (
  index: Index,
  to: Extract<Statement, { kind: "loop" }>["to"],
  body: readonly Statement[],
): Statement => ({ kind: "loop", index, from: 0, to, step: 1, body });
/** The lanes folded into one value, which each of them gets. */
export const across = (fold: "add" | "larger", value: Value): Value => ({ kind: "across", fold, value });
