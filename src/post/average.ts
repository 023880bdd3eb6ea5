/** The average of a column over persons. */
import type { ChoiceData } from "../data/index.ts";
import { resolve } from "../data/resolve.ts";
import { Place, parse } from "../expr/index.ts";
import { meansOverPersons } from "../spec/index.ts";

/** Of an expression of situation variables, at the first situation of every person; weights count. */
export function average(data: ChoiceData, text: string): number {
  const expr = resolve(parse(text), {
    data,
    place: Place.situation,
    parameter: () => undefined,
    source: text,
  });
  return meansOverPersons([expr], data)[0];
}
