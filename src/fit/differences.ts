/** How the alternatives of a set differ from one of them, in the columns that the coefficients multiply. */
import type { Prepared } from "../backends/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { num, Place, select, utility } from "../expr/index.ts";
import { type Compiled, dataOnly, isMixture, rowsOf } from "../program/index.ts";

/**
 * x_r − x_j for every alternative j of every situation, row by row, one number for each free parameter, with x = ∂V/∂β and
 * r the chosen alternative (ranked first, best), or the first one where no single one was chosen. Labelled alternatives
 * have a row each in every situation, of zeros where they are not available.
 * @param point where the derivatives are taken, if utilities are not linear in the parameters.
 * @param local whether derivatives at the point will do; otherwise null is returned where utilities are not linear.
 * Null as well for mixtures, and where utilities are not those of the alternatives.
 */
export async function differenceRows(
  { program, set }: Compiled,
  prepared: Prepared,
  point: Float64Array,
  data: ChoiceData,
  local = false,
): Promise<Float64Array | null> {
  if (isMixture(program)) return null;
  const { utilities } = program.classes[0];
  const all = utilities.map((_, j) => utility(program.alternatives === null ? Place.axis : j));
  const rows = rowsOf(program, utilities, all);
  if (rows.length !== set.all.length) return null;
  if (!local && !rows.every((row) => row.slopes.every(dataOnly))) return null;
  const outputs = rows.flatMap((row, r) =>
    row.slopes.map((slope) => select(set.all[r].available, slope, num(0))),
  );
  const size = program.free.length;
  const height = set.axis ? data.rows : data.situations * rows.length;
  const out = new Float64Array(height * size);
  await prepared.each(outputs, point, ({ from, values }) => {
    const first = set.axis ? data.start[from] : from * rows.length;
    for (let i = 0; i < values[0].length; i++)
      for (let m = 0; m < values.length; m++) out[(first + i * rows.length) * size + m] = values[m][i];
  });
  for (let s = 0; s < data.situations; s++) {
    const [from, places] = set.axis
      ? [data.start[s], placesAlong(data, s)]
      : [s * rows.length, placesOf(data, s, rows.length)];
    subtract(out, size, from, places, reference(data, s, places));
  }
  return out;
}

/** The row of the data at each place of the choice set, −1 where nothing is. */
const placesAlong = (data: ChoiceData, s: number): number[] =>
  Array.from({ length: data.start[s + 1] - data.start[s] }, (_, i) => data.start[s] + i);
const placesOf = (data: ChoiceData, s: number, count: number): number[] =>
  Array.from({ length: count }, (_, j) => data.rowAt(s, j));

const reference = ({ chosen }: ChoiceData, s: number, places: readonly number[]): number =>
  chosen ? places.indexOf(chosen[s]) : places.findIndex((row) => row >= 0);

/** Every row that is there becomes what the reference has more. */
function subtract(
  out: Float64Array,
  size: number,
  from: number,
  places: readonly number[],
  reference: number,
): void {
  const base = out.slice((from + reference) * size, (from + reference + 1) * size);
  for (const [j, row] of places.entries())
    for (let k = 0; k < size; k++) {
      const at = (from + j) * size + k;
      out[at] = row < 0 ? 0 : base[k] - out[at];
    }
}
