/**
 * The groups of an audit: the levels of a column, or equally large parts of a number with many values. A group
 * is also a condition in the language, so that it can stand in a utility.
 */
import { Complaint, suggest } from "../../complaint/index.ts";
import { type ChoiceData, resolve } from "../../data/index.ts";
import { compare, type Expr, nameLeaf, Place, parse, print, text } from "../../expr/index.ts";
import { valuesBySituation } from "../../spec/probe.ts";

export interface Group {
  /** The column or expression. */
  readonly by: string;
  /** What is said of the group: "north", "34 to below 51". */
  readonly name: string;
  /** True for its members: `age >= 34 and age < 51`. */
  readonly condition: string;
  readonly situations: Int32Array;
}

export interface GroupOptions {
  /** A number with more different values than this is cut into parts. Default 8. */
  readonly mostLevels?: number;
  /** Into how many equally large parts. Default 4. */
  readonly quantiles?: number;
}

/** The groups by a column, or by an expression of columns, that is the same in all rows of a situation. */
export function groupsBy(data: ChoiceData, by: string, options: GroupOptions = {}): Group[] {
  const found = data.isText(by) ? levelGroups(data, by) : numberGroups(data, by, options);
  if (found.length > 1) return found;
  throw new Complaint(`${by} is the same everywhere and makes no groups`, {
    ...(found.length === 1 && { value: found[0].name }),
    help: "name a column that differs between situations",
  });
}

function levelGroups(data: ChoiceData, by: string): Group[] {
  const groups = data.levels(by).map((level) => {
    const test = data.isLevel(by, level, Place.situation);
    if (!test) throw varies(by);
    const situations = members(data, test, (value) => value === 1);
    return { by, name: level, condition: print(compare("eq", nameLeaf(by), text(level))), situations };
  });
  return groups.filter(({ situations }) => situations.length > 0);
}

function numberGroups(
  data: ChoiceData,
  by: string,
  { mostLevels = 8, quantiles = 4 }: GroupOptions,
): Group[] {
  const expr = expressionOf(data, by);
  const values = new Float64Array(data.situations);
  valuesBySituation(expr, data, (value, s) => {
    values[s] = value;
  });
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const different = [...new Set(sorted)];
  const name = data.has(by) ? print(nameLeaf(by)) : `(${by})`;
  const make = (label: string, condition: string, holds: (value: number) => boolean): Group => ({
    by,
    name: label,
    condition,
    situations: members(data, expr, holds),
  });
  if (different.length <= mostLevels)
    return different.map((level) => make(String(level), `${name} == ${level}`, (value) => value === level));
  const cuts = [
    ...new Set(inner(quantiles).map((share) => sorted[Math.floor(share * sorted.length)])),
  ].filter((cut) => cut > sorted[0]);
  return [Number.NEGATIVE_INFINITY, ...cuts].map((from, i) => {
    const to = cuts[i] ?? Number.POSITIVE_INFINITY;
    return make(rangeName(from, to), rangeTest(name, from, to), (value) => value >= from && value < to);
  });
}

const inner = (parts: number): number[] => {
  if (Number.isInteger(parts) && parts >= 2)
    return Array.from({ length: parts - 1 }, (_, i) => (i + 1) / parts);
  throw new Complaint("a number is cut into two parts or more", { value: parts });
};

function rangeName(from: number, to: number): string {
  if (from === Number.NEGATIVE_INFINITY) return `below ${to}`;
  return to === Number.POSITIVE_INFINITY ? `${from} and above` : `${from} to below ${to}`;
}

function rangeTest(name: string, from: number, to: number): string {
  const ends = [
    ...(Number.isFinite(from) ? [`${name} >= ${from}`] : []),
    ...(Number.isFinite(to) ? [`${name} < ${to}`] : []),
  ];
  return ends.join(" and ");
}

function expressionOf(data: ChoiceData, by: string): Expr {
  if (data.has(by)) {
    const found = data.resolve(by, Place.situation);
    if (found) return found;
    throw varies(by);
  }
  if (/^[\p{L}\p{N}_. ]+$/u.test(by))
    throw new Complaint(`there is no column ${by} to make groups by`, {
      help: suggest(by, [...new Set([...data.table.names, ...data.attributeNames])]),
    });
  return resolve(parse(by), { data, place: Place.situation, parameter: () => undefined, source: by });
}

const varies = (by: string): Complaint =>
  new Complaint(`${by} varies over the alternatives and makes no groups of situations`, {
    help: "name a column that is the same in all rows of a situation",
  });

function members(data: ChoiceData, expr: Expr, holds: (value: number) => boolean): Int32Array {
  const found: number[] = [];
  valuesBySituation(expr, data, (value, s) => {
    if (holds(value)) found.push(s);
  });
  return Int32Array.from(found);
}
