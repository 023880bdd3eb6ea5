/** How the chosen alternative differs from the others, in the columns that the coefficients multiply. */
import type { Prepared } from "../backends/index.ts";
import { num, select, sub } from "../expr/index.ts";
import { atChosen } from "../models/index.ts";
import { type Compiled, dataOnly, isMixture, rowsOf } from "../program/index.ts";

/**
 * x_chosen − x_j for every alternative j of every situation, row by row, one number for each free parameter; null
 * where utilities are not linear in them. Labelled alternatives have a row each in every situation, of zeros where
 * they are not available.
 */
export async function differenceRows(
  { program, set }: Compiled,
  prepared: Prepared,
  point: Float64Array,
): Promise<Float64Array | null> {
  if (isMixture(program)) return null;
  const rows = rowsOf(program, program.classes[0].utilities, []);
  if (rows.length !== set.all.length || !rows.every((row) => row.slopes.every(dataOnly))) return null;
  const size = program.free.length;
  const chosen = program.free.map((_, k) =>
    atChosen(
      set,
      rows.map(({ slopes: each }) => each[k]),
    ),
  );
  const outputs = rows.flatMap((row, r) =>
    row.slopes.map((slope, k) => select(set.all[r].available, sub(chosen[k], slope), num(0))),
  );
  const out: number[] = [];
  await prepared.each(outputs, point, ({ values }) => {
    for (let i = 0; i < values[0].length; i++) {
      for (let r = 0; r < rows.length; r++) for (let k = 0; k < size; k++) out.push(values[r * size + k][i]);
    }
  });
  return Float64Array.from(out);
}
