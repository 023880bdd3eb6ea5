/** Of a hybrid choice model, what its estimates make of the choices without the indicators: ∫ Π P(choice | η) f(η) dη. */
import { prepare } from "../backends/index.ts";
import type { ChoiceData } from "../data/index.ts";
import type { Program } from "../program/index.ts";

/** @param estimates of all parameters. NaN where nothing was measured beside the choices. */
export async function choicesAlone(
  program: Program,
  data: ChoiceData,
  estimates: Float64Array,
  backend: string,
): Promise<number> {
  if (!program.classes.some(({ measured }) => measured)) return Number.NaN;
  const classes = program.classes.map(({ measured: _, ...rest }) => rest);
  const prepared = await prepare({ ...program, classes }, data, backend);
  const { value } = await prepared.evaluate(estimates, "value");
  prepared.dispose();
  return value;
}
