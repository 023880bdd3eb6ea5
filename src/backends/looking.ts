/** Values are looked at before they are used for the first time, so that bad input never yields a number. */
import { allFinite } from "../math/finite.ts";
import type { Source } from "../program/index.ts";
import type { Chunk } from "./chunks.ts";
import type { Reader } from "./readers.ts";
import { dense, type View } from "./view.ts";

/** Whether arrays of these data are finite: they serve many programs and are looked through once. */
const lookedThrough = new WeakMap<Source, Map<Float64Array, boolean>>();

export class Looking {
  /** Readers that met a value that is not finite. */
  private readonly mended = new Set<Reader>();
  private readonly clean: Map<Float64Array, boolean>;

  constructor(source: Source) {
    this.clean = lookedThrough.get(source) ?? new Map();
    lookedThrough.set(source, this.clean);
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

  /** Whether the whole array behind a view is finite. */
  private isCleanView({ values, count }: View): boolean {
    return values.length === count ? allFinite(values) : this.isClean(values);
  }

  /** Whether all of an array is finite. */
  isClean(values: Float64Array): boolean {
    const known = this.clean.get(values) ?? allFinite(values);
    this.clean.set(values, known);
    return known;
  }
}
