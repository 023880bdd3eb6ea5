/**
 * Choice data: situations, each with its alternatives and the one that was chosen. Whether they were long
 * or wide in the file, a row here is one available alternative, and the rows of a situation are adjacent.
 * Columns stay in the table; this is the arrangement of its rows, and the meaning of names in utilities.
 */
import type { Expr } from "../expr/index.ts";
import type { DrawKeys } from "../math/draws/draws.ts";
import type { Attributes } from "./attributes.ts";
import type { Category } from "./categories.ts";
import { drawKeysOf } from "./drawKeys.ts";
import type { Groups } from "./groups.ts";
import { Meanings } from "./meanings.ts";
import type { Outcome } from "./outcomes.ts";
import { placeIn } from "./placeIn.ts";
import type { SourceColumn, Store } from "./store.ts";
import type { Table } from "./table.ts";

export type { Addressing, SourceColumn } from "./store.ts";

/** What `long` and `wide` find out. */
export interface ChoiceParts {
  readonly layout: "long" | "wide";
  readonly store: Store;
  /** Row (wide: situation) → row of the table; null where they are the same. */
  readonly origin: Int32Array | null;
  readonly start: Int32Array;
  readonly labels: readonly string[] | null;
  /** Row → label; null where every situation has all labels in their order, or none. */
  readonly alternative: Int32Array | null;
  readonly chosen: Int32Array | null;
  /** What was observed; null where nothing was, or nothing but `chosen`. */
  readonly outcome?: Outcome | null;
  readonly weight: Float64Array | null;
  /** What the weights are: "choice" where they depend on what was chosen. */
  readonly weighting?: Weighting;
  readonly person: Groups | null;
  readonly situationId: (situation: number) => string;
  readonly attributes: Attributes | null;
  /** The label named as reference, if one was. */
  readonly reference: string | null;
  /** Columns that say what is what (ids, choice, weight) and are no attributes. */
  readonly roles: ReadonlySet<string>;
  readonly warnings: readonly string[];
}

/** Weights of persons or situations, or weights that depend on what was chosen (WESML, class weights). */
export type Weighting = "sampling" | "choice";

export class ChoiceData {
  /** What it is made of: for data.subset and data.reweighted. */
  readonly parts: ChoiceParts;
  readonly layout: "long" | "wide";
  readonly table: Table;
  readonly situations: number;
  readonly rows: number;
  /** The rows of situation s are start[s] … start[s + 1] − 1. Only available alternatives are rows. */
  readonly start: Int32Array;
  /** The names of the alternatives, or null where they have none. */
  readonly labels: readonly string[] | null;
  /** Situation → row that was chosen (ranked first, best); null where no choices were given. */
  readonly chosen: Int32Array | null;
  /** What was observed; null where nothing was. */
  readonly outcome: Outcome | null;
  /** Situation → weight; null where all count the same. */
  readonly weight: Float64Array | null;
  /** null where there are no weights. */
  readonly weighting: Weighting | null;
  /** Situation → index into `persons`; null where no person was declared. */
  readonly person: Int32Array | null;
  readonly personCount: number;
  readonly reference: string | null;
  readonly roles: ReadonlySet<string>;
  readonly warnings: readonly string[];
  /** Whether every situation has all labelled alternatives, in their order: row = s · J + j. */
  readonly complete: boolean;
  private lazy: {
    alternative?: Int32Array;
    rowOf?: Int32Array;
    persons?: string[];
    ids?: string[];
    drawKeys?: DrawKeys;
  } = {};
  private readonly meanings: Meanings;

  constructor(parts: ChoiceParts) {
    this.parts = parts;
    this.layout = parts.layout;
    this.table = parts.store.table;
    this.start = parts.start;
    this.situations = parts.start.length - 1;
    this.rows = parts.start[this.situations];
    this.labels = parts.labels;
    this.complete = parts.labels !== null && parts.alternative === null;
    this.chosen = parts.chosen;
    this.outcome = parts.outcome ?? (parts.chosen ? { kind: "choice", columns: {} } : null);
    this.weight = parts.weight;
    this.weighting = parts.weight ? (parts.weighting ?? "sampling") : null;
    this.person = parts.person?.of ?? null;
    this.personCount = parts.person?.count ?? 0;
    this.reference = parts.reference;
    this.roles = parts.roles;
    this.warnings = parts.warnings;
    this.meanings = new Meanings(parts.store, parts.attributes, this);
  }

