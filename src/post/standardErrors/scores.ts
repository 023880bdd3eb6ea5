/** The scores of a fit, unit by unit, over the parameters that may move. */
import type { Fit } from "../../fit/index.ts";
import { isByPerson } from "../../program/index.ts";

export interface Scores {
  /** Places among the free parameters of those that are not at a bound. */
  readonly moving: readonly number[];
  /** Units × K, row by row. Units are situations, or persons in a mixture. */
  readonly values: Float64Array;
  /** Unit → person; null where none were declared. */
  readonly persons: Int32Array | null;
}

export async function scoresOf({
  compiled: { program },
  outcome,
  data,
  prepared,
  estimates,
}: Fit): Promise<Scores> {
  const moving = program.free.flatMap((_, k) => (outcome.atBound[k] === null ? [k] : []));
  const byPerson = isByPerson(program);
  const units = byPerson && data.person ? data.personCount : data.situations;
  const values = new Float64Array(units * moving.length);
  await prepared.scores(estimates, ({ from, terms, scores }) => {
    for (const [i, k] of moving.entries())
      for (let s = 0; s < terms; s++) values[(from + s) * moving.length + i] = scores[k][s];
  });
  const persons = byPerson ? Int32Array.from({ length: units }, (_, i) => i) : data.person;
  return { moving, values, persons: data.person ? persons : null };
}
