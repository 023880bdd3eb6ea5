/**
 * The code that runs once per tile (one situation, or two side by side in SIMD lanes), free of any
 * machine: loads, stores, arithmetic of ops.ts and counted loops over one flat memory. A machine (js.ts,
 * wasm.ts) writes it down in its own language. A word is one number per lane.
 */
export type Region = "parameters" | "tile" | "alternatives" | "scratch" | "out";

/**
 * Word number `offset + Σ index × stride` of a region. "tile" holds the situation's values; behind them,
 * "alternatives" holds a record for each alternative of the axis (offset = place in the record, stride 1
 * along j = one record).
 */
export interface Address {
  readonly region: Region;
  readonly offset: number;
  readonly along: readonly (readonly [index: Index, stride: number])[];
}

/** Loop counters: j over alternatives, k over parameters. */
export type Index = "j" | "k";

export type Value =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "local"; readonly local: number }
  | { readonly kind: "load"; readonly address: Address }
  | { readonly kind: "apply"; readonly op: string; readonly args: readonly Value[] };

export type Statement =
  | { readonly kind: "set"; readonly local: number; readonly value: Value }
  | { readonly kind: "store"; readonly address: Address; readonly value: Value }
  | {
      readonly kind: "loop";
      readonly index: Index;
      readonly from: number;
      /** A number, or the length of the tile's choice sets. */
      readonly to: number | "alternatives";
      readonly step: number;
      readonly body: readonly Statement[];
    };

export interface Kernel {
  /** Runs once per call, before the tiles. */
  readonly prologue: readonly Statement[];
  /** Runs for every tile. */
  readonly body: readonly Statement[];
  /** Number of locals; their values do not outlive a tile. */
  readonly locals: number;
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
export const increase = (address: Address, value: Value): Statement => ({
  kind: "store",
  address,
  value: apply("add", load(address), value),
});
