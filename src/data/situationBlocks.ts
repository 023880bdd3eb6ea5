/** The numbers of a column some whole situations at a time, wherever they are. */
import { held } from "./column.ts";
import type { SourceColumn } from "./sourceColumn.ts";
import { blockOf } from "./stored.ts";

/** Situations of one block. */
const most = 2048;

/** @param visit gets the numbers of situations `first` up to `last`, the first of which has the place `from`. True ends it. */
export function situationBlocks(
  column: SourceColumn,
  start: Int32Array,
  visit: (first: number, last: number, values: Float64Array, from: number) => unknown,
): void {
  const numbers = held(column);
  const placeOf = (s: number): number => (column.addressing === "situation" ? s : start[s]);
  const situations = start.length - 1;
  for (let first = 0; first < situations; first += most) {
    const last = Math.min(first + most, situations);
    const values = blockOf(numbers, placeOf(first), placeOf(last) - placeOf(first));
    if (visit(first, last, values, placeOf(first)) === true) return;
  }
}
