/** A column with missing values as two columns without any: where it has a value, and the value or else 0. */
import { blockOf, type Held } from "./stored.ts";

type Rule = (value: number) => number;

const rules: Readonly<Record<string, Rule>> = {
  ", 1 where given": (value) => (Number.isNaN(value) ? 0 : 1),
  ", 0 where missing": (value) => (Number.isNaN(value) ? 0 : value),
};
const [given, filled] = Object.keys(rules);

export const givenName = (column: string): string => column + given;
export const filledName = (column: string): string => column + filled;

/** The column that a name such as `answer, 1 where given` stands for, as numbers; null where it is no such name. */
export function withoutGaps(name: string, column: (name: string) => Held | null): Float64Array | null {
  for (const [ending, rule] of Object.entries(rules)) {
    const values = name.endsWith(ending) ? column(name.slice(0, -ending.length)) : null;
    if (values) return blockOf(values, 0, values.length).map(rule);
  }
  return null;
}
