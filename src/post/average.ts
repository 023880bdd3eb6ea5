/** The average of a column over persons. */
import type { ChoiceData } from "../data/index.ts";
import { resolve } from "../data/resolve.ts";
import { Place, parse } from "../expr/index.ts";
import { valuesBySituation } from "../spec/index.ts";

/** Of an expression of situation variables, at the first situation of every person; weights count. */
export function average(data: ChoiceData, text: string): number {
  const expr = resolve(parse(text), {
    data,
    place: Place.situation,
    parameter: () => undefined,
    source: text,
  });
  const seen = new Set<number>();
  let [sum, total] = [0, 0];
  valuesBySituation(expr, data, (value, s) => {
    const person = data.person?.[s] ?? s;
    if (seen.has(person)) return;
    seen.add(person);
    const weight = data.weight?.[s] ?? 1;
    sum += weight * value;
    total += weight;
  });
  return sum / total;
}
