/** Values are looked at before they are used for the first time, so that bad input never yields a number. */
import { held } from "../data/column.ts";
import { type Held, heldFinite } from "../data/stored.ts";
import { allFinite } from "../math/finite.ts";
import type { Source, SourceColumn } from "../program/core.ts";
import type { Chunk } from "./chunks.ts";
import type { Reader } from "./readers.ts";
import { dense, type View } from "./view.ts";

/** Whether arrays of these data are finite: they serve many programs and are looked through once. */
const lookedThrough = new WeakMap<Source, Map<Held, boolean>>();

const knownOf = (source: Source): Map<Held, boolean> => {
  const known = lookedThrough.get(source) ?? new Map<Held, boolean>();
  lookedThrough.set(source, known);
  return known;
};

/** Those of the columns that have been looked through and are finite. */
export const cleanColumns = (source: Source, names: readonly string[]): string[] =>
  names.filter((name) => knownOf(source).get(held(source.column(name)!)) === true);

/** Spares the source a look through columns that are known to be finite. */
export function knownClean(source: Source, names: readonly string[]): void {
  for (const name of names) knownOf(source).set(held(source.column(name)!), true);
}

export class Looking {
  /** Readers that met a value that is not finite. */
  private readonly mended = new Set<Reader>();
  private readonly clean: Map<Held, boolean>;

  constructor(source: Source) {
    this.clean = knownOf(source);
  }

  /**
   * A part's values. The first time they are looked at; if any is not finite, it is mended, or a complaint.
   * @param known whether they have been looked at before.
   */
  view(reader: Reader, { firstSituation, situations }: Chunk, known: boolean): View {
    if (this.mended.has(reader)) return reader.mended(firstSituation, situations);
    const view = reader.view(firstSituation, situations);
    if (known || reader.expr.op === "given" || this.isCleanView(view) || allFinite(dense(view))) return view;
    this.mended.add(reader);
    return reader.mended(firstSituation, situations);
  }

  /** Whether a reader never met a value that is not finite. */
  isSound(reader: Reader): boolean {
    return !this.mended.has(reader);
  }

  /** Whether the whole array behind a view is finite. */
  private isCleanView({ values, count, isPassing }: View): boolean {
    if (isPassing) return false;
    return values.length === count ? allFinite(values) : this.isCleanArray(values);
  }

  /** Whether all of a column is finite. */
  isClean(column: SourceColumn): boolean {
    const { stored } = column;
    return stored ? this.once(stored, () => heldFinite(stored)) : this.isCleanArray(column.values);
  }

  private isCleanArray(values: Float64Array): boolean {
    return this.once(values, () => allFinite(values));
  }

  private once(numbers: Held, look: () => boolean): boolean {
    const known = this.clean.get(numbers) ?? look();
    this.clean.set(numbers, known);
    return known;
  }
}
