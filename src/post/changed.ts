/**
 * Choice data in which some names mean something else. Nothing is copied: a name is looked up first among the
 * changes, then in the data as they were. A wide attribute that is made of changed columns changes with them.
 */
import { levelName, levelTest } from "../data/categories.ts";
import type { ChoiceData } from "../data/index.ts";
import { data as dataLeaf, type Expr, Place, substitute, topological } from "../expr/index.ts";

/** What a name means instead, at a place; undefined where it keeps its meaning. */
export type Meaning = (name: string, place: number) => Expr | undefined;

/** Along the axis, the number of the alternative that a row is, as a column. */
const alternativeColumn = "number of the alternative";
export const alternativeOnAxis = (): Expr => dataLeaf(alternativeColumn, Place.axis);

/** The same data with other meanings; changes of changed data build on each other. */
export function changed(before: ChoiceData, meaning: Meaning): ChoiceData {
  const resolve = (name: string, place: number): Expr | null =>
    meaning(name, place) ?? madeOf(before.resolve(name, place), name, place);
  const madeOf = (found: Expr | null, name: string, place: number): Expr | null => {
    if (found === null) return null;
    return substitute([found], topological([found]), (leaf) =>
      leaf.op === "data" && leaf.name !== name && !before.attributeNames.includes(leaf.name)
        ? meaning(leaf.name, place)
        : undefined,
    )[0];
  };
  const isLevel = (name: string, level: string, place: number): Expr | null => {
    const isDummy = before.category(name)?.coding === "dummy";
    return (
      meaning(levelTest(name, level), place) ??
      (isDummy ? meaning(levelName(name, level), place) : undefined) ??
      before.isLevel(name, level, place)
    );
  };
  const column = (name: string) =>
    name === alternativeColumn && before.alternative
      ? { values: Float64Array.from(before.alternative), addressing: "row" as const }
      : before.column(name);
  return Object.defineProperties(Object.create(before) as ChoiceData, {
    resolve: { value: resolve },
    isLevel: { value: isLevel },
    column: { value: column },
  });
}
