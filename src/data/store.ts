/**
 * The columns of choice data as numbers in the order of its rows. A column is the table's own array where
 * the rows are in order already; else it is gathered, and a category column made, when first asked for.
 */
import {
  type Category,
  type CategoryOptions,
  category,
  indicator,
  levelName,
  levelNamed,
  levelTest,
  usedLevels,
} from "./categories.ts";
import { held, picked, type TextColumn } from "./column.ts";
import { withoutGaps } from "./gaps.ts";
import { differsWithin } from "./groups.ts";
import { type Addressing, type SourceColumn, sourceColumn } from "./sourceColumn.ts";
import type { Held } from "./stored.ts";
import type { Table } from "./table.ts";

export type { Addressing, SourceColumn } from "./sourceColumn.ts";

/**
 * Which row of the table each row is (null: the same), and where each situation starts (null: a row is a
 * situation).
 */
export interface Arrangement {
  readonly origin: Int32Array | null;
  readonly start: Int32Array | null;
}

const mostLevels = 50;

export class Store {
  readonly table: Table;
  private readonly rows: Arrangement;
  private readonly options: Readonly<Record<string, CategoryOptions>>;
  private readonly cache = new Map<string, SourceColumn | null>();
  private readonly categories = new Map<string, Category>();

  constructor(table: Table, rows: Arrangement, options: Readonly<Record<string, CategoryOptions>>) {
    this.table = table;
    this.rows = rows;
    this.options = options;
  }

  /** The same columns and categories, of other rows of the table. */
  arrangedAs(rows: Arrangement): Store {
    return new Store(this.table, rows, this.options);
  }

  /** Number columns, and the 0/1 columns of text columns with few levels. */
  get names(): string[] {
    return this.table.names.flatMap((name) => {
      const column = this.table.column(name);
      if (column.kind === "number") return [name];
      return column.levels.length <= mostLevels ? this.category(name)!.columns : [];
    });
  }

  text(name: string): TextColumn | null {
    const column = this.table.columns.get(name);
    return column?.kind === "text" ? column : null;
  }

  category(name: string): Category | null {
    const column = this.text(name);
    if (!column) return null;
    const known = this.categories.get(name) ?? category(name, usedLevels(column), this.options[name]);
    this.categories.set(name, known);
    return known;
  }

  /** The name of a column that is 1 exactly on this level: a category column where one is, else `name == "level"`. */
  levelColumn(name: string, level: string): string {
    const known = this.category(name)!;
    const short = levelName(name, level);
    const usable =
      known.coding === "dummy" && known.columns.includes(short) && !this.table.columns.has(short);
    return usable ? short : levelTest(name, level);
  }

  column(name: string): SourceColumn | null {
    const known = this.cache.get(name);
    if (known !== undefined) return known;
    const values = this.values(name);
    const column = values && sourceColumn(values, this.addressing(values));
    this.cache.set(name, column);
    return column;
  }

  private addressing(values: Held): Addressing {
    if (!this.rows.start) return "situation";
    return differsWithin(values, this.rows.start) ? "row" : "first";
  }

  private values(name: string): Held | null {
    const column = this.table.columns.get(name);
    if (column) return column.kind === "number" ? this.arranged(held(column)) : null;
    const level = this.levelOf(name);
    if (!level) return withoutGaps(name, (other) => this.held(other));
    return this.arranged(indicator(this.text(level.name)!, level.level, level.opposite));
  }

  private held(name: string): Held | null {
    const column = this.column(name);
    return column && held(column);
  }

  private arranged(values: Held): Held {
    return this.rows.origin ? picked(values, this.rows.origin) : values;
  }

  /** Which text column and level a name such as `region_north` or `region == "north"` stands for. */
  private levelOf(written: string): { name: string; level: string; opposite?: string } | null {
    for (const name of this.table.names) {
      if (!this.text(name)) continue;
      const found = levelNamed(written, name, () => this.category(name)!);
      if (found) return { name, ...found };
    }
    return null;
  }
}
