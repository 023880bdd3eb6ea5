/**
 * A parsed utility with its names replaced: a name is a parameter, else a column or attribute at the place
 * of the utility; `cost.car` is attribute cost of alternative car, wherever it stands; a text column can be
 * compared with a label.
 */
import { suggest } from "../complaint/index.ts";
import { type Expr, num, Place, sub, unreadable } from "../expr/index.ts";
import type { ChoiceData } from "./choiceData.ts";
import { meaning, placeOf, type World } from "./meaning.ts";
import { describeLabels } from "./rowwise.ts";

export interface ResolveOptions {
  readonly data: ChoiceData;
  /** Index of a labelled alternative, Place.axis, or Place.situation. */
  readonly place: number;
  /** The parameter of that name, if there is one. */
  readonly parameter: (name: string) => Expr | undefined;
  /** The text that was parsed, to quote in complaints. */
  readonly source: string;
  /** The names of all parameters, for suggestions. */
  readonly parameters?: readonly string[];
  /** Collects the names that were found to be columns or attributes. */
  readonly used?: Set<string>;
}

/** The expression over parameters and data. Throws a Complaint that quotes the text with a caret. */
export const resolve = (expr: Expr, options: ResolveOptions): Expr =>
  meaning(expr, world(options), options.source);

interface Site {
  readonly name: string;
  readonly place: number;
}

function world(options: ResolveOptions): World {
  const { data, source, used } = options;
  const level = (written: Expr, label: string): Expr => {
    const { name, place } = site(written, options);
    if (!data.levels(name).includes(label)) {
      const what = `${name} is never ${JSON.stringify(label)}`;
      throw unreadable(source, placeOf(source, name), what, suggest(label, data.levels(name)));
    }
    used?.add(name);
    return data.isLevel(name, label, place) ?? varies(name, options);
  };
  return {
    draws: true,
    leaf(written) {
      const parameter = written.label ? undefined : options.parameter(written.name);
      if (parameter) return parameter;
      const { name, place } = site(written, options);
      if (data.isText(name)) return "text";
      const known = data.resolve(name, place);
      if (!known) throw data.has(name) ? varies(name, options) : unknown(name, options);
      used?.add(name);
      return known;
    },
    is: level,
    isNot: (name, label) => sub(num(1), level(name, label)),
    labels(written) {
      const { name } = site(written, options);
      const column = data.table.columns.get(name);
      if (column?.kind === "text") return describeLabels(name, column);
      return `its 0/1 columns are ${data.category(name)!.columns.join(", ")}`;
    },
  };
}

/** `cost.car` is at alternative car, unless the table has a column of just that name. */
function site(written: Expr, options: ResolveOptions): Site {
  const { data, place } = options;
  if (!written.label) return { name: written.name, place };
  const full = `${written.name}.${written.label}`;
  const index = data.labels?.indexOf(written.label) ?? -1;
  if (index >= 0 && data.has(written.name)) return { name: written.name, place: index };
  if (data.has(full)) return { name: full, place };
  const at = placeOf(options.source, written.name);
  const isName = data.has(written.name);
  const what = !isName
    ? `there is no column or attribute ${written.name}`
    : data.labels
      ? `there is no alternative ${written.label}`
      : `${full} names an alternative, but these alternatives have no names`;
  throw unreadable(
    options.source,
    at,
    what,
    isName ? suggest(written.label, data.labels ?? []) : suggest(written.name, data.names),
  );
}

function unknown(name: string, { data, source, parameters = [] }: ResolveOptions): Error {
  const what = `${name} is neither a parameter nor a column`;
  return unreadable(source, placeOf(source, name), what, suggest(name, [...parameters, ...data.names]));
}

function varies(name: string, { data, source, place }: ResolveOptions): never {
  const what =
    place === Place.situation
      ? `${name} varies over the alternatives and has no single value in a situation`
      : `${name} has no value here`;
  const label = data.labels?.[0];
  const help = label ? `name the alternative, for example ${name}.${label}` : undefined;
  throw unreadable(source, placeOf(source, name), what, help);
}