  /** Row → index into `labels`; null where alternatives have no labels. */
  get alternative(): Int32Array | null {
    if (!this.labels) return null;
    const count = this.labels.length;
    this.lazy.alternative ??=
      this.parts.alternative ?? Int32Array.from({ length: this.rows }, (_, row) => row % count);
    return this.lazy.alternative;
  }

  /** [s · J + j] → row or −1; null where `complete`, and where alternatives have no labels. */
  get rowOf(): Int32Array | null {
    if (!this.labels || this.complete) return null;
    this.lazy.rowOf ??= places(this.start, this.alternative!, this.labels.length);
    return this.lazy.rowOf;
  }

  /** The row of labelled alternative j in situation s, or −1. */
  rowAt(situation: number, index: number): number {
    const at = situation * this.labels!.length + index;
    return this.complete ? at : this.rowOf![at];
  }

  /** The persons' ids as written, in order of first appearance. */
  get persons(): readonly string[] {
    this.lazy.persons ??= Array.from({ length: this.personCount }, (_, i) => this.parts.person!.text(i));
    return this.lazy.persons;
  }

  /** The id of a situation as written; its number in the file, from 1 on, where it has none. */
  situationId(situation: number): string {
    return this.parts.situationId(situation);
  }

  get situationIds(): readonly string[] {
    this.lazy.ids ??= Array.from({ length: this.situations }, (_, s) => this.situationId(s));
    return this.lazy.ids;
  }

  /** What simulation draws are made from: the ids, so that the order of the rows does not matter. */
  get drawKeys(): DrawKeys {
    this.lazy.drawKeys ??= drawKeysOf(this);
    return this.lazy.drawKeys;
  }

  /** The line of the file that holds a row. */
  line(row: number): number {
    const at = this.layout === "wide" ? this.situationOf(row) : row;
    return this.table.line(this.parts.origin ? this.parts.origin[at] : at);
  }

  /** The situation that a row belongs to. */
  situationOf(row: number): number {
    return placeIn(this.situations, (s) => this.start[s], row);
  }

  /** Everything that can be used in a utility: attributes and columns. */
  get names(): readonly string[] {
    return this.meanings.names;
  }

  /** The attributes declared in the wide layout. */
  get attributeNames(): readonly string[] {
    return this.parts.attributes?.names ?? [];
  }

  /** The columns and expressions behind an attribute, alternative by alternative. */
  attributeSources(name: string): readonly (string | null)[] {
    return this.parts.attributes?.sourcesOf(name) ?? [];
  }

  /** Whether the name is an attribute, a column, or a 0/1 column of a category. */
  has(name: string): boolean {
    return this.meanings.has(name);
  }

  isText(name: string): boolean {
    return this.category(name) !== null;
  }

  /** The labels of a text column or attribute, sorted. */
  levels(name: string): readonly string[] {
    return this.category(name)?.levels ?? [];
  }

  /** How a text column or attribute becomes 0/1 columns; null for numbers. */
  category(name: string): Category | null {
    return this.meanings.category(name);
  }

  /** The numbers that a data leaf of this name reads; null where there are none of this name. */
  column(name: string): SourceColumn | null {
    return this.meanings.column(name);
  }

  /**
   * What a name means at a place: the index of a labelled alternative, Place.axis, or Place.situation.
   * null where it means nothing, holds labels, or (at Place.situation) varies over the alternatives.
   */
  resolve(name: string, place: number): Expr | null {
    return this.meanings.resolve(name, place);
  }

  /** 1 where the text column or attribute holds this label, else 0; null where it varies over the alternatives. */
  isLevel(name: string, level: string, place: number): Expr | null {
    return this.meanings.isLevel(name, level, place);
  }
}

function places(start: Int32Array, alternative: Int32Array, count: number): Int32Array {
  const rowOf = new Int32Array((start.length - 1) * count).fill(-1);
  for (let s = 0; s + 1 < start.length; s++)
    for (let row = start[s]; row < start[s + 1]; row++) rowOf[s * count + alternative[row]] = row;
  return rowOf;
}
