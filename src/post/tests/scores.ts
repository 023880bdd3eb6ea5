/** What each choice or person says: the log-likelihood, and the score (its slope in the free parameters). */
import type { ChoiceData } from "../../data/index.ts";
import type { Stage } from "./refit.ts";

/** Weight × ∂ℓ/∂θ, row by row, over the program's free parameters: of situations, or of the persons of a mixture. */
export async function scoresOf({ program, prepared }: Stage, point: Float64Array): Promise<Float64Array> {
  const size = program.free.length;
  const blocks: Float64Array[] = [];
  await prepared.scores(point, ({ terms, scores }) => {
    const block = new Float64Array(terms * size);
    for (const [k, column] of scores.entries())
      for (let s = 0; s < terms; s++) block[s * size + k] = column[s];
    blocks.push(block);
  });
  return joined(blocks);
}

/** Weight × log-likelihood of each person (of each situation where no persons were declared). */
export async function unitLogLikelihoods(
  { data, prepared }: Pick<Stage, "data" | "prepared">,
  point: Float64Array,
): Promise<Float64Array> {
  const blocks: Float64Array[] = [];
  await prepared.scores(point, ({ values }) => blocks.push(values));
  return byUnit(joined(blocks), 1, data);
}

function joined(blocks: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(blocks.reduce((total, { length }) => total + length, 0));
  let next = 0;
  for (const block of blocks) {
    all.set(block, next);
    next += block.length;
  }
  return all;
}

/** Rows summed within each person; as they are where no person was declared, or where they are persons already. */
export function byUnit(rows: Float64Array, size: number, { person, personCount }: ChoiceData): Float64Array {
  if (!person || rows.length === personCount * size) return rows;
  const sums = new Float64Array(personCount * size);
  person.forEach((unit, s) => {
    for (let k = 0; k < size; k++) sums[unit * size + k] += rows[s * size + k];
  });
  return sums;
}
