/** Small made-up choice data of every kind, with a model of each, the same for the same seed. */
import { type ChoiceData, long, Table, wide } from "../../src/data/index.ts";
import { type Fit, type FitOptions, fit, logit, type ModelSpec } from "../../src/fit/index.ts";
import { type Random, random } from "../../src/math/random.ts";

export interface World {
  readonly data: ChoiceData;
  readonly model: ModelSpec;
  /** A number that varies over alternatives, one that is paid, and one of the situation if there is one. */
  readonly time: string;
  readonly cost: string;
  readonly income: string | null;
}

export const labels = ["train", "bus", "car"] as const;

/** The place of the largest utility with Gumbel noise. */
function choose(source: Random, utilities: readonly number[]): number {
  const noisy = utilities.map((utility) => utility + source.gumbel());
  return noisy.indexOf(Math.max(...noisy));
}

const columns = [
  "situation",
  "person",
  "mode",
  "time",
  "cost",
  "seat",
  "income",
  "region",
  "weight",
  "choice",
];
type Row = Record<string, string | number>;

/** `few`: alternatives are missing at random. */
export function longRows(seed: number, { few = false, situations = 90 } = {}): Row[] {
  const source = random(seed);
  return Array.from({ length: situations }, (_, s) => {
    const income = 1 + 4 * source.uniform();
    const region = ["north", "south", "west"][source.below(3)];
    const weight = 0.5 + source.uniform();
    const kept = labels.filter(() => !few || source.uniform() < 0.7);
    const set = kept.length > 1 ? kept : labels.slice(0, 2);
    const rows = set.map((mode) => ({
      situation: `s${s}`,
      person: Math.floor(s / 3),
      mode,
      time: 10 + 40 * source.uniform(),
      cost: 1 + 9 * source.uniform(),
      seat: source.below(2),
      income,
      region,
      weight,
      choice: 0,
    }));
    const utility = (row: (typeof rows)[number]): number =>
      -0.05 * row.time - 0.2 * row.cost + 0.5 * row.seat + (row.mode === "car" ? 0.2 * income - 0.5 : 0);
    rows[choose(source, rows.map(utility))].choice = 1;
    return rows;
  }).flat();
}

export const tableOf = (rows: readonly Row[]): Table =>
  Table.of(Object.fromEntries(columns.map((name) => [name, rows.map((row) => row[name])])));

export const longOptions = {
  situation: "situation",
  alternative: "mode",
  choice: "choice",
  person: "person",
  reference: "train",
} as const;

export const common = { time: "time", cost: "cost" } as const;

export function labelled(seed: number): World {
  const data = long(tableOf(longRows(seed)), longOptions);
  return { ...common, data, model: logit("time + cost + seat | income"), income: "income" };
}

export function weighted(seed: number): World {
  const data = long(tableOf(longRows(seed)), { ...longOptions, weight: "weight" });
  return { ...common, data, model: logit("time + cost + seat | income"), income: "income" };
}

/** Alternatives missing, and utilities that bend. */
export function ragged(seed: number): World {
  const data = long(tableOf(longRows(seed, { few: true, situations: 140 })), longOptions);
  const utility = "b_time * log(time) + b_cost * cost / 10 + b_seat * seat";
  const model = logit({
    parameters: { asc_bus: 0, asc_car: 0, b_time: 0, b_cost: 0, b_seat: 0, b_income: 0 },
    utilities: {
      train: utility,
      bus: `asc_bus + ${utility}`,
      car: `asc_car + ${utility} + b_income * income`,
    },
  });
  return { ...common, data, model, income: "income" };
}

/** One row a situation; attributes are expressions of columns. */
export function wideWorld(seed: number): World {
  const source = random(seed);
  const names = ["t_train", "t_bus", "t_car", "fare", "fuel", "card", "income"] as const;
  const rows = Array.from({ length: 120 }, () => {
    const [t_train, t_bus, t_car] = labels.map(() => 10 + 40 * source.uniform());
    const [fare, fuel] = [2 + 8 * source.uniform(), 1 + 5 * source.uniform()];
    const row = {
      t_train,
      t_bus,
      t_car,
      fare,
      fuel,
      card: source.below(2),
      income: 1 + 4 * source.uniform(),
    };
    const price = [fare * (1 - row.card), (fare * (1 - row.card)) / 2, fuel];
    const utilities = [t_train, t_bus, t_car].map((time, j) => -0.05 * time - 0.2 * price[j]);
    return { ...row, choice: labels[choose(source, utilities)] as string };
  });
  const table = Table.of({
    ...Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])),
    choice: rows.map(({ choice }) => choice),
  });
  const data = wide(table, {
    choice: "choice",
    alternatives: [...labels],
    attributes: {
      time: "t_{alternative}",
      cost: { train: "fare * (card == 0)", bus: "fare * (card == 0) / 2", car: "fuel" },
    },
  });
  const model = logit({
    parameters: { asc_train: 0, asc_bus: 0, b_time: 0, b_cost: 0 },
    utilities: {
      train: "asc_train + b_time * time + b_cost * cost",
      bus: "asc_bus + b_time * time + b_cost * cost",
      car: "b_time * time + b_cost * cost",
    },
  });
  return { ...common, data, model, income: null };
}

/** Profiles without names, two to four at a time. */
export function unlabelled(seed: number): World {
  const source = random(seed);
  const rows = Array.from({ length: 120 }, (_, s) => {
    const size = 2 + source.below(3);
    const set = Array.from({ length: size }, () => ({
      task: s,
      person: Math.floor(s / 4),
      time: 10 + 40 * source.uniform(),
      cost: 1 + 9 * source.uniform(),
      seat: source.below(2),
      choice: 0,
    }));
    const chosen = choose(
      source,
      set.map((row) => -0.05 * row.time - 0.2 * row.cost + 0.4 * row.seat),
    );
    set[chosen].choice = 1;
    return set;
  }).flat();
  const data = long(Table.from(rows), { situation: "task", choice: "choice", person: "person" });
  return { ...common, data, model: logit("time + cost + seat"), income: null };
}

export const worlds = { labelled, weighted, ragged, wide: wideWorld, unlabelled } as const;
export const worldNames = Object.keys(worlds) as (keyof typeof worlds)[];

/** Fitted; a world whose draw happens to have no maximum is drawn again. */
export async function fitted(
  make: (seed: number) => World,
  seed: number,
  options: FitOptions = {},
): Promise<World & { fit: Fit }> {
  for (let again = seed; again < seed + 5; again++) {
    const world = make(again);
    const found = await fit(world.model, world.data, options);
    if (found.converged) return { ...world, fit: found };
  }
  throw new Error("no such world has a maximum");
}

export const numbersIn = (table: Table, name: string): number[] => {
  const column = table.column(name);
  if (column.kind !== "number") throw new Error(`${name} holds no numbers`);
  return [...column.values];
};

export const textsIn = (table: Table, name: string): string[] => {
  const column = table.column(name);
  if (column.kind !== "text") throw new Error(`${name} holds no text`);
  return [...column.codes].map((code) => column.levels[code]);
};

/** Largest distance between two columns, relative to the largest number in them. */
export function distance(found: readonly number[], wanted: readonly number[]): number {
  if (found.length !== wanted.length)
    throw new Error(`${found.length} numbers where ${wanted.length} were expected`);
  const size = Math.max(...wanted.map(Math.abs), 1e-12);
  return Math.max(...found.map((value, i) => Math.abs(value - wanted[i]))) / size;
}
