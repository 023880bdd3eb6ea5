/**
 * What names mean in choice data. An attribute of the wide layout is an expression at each alternative;
 * a column that is constant within every situation belongs to the situation; any other to its row.
 */
import { data, type Expr, Place } from "../expr/index.ts";
import type { Attributes } from "./attributes.ts";
import { type Category, levelTest } from "./categories.ts";
import { held } from "./column.ts";
import { computedFrom } from "./computedFrom.ts";
import { type SourceColumn, sourceColumn } from "./sourceColumn.ts";
import type { Store } from "./store.ts";
import { blockOf, type Held, type Stored } from "./stored.ts";

/** Where the rows are: what this needs to know of the choice data. */
interface Rows {
  readonly rows: number;
  readonly situations: number;
  readonly labels: readonly string[] | null;
  readonly start: Int32Array;
  readonly parts: { readonly alternative: Int32Array | null };
}

/** Leads the name of an attribute's values along the axis where a column of the table has its name already. */
const shadow = "attribute ";

export class Meanings {
  private readonly store: Store;
  private readonly attributes: Attributes | null;
  private readonly rows: Rows;
  private readonly alongAxis = new Map<string, SourceColumn>();

  constructor(store: Store, attributes: Attributes | null, rows: Rows) {
    this.store = store;
    this.attributes = attributes;
    this.rows = rows;
  }

  get names(): readonly string[] {
    return [...new Set([...(this.attributes?.names ?? []), ...this.store.names])];
  }

  has(name: string): boolean {
    return this.isAttribute(name) || this.category(name) !== null || this.store.column(name) !== null;
  }

  category(name: string): Category | null {
    if (this.isAttribute(name)) return this.attributes!.category(name);
    return this.store.category(name);
  }

  resolve(name: string, place: number): Expr | null {
    if (this.isAttribute(name)) {
      if (place === Place.situation || this.attributes!.category(name)) return null;
      return place === Place.axis ? data(this.axisName(name), place) : this.attributes!.at(name, place);
    }
    const column = this.store.column(name);
    if (!column) return null;
    if (column.addressing !== "row") return data(name, Place.situation);
    return place === Place.situation ? null : data(name, place);
  }

  isLevel(name: string, level: string, place: number): Expr | null {
    const test = this.isAttribute(name) ? levelTest(name, level) : this.store.levelColumn(name, level);
    return this.resolve(test, place);
  }

  column(name: string): SourceColumn | null {
    const shadowed = name.startsWith(shadow) && this.isAttribute(name.slice(shadow.length));
    const attribute = shadowed ? name.slice(shadow.length) : name;
    const stored = shadowed ? null : this.store.column(name);
    if (stored || !this.isAttribute(attribute)) return stored;
    const known = this.alongAxis.get(attribute) ?? this.alongRows(attribute);
    this.alongAxis.set(attribute, known);
    return known;
  }

  private isAttribute(name: string): boolean {
    return this.attributes?.has(name) ?? false;
  }

  private axisName(name: string): string {
    return this.store.column(name) ? shadow + name : name;
  }

  /** An attribute as one value a row; missing at alternatives that it is not given for. */
  private alongRows(name: string): SourceColumn {
    const { situations, labels } = this.rows;
    const parts = labels!.map((_, index) => {
      if (!this.attributes!.given(name, index)) return null;
      const expr = this.attributes!.at(name, index)!;
      return computedFrom(expr, situations, (column) => held(this.store.column(column)!));
    });
    return sourceColumn(this.interleaved(parts), "row");
  }

  private interleaved(parts: readonly (Held | null)[]): Held {
    const { rows, start, parts: arrangement } = this.rows;
    const made: Stored = {
      kind: "interleaved",
      length: rows,
      of: parts,
      start,
      alternative: arrangement.alternative,
    };
    const isInMemory = parts.every((part) => part === null || part instanceof Float64Array);
    return isInMemory ? blockOf(made, 0, rows) : made;
  }
}
