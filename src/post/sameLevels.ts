/**
 * Other data read with the categories of the fit: a 0/1 column means the same level against the same reference,
 * also where these data lack some of the levels. A level that the fit has never seen is complained about.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import type { Category } from "../data/categories.ts";
import type { ChoiceData } from "../data/index.ts";
import { type Expr, num, sub } from "../expr/index.ts";

/** `data` as seen from `fitted`, the data of the fit. */
export function withLevelsOf(fitted: ChoiceData, data: ChoiceData): ChoiceData {
  const test = (name: string, level: string, place: number): Expr | null =>
    data.levels(name).includes(level) ? data.isLevel(name, level, place) : num(0);
  const indicator = (name: string, place: number): Expr | null | undefined => {
    const found = categoryOf(name, fitted);
    if (!found || !data.isText(found.name)) return undefined;
    const { coding, reference, levels } = found.category;
    refuseUnseen(found.name, data.levels(found.name), levels);
    const level = test(found.name, name.slice(found.name.length + 1), place);
    if (coding === "dummy" || level === null) return level;
    const opposite = test(found.name, reference, place);
    return opposite && sub(level, opposite);
  };
  return Object.defineProperties(Object.create(data) as ChoiceData, {
    resolve: {
      value: (name: string, place: number) => {
        const known = indicator(name, place);
        return known === undefined ? data.resolve(name, place) : known;
      },
    },
    has: { value: (name: string) => data.has(name) || categoryOf(name, fitted) !== null },
    isLevel: { value: test },
    levels: { value: (name: string) => (data.isText(name) ? fitted.levels(name) : []) },
    category: { value: (name: string) => (data.isText(name) ? fitted.category(name) : null) },
  });
}

/** The category of the fit whose 0/1 column has this name. */
function categoryOf(name: string, fitted: ChoiceData): { name: string; category: Category } | null {
  for (const { index } of name.matchAll(/_/g)) {
    const category = fitted.category(name.slice(0, index));
    if (category?.columns.includes(name)) return { name: name.slice(0, index), category };
  }
  return null;
}

function refuseUnseen(name: string, levels: readonly string[], known: readonly string[]): void {
  const unseen = levels.find((level) => !known.includes(level));
  if (unseen === undefined) return;
  throw new Complaint(`${name} is ${JSON.stringify(unseen)} here, which the fit has never seen`, {
    rule: "a model can be asked only about the levels it was fitted to",
    help: suggest(unseen, known),
  });
}
