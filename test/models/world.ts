/** Choices among air, train, bus and car that every model can be tried on. */
import { prepare } from "../../src/backends/index.ts";
import { type ChoiceData, type LongOptions, long, Table } from "../../src/data/index.ts";
import { type Expr, parameter } from "../../src/expr/index.ts";
import { type ModelSpec, readModel } from "../../src/fit/index.ts";
import { random } from "../../src/math/random.ts";
import type { Model, ModelOptions } from "../../src/models/index.ts";
import { openProbabilities } from "../../src/post/mixing.ts";
import { type Compiled, compile } from "../../src/program/index.ts";
import type { Spec } from "../../src/spec/index.ts";

export const labels = ["air", "train", "bus", "car"] as const;

export interface WorldOptions {
  readonly situations?: number;
  /** Alternatives are missing at random, in all but the first situation; at least two stay. */
  readonly few?: boolean;
  /** Missing alternatives stay as rows with availability 0 and nonsense in their columns. */
  readonly closed?: boolean;
  readonly options?: Partial<LongOptions>;
}

/** x and z vary over alternatives, age over situations. Choices are random. */
export function world(
  seed: number,
  { situations = 40, few, closed, options }: WorldOptions = {},
): ChoiceData {
  const source = random(seed);
  const rows = Array.from({ length: situations }, (_, s) => {
    const age = 2 * source.uniform() - 1;
    const set = labels.map((alt) => ({
      s,
      alt,
      x: source.normal(),
      z: source.normal(),
      age,
      open: 1,
      choice: 0,
    }));
    const kept = set.filter(() => !few || source.uniform() < 0.6 || s === 0);
    const open = kept.length > 1 ? kept : set.slice(0, 2);
    open[source.below(open.length)].choice = 1;
    if (!closed) return open;
    return set.map((row) => (open.includes(row) ? row : { ...row, x: 1e300, z: Number.NaN, open: 0 }));
  });
  const available = closed ? { available: "open" } : {};
  return long(Table.from(rows.flat()), {
    situation: "s",
    alternative: "alt",
    choice: "choice",
    ...available,
    ...options,
  });
}

export const utilities = {
  air: "asc_air + b_x * x + b_z * z",
  train: "asc_train + b_x * x + b_z * z",
  bus: "asc_bus + b_x * x + b_z * z",
  car: "b_x * x + b_z * z",
};
export const spec: Spec = {
  parameters: { asc_air: 0.3, asc_train: -0.2, asc_bus: 0.4, b_x: 0.8, b_z: -0.5 },
  utilities,
};
/** One utility for all. */
export const shared: Spec = { parameters: { b_x: 0.8, b_z: -0.5 }, utilities: "b_x * x + b_z * z" };
/** `spec` with a parameter that adds to every utility. */
export const shifted: Spec = {
  parameters: { ...spec.parameters, shift: 0 },
  utilities: Object.fromEntries(Object.entries(utilities).map(([label, text]) => [label, `${text} + shift`])),
};

export interface Stage extends Compiled {
  readonly kernel: Model;
  readonly options: ModelOptions;
  readonly data: ChoiceData;
  readonly point: Float64Array;
  readonly names: readonly string[];
}

/** With nodes where the model takes draws; few for the slow obvious backend, which walks through them one by one. */
export const drawn = ({ draws }: Model, specification: Spec, count = 8): Spec =>
  draws ? { draws: { kind: "gaussHermite", count }, ...specification } : specification;

/** The model over the data at these parameters (default: its example's, and the starts of the utilities). */
export function stage(
  kernel: Model,
  data: ChoiceData,
  specification: Spec = spec,
  values: Readonly<Record<string, number>> = kernel.example.parameters,
): Stage {
  const { options } = kernel.example;
  const model: ModelSpec = { kernel: kernel.name, specification: drawn(kernel, specification), options };
  const { resolved, parameters } = readModel(model, data);
  const names = parameters.map(({ name }) => name);
  const point = Float64Array.from(parameters, ({ name, start }) => values[name] ?? start);
  return { ...compile(kernel, options, resolved, data), kernel, options, data, point, names };
}

/** Each expression, situation by situation: `out[m][s]`, or `[row]` along the axis. */
export async function each(at: Stage, outputs: readonly Expr[], backend?: string): Promise<number[][]> {
  const prepared = await prepare(at.program, at.data, backend);
  const out: number[][] = outputs.map(() => []);
  await prepared.each(outputs, at.point, ({ values }) => {
    for (const [m, column] of values.entries()) out[m].push(...column);
  });
  return out;
}

export const probabilities = (at: Stage, backend?: string): Promise<number[][]> =>
  each(at, openProbabilities({ model: at.kernel, options: at.options, parameter }, at.set), backend);

export const logsum = async (at: Stage): Promise<number[]> =>
  (await each(at, [at.kernel.logsum(at.set, parameter, at.options)]))[0];
