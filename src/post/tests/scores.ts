/** What each situation says: its log-likelihood, and its score (the slope of that in the free parameters). */
import type { ChoiceData } from "../../data/index.ts";
import { scoreOutputs } from "../../program/index.ts";
import type { Stage } from "./refit.ts";

/** Weight × ∂ℓ/∂θ, situations × K, row by row, over the program's free parameters. */
export async function scoresOf(
  { data, program, prepared }: Stage,
  point: Float64Array,
): Promise<Float64Array> {
  const size = program.free.length;
  const scores = new Float64Array(data.situations * size);
  await prepared.each(scoreOutputs(program), point, ({ from, values }) => {
    for (const [k, column] of values.entries())
      for (let s = 0; s < column.length; s++) scores[(from + s) * size + k] = column[s];
  });
  return scores;
}

/** ln P of the choice of every situation, without its weight. */
export async function logLikelihoodsOf(
  { data, program, prepared }: Stage,
  point: Float64Array,
): Promise<Float64Array> {
  const each = new Float64Array(data.situations);
  await prepared.each([program.classes[0].term], point, ({ from, values }) => each.set(values[0], from));
  return each;
}

/** Rows summed within each person; as they are where no person was declared. */
export function byUnit(rows: Float64Array, size: number, { person, personCount }: ChoiceData): Float64Array {
  if (!person) return rows;
  const sums = new Float64Array(personCount * size);
  person.forEach((unit, s) => {
    for (let k = 0; k < size; k++) sums[unit * size + k] += rows[s * size + k];
  });
  return sums;
}
