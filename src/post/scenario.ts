/**
 * A scenario: names that mean something else. { "cost.car": "cost * 1.2" } makes the car dearer,
 * { income: 50000 } gives everyone that income, { region: "north" } moves everyone there.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { levelTest } from "../data/categories.ts";
import { type ChoiceData, resolve } from "../data/index.ts";
import { compare, type Expr, num, Place, parse, select } from "../expr/index.ts";
import { alternativeOnAxis, type Meaning } from "./changed.ts";

export type Scenario = Readonly<Record<string, string | number>>;

interface Part {
  readonly key: string;
  readonly name: string;
  /** Index of the alternative it is for, or null for all. */
  readonly place: number | null;
  readonly mean: (name: string, place: number) => Expr | undefined;
}

/** The meanings of a scenario, and which of its entries nothing has asked for so far. */
export interface Scenery {
  readonly meaning: Meaning;
  unused(): string[];
}

/** Reads a scenario over these data. "cost.car" goes before "cost". Throws a Complaint for unknown names. */
export function scenery(scenario: Scenario, data: ChoiceData): Scenery {
  const parts = Object.entries(scenario).map(([key, value]) => partOf(key, value, data));
  const used = new Set<string>();
  const meaning: Meaning = (name, place) => {
    const hits = parts.flatMap((part) => {
      if (part.place !== null && part.place !== place && place !== Place.axis) return [];
      const expr = part.mean(name, place);
      return expr ? [{ part, expr }] : [];
    });
    for (const { part } of hits) used.add(part.key);
    const everywhere = hits.find(({ part }) => part.place === null)?.expr;
    const own = hits.filter(({ part }) => part.place !== null);
    if (place !== Place.axis) return own[0]?.expr ?? everywhere;
    if (own.length === 0) return everywhere;
    const before = everywhere ?? data.resolve(name, place)!;
    return own.reduce(
      (rest, { part, expr }) => select(compare("eq", alternativeOnAxis(), num(part.place!)), expr, rest),
      before,
    );
  };
  return { meaning, unused: () => parts.map(({ key }) => key).filter((key) => !used.has(key)) };
}

/** The scenario as a sentence. */
export const scenarioNote = (scenario: Scenario): string =>
  `Scenario: ${Object.entries(scenario)
    .map(([name, value]) => `${name} → ${value}`)
    .join("; ")}.`;

function partOf(key: string, value: string | number, data: ChoiceData): Part {
  const { name, place } = readKey(key, data);
  if (typeof value === "number" && !Number.isFinite(value))
    throw new Complaint(`the scenario gives ${key} no finite number`, { value });
  const source = String(value);
  if (data.isText(name)) return { key, name, place, mean: moved(name, source, key, data) };
  const parsed = parse(source);
  const mean = (asked: string, at: number): Expr | undefined =>
    asked === name ? resolve(parsed, { data, place: at, parameter: () => undefined, source }) : undefined;
  return { key, name, place, mean };
}

/** Everyone at one level of a category: its 0/1 columns are known. */
function moved(name: string, source: string, key: string, data: ChoiceData): Part["mean"] {
  const { columns, coding, reference, levels } = data.category(name)!;
  const level = source.replace(/^"(.*)"$|^'(.*)'$/, "$1$2");
  if (!levels.includes(level))
    throw new Complaint(`${name} is never ${JSON.stringify(level)}`, {
      where: `scenario ${key}`,
      help: suggest(level, levels),
    });
  const opposite = coding === "effects" && level === reference ? -1 : 0;
  const known = new Map([
    ...columns.map((column) => [column, column === `${name}_${level}` ? 1 : opposite] as const),
    ...levels.map((each) => [levelTest(name, each), each === level ? 1 : 0] as const),
  ]);
  return (asked) => (known.has(asked) ? num(known.get(asked)!) : undefined);
}

/** "cost.car" is attribute cost of alternative car; a column of just that name comes first. */
export function readKey(key: string, data: ChoiceData): { name: string; place: number | null } {
  if (data.has(key)) return { name: key, place: null };
  const dots = [...key.matchAll(/\./g)].map(({ index }) => index);
  const dot = dots.find((at) => data.has(key.slice(0, at)));
  if (dot === undefined) {
    const name = dots.length === 0 ? key : key.slice(0, dots[0]);
    throw new Complaint(`there is no attribute ${name}`, {
      ...(name === key ? {} : { where: key }),
      help: suggest(name, data.names),
    });
  }
  return { name: key.slice(0, dot), place: placeOf(key.slice(dot + 1), data) };
}

/** The index of an alternative. Throws a Complaint that names the nearest one. */
export function placeOf(label: string, data: ChoiceData): number {
  const place = data.labels?.indexOf(label) ?? -1;
  if (place >= 0) return place;
  const help = data.labels ? suggest(label, data.labels) : "alternatives have no labels in these data";
  throw new Complaint(`there is no alternative ${label}`, { help });
}
