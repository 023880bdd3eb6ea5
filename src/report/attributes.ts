/** What a report can ask of a fit: the attributes of its utilities, and the coefficient of each. */
import type { ChoiceData } from "../data/choiceData.ts";
import { Place, parse, topological } from "../expr/index.ts";
import { type Resolved, unitOf } from "../spec/index.ts";

/**
 * The columns of numbers in the utilities: those that vary over the alternatives, then those of the situation, each
 * in the order of their first mention.
 */
export function columnsOf(
  { texts, parameters }: Resolved,
  data: ChoiceData,
): { readonly attributes: string[]; readonly variables: string[] } {
  const declared = new Set(parameters.map(({ name }) => name));
  const leaves = topological(Object.values(texts).map((text) => parse(text))).filter(
    (leaf) => leaf.op === "name" && (leaf.label !== "" || !declared.has(leaf.name)),
  );
  const names = [...new Set(leaves.map((leaf) => leaf.name))].filter(
    (name) => data.has(name) && !data.isText(name),
  );
  const isVariable = (name: string): boolean => data.resolve(name, Place.situation) !== null;
  return { attributes: names.filter((name) => !isVariable(name)), variables: names.filter(isVariable) };
}

/** The labels of the utilities that name all of these columns. */
export function holding({ texts }: Resolved, columns: readonly string[]): string[] {
  const holds = (text: string): boolean => {
    const names = new Set(topological([parse(text)]).map(({ name }) => name));
    return columns.every((column) => names.has(column));
  };
  return Object.keys(texts).filter((label) => holds(texts[label]));
}

/** The coefficient that multiplies this column alone, with the number of its units it is measured in. */
export function coefficientOf(
  { texts, parameters }: Resolved,
  column: string,
): { name: string; many: number } | null {
  for (const { name, role } of parameters) {
    const unit = role === "coefficient" ? unitOf(texts, name) : null;
    if (unit?.column === column) return { name, many: unit.many };
  }
  return null;
}
