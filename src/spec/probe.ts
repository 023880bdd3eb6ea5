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

/** The value of a situation-level expression in every situation. */
export function valuesBySituation(
  expr: Expr,
  data: ChoiceData,
  visit: (value: number, situation: number) => void,
  parameters: ReadonlyMap<string, number> = new Map(),
): void {
  const read = reader(data);
  const value = evaluator([expr]);
  for (let s = 0; s < data.situations; s++) {
    const [found] = value((leaf) =>
      leaf.op === "parameter" ? parameters.get(leaf.name)! : read(leaf, s, -1),
    );
    visit(found, s);
  }
}

/** The alternatives of a situation as utility index and row. */
export function alternativesOf(data: ChoiceData, situation: number, isShared: boolean): [number, number][] {
  const found: [number, number][] = [];
  const alternative = data.alternative;
  for (let row = data.start[situation]; row < data.start[situation + 1]; row++)
    found.push([isShared ? 0 : (alternative?.[row] ?? 0), row]);
  return found;
}
