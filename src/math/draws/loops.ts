/** The two loops that draws spend their time in; a machine may have faster ones of its own. */
import { normalQuantiles } from "../quantileTable.ts";
import { scrambled } from "./scramble.ts";

export interface DrawLoops {
  /** Every probability becomes its standard normal quantile, in place. */
  normals(values: Float64Array): void;
  /** Fills `out` with the first points of a sequence in base 2, whose bits stand back to front, scrambled by the seed. */
  scrambled(mirrored: Int32Array, seed: number, out: Float64Array): void;
}

export const plainLoops: DrawLoops = { normals: normalQuantiles, scrambled };
