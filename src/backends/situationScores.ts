/** The scores of a program without mixture, as outputs of its situations. */

import type { Program } from "../program/core.ts";
import { scoreOutputs } from "../program/core.ts";
import type { Prepared, ScoreBlock } from "./backend.ts";

export function scoresOfSituations(
  prepared: Pick<Prepared, "each">,
  program: Program,
  point: Float64Array,
  visit: (block: ScoreBlock) => void,
): Promise<void> {
  return prepared.each(scoreOutputs(program), point, ({ from, situations, values: [values, ...scores] }) =>
    visit({ from, terms: situations, values, scores }),
  );
}
