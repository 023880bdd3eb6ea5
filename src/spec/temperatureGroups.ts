/** One τ per value of a column: group, wave, revealed or stated preference, task number. */
import { Complaint, suggest } from "../complaint/index.ts";
import type { ChoiceData } from "../data/choiceData.ts";
import { resolve } from "../data/resolve.ts";
import {
  compare,
  type Expr,
  parameter as leafOf,
  nameLeaf,
  num,
  Place,
  print,
  select,
  text as textLeaf,
} from "../expr/index.ts";
import { valuesBySituation } from "./probe.ts";
import { type Tau, tauParameter } from "./tau.ts";

const most = 50;

/** τ by the values of `column`. Unless the scale is pinned elsewhere, the reference's τ is 1. */
export function groups(
  column: string,
  reference: string | undefined,
  isPinned: boolean,
  data: ChoiceData,
): Tau {
  const levels = levelsOf(column, data);
  const one = isPinned ? null : (reference ?? levels[0]);
  if (one !== null && !levels.includes(one))
    throw new Complaint(`the reference is not a value of ${column}`, {
      value: one,
      help: suggest(one, levels),
    });
  const free = levels.filter((level) => level !== one);
  const name = (level: string) => `tau_${column}_${level}`;
  const last = one === null ? leafOf(name(free.at(-1)!)) : num(1);
  const chosen = one === null ? free.slice(0, -1) : free;
  const condition = (level: string) => compare("eq", nameLeaf(column), literal(column, level, data));
  const tau = chosen.reduceRight<Expr>((rest, level) => {
    const test = resolve(condition(level), {
      data,
      place: Place.situation,
      parameter: () => undefined,
      source: column,
    });
    return select(test, leafOf(name(level)), rest);
  }, last);
  const shown = chosen.reduceRight<Expr>(
    (rest, level) => select(condition(level), nameLeaf(name(level)), rest),
    asName(last),
  );
  return {
    tau,
    text: print(shown),
    parameters: free.map((level) => tauParameter(name(level), isPinned ? 0 : 1)),
    pinned:
      one === null
        ? "The utilities have no free scale, so every τ is identified."
        : `τ is relative to ${column} ${one}, where it is 1.`,
    notes: [],
  };
}

const asName = (leaf: Expr): Expr => (leaf.op === "parameter" ? nameLeaf(leaf.name) : leaf);
const literal = (column: string, level: string, data: ChoiceData): Expr =>
  data.isText(column) ? textLeaf(level) : num(Number(level));

/** The values that occur, sorted. Throws a Complaint when they are one, too many, missing or not of the situation. */
function levelsOf(column: string, data: ChoiceData): string[] {
  if (!data.has(column))
    throw new Complaint(`there is no column ${column} to group the temperature by`, {
      help: suggest(column, data.names),
    });
  const levels = data.isText(column) ? [...data.levels(column)].sort() : numbersOf(column, data);
  if (levels.length < 2)
    throw new Complaint(`${column} has one value only, so there are no groups to compare`, {
      value: levels[0],
    });
  if (levels.length > most)
    throw new Complaint(`${column} has more than ${most} values; one τ each is too many`, {
      help: `use { on: "${column}" }, or derive a column with fewer groups`,
    });
  return levels;
}

function numbersOf(column: string, data: ChoiceData): string[] {
  const leaf = data.resolve(column, Place.situation);
  if (!leaf)
    throw new Complaint(
      `${column} varies over the alternatives of a situation, and τ belongs to the situation`,
      {
        help: "group by a column that is the same for all alternatives",
      },
    );
  const found = new Set<number>();
  valuesBySituation(leaf, data, (value, situation) => {
    if (Number.isNaN(value))
      throw new Complaint(`${column} is missing and the temperature is grouped by it`, {
        where: `situation ${situation + 1}`,
      });
    if (found.size <= most) found.add(value);
  });
  return [...found].sort((a, b) => a - b).map(String);
}
