/**
 * Choices drawn from a model: what these people would have chosen if it were true with these parameters. For
 * planning surveys, and for finding out whether a model gives back what was put in.
 */
import { prepare } from "../backends/index.ts";
import { Complaint, suggest } from "../complaint/index.ts";
import { ChoiceData, checkUsed } from "../data/index.ts";
import { num } from "../expr/index.ts";
import { type ModelSpec, readModel } from "../fit/index.ts";
import { random } from "../math/random.ts";
import { compile, expectationOf, type Program } from "../program/index.ts";
import { openProbabilities } from "./mixing.ts";

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
  const { classes, program } = { ...compiled, program: withOneDraw(compiled.program, seed) };
  const prepared = await prepare(program, data);
  const chances = classes.map((each, c) =>
    openProbabilities(each, compiled.set).map((chance) =>
      expectationOf(program, (k) => (k === c ? chance : num(0))),
    ),
  );
  const members = classes.map((_, c) => expectationOf(program, (k) => num(Number(k === c))));
  const items = compiled.set.all.length;
  const classOf = new Map<number, number>();
  const chosen = new Int32Array(data.situations);
  await prepared.each([...members, ...chances.flat()], point, ({ from, situations, values }) => {
    for (let s = from; s < from + situations; s++) {
      const person = data.person?.[s] ?? s;
      if (!classOf.has(person))
        classOf.set(person, classes.length === 1 ? 0 : place(source.uniform(), classes.length, shareAt(s)));
      const c = classOf.get(person)!;
      const of = (item: number): Float64Array => values[classes.length + c * items + item];
      const at = (row: number): number =>
        resolved.labels === null ? of(0)[row - data.start[from]] : of(data.alternative![row])[s - from];
      const share = shareAt(s)(c);
      const first = data.start[s];
      const length = data.start[s + 1] - first;
      chosen[s] = first + place(source.uniform(), length, (j) => checked(at(first + j) / share, s));
    }
    function shareAt(s: number): (c: number) => number {
      return (c) => values[c][s - from];
    }
  });
  prepared.dispose();
  return new ChoiceData({ ...data.parts, chosen, outcome: null });
}

/** One draw per person (and situation, where coefficients vary within persons): these are their coefficients. */
const withOneDraw = (program: Program, seed: number): Program => ({
  ...program,
  draws: program.draws && {
    kind: "random",
    count: 1,
    seed,
    drop: 0,
    dimensions: program.draws.dimensions,
  },
});

/** The place at which chances, added up, pass u; the last one where rounding leaves them short of it. */
function place(u: number, count: number, chance: (at: number) => number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) {
    sum += chance(at);
    if (u < sum) return at;
  }
  return count - 1;
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
