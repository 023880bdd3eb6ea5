/**
 * Choices drawn from a model: what these people would have chosen if it were true with these parameters. For
 * planning surveys, and for finding out whether a model gives back what was put in.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { ChoiceData, checkUsed } from "../data/index.ts";
import { type ModelSpec, readModel } from "../fit/index.ts";
import { random } from "../math/random.ts";
import { compile } from "../program/index.ts";
import { drawnPeople, place } from "./drawnPeople.ts";
import { chancesIn } from "./mixing.ts";

export interface SimulateOptions {
  /** The same seed draws the same choices. */
  readonly seed: number;
}

/**
 * The same situations with choices drawn from the probabilities of the model. A parameter that is not named
 * is at its starting value. A person has one class and one draw of each random coefficient in all situations (those
 * that vary within persons excepted). Throws a Complaint for a name that is no parameter.
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
  const point = Float64Array.from(known, ({ name, start }) => parameters[name] ?? start);
  const source = random(seed);
  const people = await drawnPeople(compiled, data, seed, (each) => chancesIn(each, compiled.set));
  const chosen = new Int32Array(data.situations);
  await people.each(point, source.uniform, (s, at) => {
    const first = data.start[s];
    const length = data.start[s + 1] - first;
    chosen[s] = first + place(source.uniform(), length, (j) => checked(at(first + j), s));
  });
  people.dispose();
  return new ChoiceData({ ...data.parts, chosen, outcome: null });
}

function checked(probability: number, s: number): number {
  if (!Number.isNaN(probability)) return probability;
  throw new Complaint("a probability is not a number at these parameters", { where: `situation ${s + 1}` });
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
