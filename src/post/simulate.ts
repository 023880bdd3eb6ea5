/**
 * Choices drawn from a model: what these people would have chosen if it were true with these parameters. For
 * planning surveys, and for finding out whether a model gives back what was put in.
 */
import { prepare } from "../backends/index.ts";
import { Complaint, suggest } from "../complaint/index.ts";
import { ChoiceData, checkUsed } from "../data/index.ts";
import { type ModelSpec, readModel } from "../fit/index.ts";
import { random } from "../math/random.ts";
import { compile } from "../program/index.ts";
import { probabilityExprs } from "./options.ts";

export interface SimulateOptions {
  /** The same seed draws the same choices. */
  readonly seed: number;
}

/**
 * The same situations with choices drawn from the probabilities of the model. A parameter that is not named
 * is at its starting value. Throws a Complaint for a name that is no parameter.
 */
export async function simulate(
  model: ModelSpec,
  data: ChoiceData,
  parameters: Readonly<Record<string, number>>,
  { seed }: SimulateOptions,
): Promise<ChoiceData> {
  const { kernel, resolved, parameters: known } = readModel(model, data);
  refuseUnknown(
    parameters,
    known.map(({ name }) => name),
  );
  checkUsed(data, resolved.utilities);
  const compiled = compile(kernel, model.options ?? {}, resolved, data);
  const { program } = compiled;
  const point = Float64Array.from(known, ({ name, start }) => parameters[name] ?? start);
  const prepared = await prepare(program, data);
  const probabilities = probabilityExprs(compiled);
  const chosen = new Int32Array(data.situations);
  const source = random(seed);
  await prepared.each(probabilities, point, ({ from, situations, values }) => {
    const at = (s: number, row: number): number =>
      resolved.labels === null ? values[0][row - data.start[from]] : values[data.alternative![row]][s - from];
    for (let s = from; s < from + situations; s++) chosen[s] = drawn(data, s, source.uniform(), at);
  });
  prepared.dispose();
  return new ChoiceData({ ...data.parts, chosen, outcome: null });
}

/** The row of a situation at which the probabilities, added up, pass u. */
function drawn(
  { start }: ChoiceData,
  s: number,
  u: number,
  probability: (s: number, row: number) => number,
): number {
  let sum = 0;
  for (let row = start[s]; row < start[s + 1]; row++) {
    sum += probability(s, row);
    if (Number.isNaN(sum))
      throw new Complaint("a probability is not a number at these parameters", {
        where: `situation ${s + 1}`,
      });
    if (u < sum) return row;
  }
  return start[s + 1] - 1;
}

function refuseUnknown(given: Readonly<Record<string, number>>, known: readonly string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name))
      throw new Complaint(`a value is given for ${name}, which is no parameter`, {
        help: suggest(name, known),
      });
    if (!Number.isFinite(value)) throw new Complaint(`the value of ${name} is not a number`, { value });
  }
}
