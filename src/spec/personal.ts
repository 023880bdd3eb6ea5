/** What belongs to a person is the same in all situations of the person. */
import type { ChoiceData } from "../data/choiceData.ts";
import type { Expr } from "../expr/index.ts";
import { valuesBySituation } from "./probe.ts";

/** The first person for whom a situation-level expression varies, and two of its values; null where there is none. */
export function firstVarying(
  expr: Expr,
  data: ChoiceData,
): { readonly person: string; readonly values: readonly [number, number] } | null {
  if (!data.person) return null;
  const known = new Map<number, number>();
  let found: { person: string; values: [number, number] } | null = null;
  valuesBySituation(expr, data, (value, situation) => {
    const person = data.person![situation];
    const before = known.get(person);
    if (!found && before !== undefined && !Object.is(before, value))
      found = { person: data.persons[person], values: [before, value] };
    known.set(person, value);
  });
  return found;
}
