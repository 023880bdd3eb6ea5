/** What a report can ask of a fit: the attributes of its utilities, and the coefficient of each. */
import type { ChoiceData } from "../data/choiceData.ts";
import { Place, parse, topological } from "../expr/index.ts";
import { type Resolved, unitOf } from "../spec/index.ts";

/** The columns in the utilities that vary over the alternatives, in the order of their first mention. */
export function attributesOf({ texts, parameters }: Resolved, data: ChoiceData): string[] {
  const declared = new Set(parameters.map(({ name }) => name));
  const leaves = topological(Object.values(texts).map((text) => parse(text))).filter(
    (leaf) => leaf.op === "name" && (leaf.label !== "" || !declared.has(leaf.name)),
  );
  const names = [...new Set(leaves.map((leaf) => leaf.name))];
  return names.filter(
    (name) => data.resolve(name, 0) !== null && data.resolve(name, Place.situation) === null,
  );
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
