/** Expressions over choice data as numbers, one situation at a time: for checks, not for likelihoods. */
import type { ChoiceData } from "../data/choiceData.ts";
import { type Expr, evaluator, Place } from "../expr/index.ts";

/** Reads a data leaf at a row of a situation (row −1: the situation as such). NaN where it is not available. */
export type Reader = (leaf: Expr, situation: number, row: number) => number;

export function reader(data: ChoiceData): Reader {
  return (leaf, situation, row) => {
    const column = data.column(leaf.name);
    if (!column) return Number.NaN;
    if (column.addressing === "situation") return column.values[situation];
    if (column.addressing === "first") return column.values[data.start[situation]];
    return column.values[leaf.value === Place.axis ? row : data.rowAt(situation, leaf.value)];
  };
}

/** Values of parameters by name. */
export type Values = ReadonlyMap<string, number>;

const noValues: Values = new Map();

/** The value of a situation-level expression in every situation. */
export function valuesBySituation(
  expr: Expr,
  data: ChoiceData,
  visit: (value: number, situation: number) => void,
  parameters: Values = noValues,
): void {
  const at = situationEvaluator([expr], data, parameters);
  for (let s = 0; s < data.situations; s++) visit(at(s)[0], s);
}

/** Weighted means over persons of situation-level expressions, read at the first situation of each person. */
export function meansOverPersons(
  exprs: readonly Expr[],
  data: ChoiceData,
  parameters: Values = noValues,
): Float64Array {
  const at = situationEvaluator(exprs, data, parameters);
  const seen = new Set<number>();
  const sums = new Float64Array(exprs.length);
  let total = 0;
  for (let s = 0; s < data.situations; s++) {
    const person = data.person?.[s] ?? s;
    if (seen.has(person)) continue;
    seen.add(person);
    const weight = data.weight?.[s] ?? 1;
    total += weight;
    for (const [k, value] of at(s).entries()) sums[k] += weight * value;
  }
  return sums.map((sum) => sum / total);
}

function situationEvaluator(
  exprs: readonly Expr[],
  data: ChoiceData,
  parameters: Values,
): (situation: number) => Float64Array {
  const read = reader(data);
  const value = evaluator(exprs);
  return (s) => value((leaf) => (leaf.op === "parameter" ? parameters.get(leaf.name)! : read(leaf, s, -1)));
}

/** The alternatives of a situation as utility index and row. */
export function alternativesOf(data: ChoiceData, situation: number, isShared: boolean): [number, number][] {
  const found: [number, number][] = [];
  const alternative = data.alternative;
  for (let row = data.start[situation]; row < data.start[situation + 1]; row++)
    found.push([isShared ? 0 : (alternative?.[row] ?? 0), row]);
  return found;
}
