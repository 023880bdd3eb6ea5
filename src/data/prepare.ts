/** What long and wide do first and alike: options checked, columns derived, rows filtered, categories made labels. */
import { Complaint, suggest } from "../complaint/index.ts";
import { asLabels, type CategoryOptions } from "./categories.ts";
import type { Column } from "./column.ts";
import { Table } from "./table.ts";

/** The options that both layouts have. */
export interface CommonOptions {
  /** The column that says which rows or situations belong to the same person. */
  readonly person?: string | null;
  /** A column or expression, the same in all rows of a situation; or one weight for each chosen alternative. */
  readonly weight?: string | Readonly<Record<string, string | number>> | null;
  /** Keeps the rows for which it is true, for example "purpose != 9". Applied after `derive`. */
  readonly filter?: string | null;
  /** New columns, for example { cost_per_km: "cost / distance" }. */
  readonly derive?: Readonly<Record<string, string>> | null;
  /** Reference level and coding of text columns; a number column named here becomes a category too. */
  readonly categories?: Readonly<Record<string, CategoryOptions>> | null;
  /** The alternative that formulas take as reference; the first one unless named. */
  readonly reference?: string | number | null;
}

/** Throws a Complaint for an option that does not exist. */
export function checkOptions(given: object, known: readonly string[], layout: string): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Complaint(`the ${layout} layout has no option ${unknown}`, { help: suggest(unknown, known) });
}

export const commonOptions: readonly string[] = [
  "person",
  "weight",
  "filter",
  "derive",
  "categories",
  "reference",
];

export function prepared(table: Table, { derive, filter, categories }: CommonOptions): Table {
  if (table.rows === 0) throw new Complaint("the table has no rows");
  const derived = derive ? table.derive(derive) : table;
  const kept = filter ? derived.filter(filter) : derived;
  if (kept.rows === 0)
    throw new Complaint("the filter keeps no row", {
      value: filter,
      rule: "a filter is true for the rows to keep; a comparison with a missing value is false",
    });
  return withLabels(kept, Object.keys(categories ?? {}));
}

function withLabels(table: Table, names: readonly string[]): Table {
  const columns = new Map<string, Column>(table.columns);
  for (const name of names) {
    const column = table.columns.get(name);
    if (column?.kind === "number") columns.set(name, asLabels(column));
  }
  return names.length === 0 ? table : new Table(columns, table.display, table.lines);
}

/** The reference as a label. Throws a Complaint if it is none. */
export function referenceLabel(
  reference: string | number | null | undefined,
  labels: readonly string[] | null,
): string | null {
  if (reference === null || reference === undefined) return null;
  if (labels?.includes(String(reference))) return String(reference);
  throw new Complaint(`the reference ${reference} is not an alternative`, {
    help: labels ? suggest(String(reference), labels) : "these alternatives have no names",
  });
}
