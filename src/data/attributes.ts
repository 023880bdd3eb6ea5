/**
 * The attributes of the wide layout: for each alternative, the column or expression that holds the value.
 * `{ cost: { train: "TRAIN_CO * (GA == 0)", car: "CAR_CO" } }`, or in short `{ cost: "{alternative}_CO" }`.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { data, type Expr, num, Place, parse, sub, unreadable } from "../expr/index.ts";
import {
  type Category,
  type CategoryOptions,
  category,
  levelNamed,
  sorted,
  usedLevels,
} from "./categories.ts";
import { checkLabels } from "./check.ts";
import { meaning, placeOf, type World } from "./meaning.ts";
import { codeOf, describeLabels } from "./rowwise.ts";
import type { Store } from "./store.ts";

type Sources = Readonly<Record<string, string | number>>;
/** One entry an attribute, or patterns of column names with {alternative}, and {attribute} if it is for several. */
export type AttributeOptions = string | readonly string[] | Readonly<Record<string, string | Sources>>;

export class Attributes {
  private readonly store: Store;
  private readonly labels: readonly string[];
  private readonly sources = new Map<string, readonly (string | null)[]>();
  private readonly known = new Map<string, readonly (Expr | null)[]>();
  private readonly categories = new Map<string, Category>();

  constructor(
    options: AttributeOptions,
    labels: readonly string[],
    store: Store,
    coding: Readonly<Record<string, CategoryOptions>> = {},
  ) {
    this.store = store;
    this.labels = labels;
    const named = byName(options, labels, store.table.names);
    for (const [name, given] of Object.entries(named)) this.add(name, given, coding[name]);
  }

  private add(name: string, given: string | Sources, coding?: CategoryOptions): void {
    const sources = this.labels.map((label) => sourceAt(given, label));
    checkGiven(name, given, this.labels);
    this.sources.set(name, sources);
    const texts = sources.flatMap((source) => (source === null ? [] : [this.store.text(source)]));
    if (texts.length > 0 && texts.every((column) => column !== null)) {
      const levels = sorted([...new Set(texts.flatMap(usedLevels))]);
      this.categories.set(name, category(name, levels, coding));
    } else {
      this.known.set(
        name,
        sources.map((source) => (source === null ? null : overColumns(source, this.store))),
      );
    }
  }

  get names(): string[] {
    return [...this.sources.keys()].flatMap((name) => this.categories.get(name)?.columns ?? [name]);
  }

  /** The names of the columns and expressions that hold the values. */
  sourcesOf(name: string): readonly (string | null)[] {
    return this.sources.get(name) ?? [];
  }

  category(name: string): Category | null {
    return this.categories.get(name) ?? null;
  }

  /** Whether the name is an attribute or a 0/1 column of one that holds labels. */
  has(name: string): boolean {
    return this.sources.has(name) || this.levelOf(name) !== null;
  }

  /** Whether the attribute is given for the alternative. */
  given(name: string, index: number): boolean {
    const attribute = this.sources.has(name) ? name : (this.levelOf(name)?.name ?? "");
    return (this.sources.get(attribute)?.[index] ?? null) !== null;
  }

  /** The value at alternative `index`; null where it holds labels. Complains where none is given. */
  at(name: string, index: number): Expr | null {
    const numbers = this.known.get(name);
    if (numbers) return numbers[index] ?? this.absent(name, index);
    const found = this.levelOf(name);
    if (!found) return null;
    const level = this.is(found.name, found.level, index);
    return found.opposite === undefined ? level : sub(level, this.is(found.name, found.opposite, index));
  }

  private is(name: string, level: string, index: number): Expr {
    const column = this.sources.get(name)![index];
    if (column === null) return this.absent(name, index);
    const occurs = this.store.text(column)!.levels.includes(level);
    return occurs ? data(this.store.levelColumn(column, level), Place.situation) : num(0);
  }

  private absent(name: string, index: number): never {
    const label = this.labels[index];
    throw new Complaint(`attribute ${name} is not given for alternative ${label}`, {
      rule: "a utility can use an attribute only at alternatives that have it",
      help: `add ${JSON.stringify(label)} to attributes.${name}; it may be a number, for example 0`,
    });
  }

  private levelOf(written: string): { name: string; level: string; opposite?: string } | null {
    for (const [name, known] of this.categories) {
      const found = levelNamed(written, name, () => known);
      if (found) return { name, ...found };
    }
    return null;
  }
}

/** Patterns as entries: "price.{alternative}" is attribute price; {attribute} finds its names among the columns. */
function byName(
  options: AttributeOptions,
  labels: readonly string[],
  columns: readonly string[],
): Readonly<Record<string, string | Sources>> {
  if (typeof options !== "string" && !Array.isArray(options))
    return options as Readonly<Record<string, string | Sources>>;
  const patterns = [options].flat() as string[];
  return Object.assign({}, ...patterns.map((pattern) => expanded(pattern, labels, columns)));
}

function expanded(
  pattern: string,
  labels: readonly string[],
  columns: readonly string[],
): Record<string, string | Sources> {
  if (!pattern.includes("{attribute}")) {
    const name = pattern.replace("{alternative}", "").replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
    return { [name]: pattern };
  }
  const found: Record<string, Record<string, string>> = {};
  for (const label of labels) {
    const [before, after] = pattern.replaceAll("{alternative}", label).split("{attribute}");
    for (const column of columns) {
      const name = column.slice(before.length, column.length - after.length);
      if (name === "" || column !== before + name + after) continue;
      found[name] ??= {};
      found[name][label] = column;
    }
  }
  if (Object.keys(found).length > 0) return found;
  throw new Complaint("no column fits the pattern of the attributes", {
    value: pattern,
    help: `columns here: ${columns.slice(0, 20).join(", ")}`,
  });
}

function sourceAt(given: string | Sources, label: string): string | null {
  if (typeof given === "string") return given.replaceAll("{alternative}", label);
  const source = Object.hasOwn(given, label) ? given[label] : undefined;
  return source === undefined || source === null ? null : String(source);
}

function checkGiven(name: string, given: string | Sources, labels: readonly string[]): void {
  if (typeof given === "string") {
    if (given.includes("{alternative}")) return;
    throw new Complaint(`attribute ${name} is the same for all alternatives`, {
      value: given,
      rule: "an attribute names one column or expression for each alternative",
      help: "write {alternative} where the label stands in the column names; a column that is the same for all needs no attribute",
    });
  }
  checkLabels(`attribute ${name}`, Object.keys(given), labels);
}

/** An expression over the columns of the table, as a graph over data at the situation. */
function overColumns(source: string, store: Store): Expr {
  const column = store.table.columns.get(source);
  if (column?.kind === "number") return data(source, Place.situation);
  return meaning(parse(source), columnWorld(store, source), source);
}

function columnWorld(store: Store, source: string): World {
  const full = (name: Expr): string => (name.label ? `${name.name}.${name.label}` : name.name);
  const level = (name: Expr, label: string): Expr => {
    codeOf(store.text(full(name))!, full(name), label, source);
    return data(store.levelColumn(full(name), label), Place.situation);
  };
  return {
    leaf(name) {
      if (store.text(full(name))) return "text";
      if (store.column(full(name))) return data(full(name), Place.situation);
      const at = placeOf(source, name.name);
      throw unreadable(
        source,
        at,
        `there is no column ${full(name)}`,
        suggest(full(name), store.table.names),
      );
    },
    is: level,
    isNot: (name, label) => sub(num(1), level(name, label)),
    labels: (name) => describeLabels(full(name), store.text(full(name))!),
  };
}
