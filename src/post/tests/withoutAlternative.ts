/** The alternatives that a test of the independence of irrelevant alternatives can take away, one at a time. */
import { Complaint, suggest } from "../../complaint/index.ts";
import type { ChoiceData } from "../../data/index.ts";
import { type Part, rowsKept } from "../../data/rowsKept.ts";

/** Longest choice set without labels whose places are taken away one by one. */
const most = 12;

/** Names of all alternatives: labels, or places in choice sets without labels ("1", "2", …). */
export function alternativesOf(data: ChoiceData): string[] {
  if (data.labels) return [...data.labels];
  let longest = 0;
  for (let s = 0; s < data.situations; s++) longest = Math.max(longest, data.start[s + 1] - data.start[s]);
  return Array.from({ length: Math.min(longest, most) }, (_, p) => String(p + 1));
}

/** Throws a Complaint for a name that is no alternative. */
export function checkAlternatives(data: ChoiceData, names: readonly string[]): void {
  const known = alternativesOf(data);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Complaint(`there is no alternative ${unknown}`, { help: suggest(unknown, known) });
}

/** The choices among the others. */
export function withoutAlternative(data: ChoiceData, name: string): Part {
  const index = alternativesOf(data).indexOf(name);
  const { alternative } = data;
  return rowsKept(data, (row, s) =>
    alternative ? alternative[row] !== index : row - data.start[s] !== index,
  );
}
