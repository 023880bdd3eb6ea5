/** A column of choice data as programs read it: numbers, and how a situation or a row finds its own among them. */
import { type Held, type Stored, whole } from "./stored.ts";

/** How a value is found: `values[row]`, `values[situation]`, or `values[start[situation]]`. */
export type Addressing = "row" | "situation" | "first";

export interface SourceColumn {
  /** All numbers; read or computed anew where they are stored otherwise. */
  readonly values: Float64Array;
  readonly addressing: Addressing;
  /** Where the numbers are no array in memory: from here they are read in blocks. */
  readonly stored?: Stored;
}

export const sourceColumn = (from: Held, addressing: Addressing): SourceColumn =>
  from instanceof Float64Array ? { values: from, addressing } : new StoredSourceColumn(from, addressing);

class StoredSourceColumn implements SourceColumn {
  readonly addressing: Addressing;
  readonly stored: Stored;

  constructor(stored: Stored, addressing: Addressing) {
    this.stored = stored;
    this.addressing = addressing;
  }

  get values(): Float64Array {
    return whole(this.stored);
  }
}
