/** Simulated travellers with an attitude that nobody sees, and answers that show it. */
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import { random } from "../../src/math/random.ts";
import { hybrid, type LatentVariables, type Spec, sobol } from "../../src/spec/index.ts";

/** green = 0.8 female − 0.5 young + ω raises the taste for train and bus, and shows in three answers. */
export const truth = {
  asc_train: 0.3,
  asc_bus: -0.2,
  b_time: -1,
  lambda_green: 0.7,
  gamma_green_female: 0.8,
  gamma_green_young: -0.5,
  loading_green_concern: 1.2,
  threshold_concern_1: -1.5,
  threshold_concern_2: 0.2,
  threshold_concern_3: 1.8,
  loading_green_cars: -0.9,
  threshold_cars_1: -0.5,
  threshold_cars_2: 1,
  loading_green_spend: 2,
  constant_spend: 10,
  sigma_spend: 3,
} as const;

export const latentVariables: LatentVariables = {
  green: {
    on: "female + young",
    indicators: { concern: "ordered", cars: { kind: "ordered", link: "probit" }, spend: "continuous" },
  },
};

export const choice: Spec = {
  parameters: { asc_train: 0, asc_bus: 0, b_time: 0, lambda_green: 0 },
  utilities: {
    train: "asc_train + lambda_green * green + b_time * time",
    bus: "asc_bus + lambda_green * green + b_time * time",
    car: "b_time * time",
  },
};

export const green = hybrid(choice, latentVariables, { draws: sobol(64) });

const alternatives = ["train", "bus", "car"] as const;
const names = [
  "person",
  "task",
  "alt",
  "choice",
  "time",
  "female",
  "young",
  "concern",
  "cars",
  "spend",
] as const;

const utility = (alt: string, time: number, eta: number): number =>
  truth.b_time * time +
  (alt === "car" ? 0 : truth[alt === "train" ? "asc_train" : "asc_bus"] + truth.lambda_green * eta);

interface Options {
  readonly persons: number;
  readonly tasks?: number;
  readonly seed?: number;
  /** The share of people who leave out the answer on spending. */
  readonly silent?: number;
}

export function travellers({ persons, tasks = 4, seed = 1, silent = 0 }: Options): ChoiceData {
  const columns: Record<string, (number | string)[]> = Object.fromEntries(names.map((name) => [name, []]));
  const dice = random(seed);
  for (let i = 0; i < persons; i++) {
    const person = answers(dice, silent);
    for (let t = 0; t < tasks; t++) {
      const trip = alternatives.map((alt) => ({ alt, time: dice.normal() }));
      const utilities = trip.map(({ alt, time }) => utility(alt, time, person.eta) + dice.gumbel());
      const best = utilities.indexOf(Math.max(...utilities));
      for (const [j, { alt, time }] of trip.entries()) {
        const row = { ...person, person: i, task: i * tasks + t, alt, time, choice: Number(j === best) };
        for (const name of names) columns[name].push(row[name]);
      }
    }
  }
  return long(Table.of(columns as Record<string, number[]>), {
    situation: "task",
    alternative: "alt",
    choice: "choice",
    person: "person",
  });
}

function answers(dice: ReturnType<typeof random>, silent: number) {
  const [female, young] = [dice.below(2), dice.below(2)];
  const eta = truth.gamma_green_female * female + truth.gamma_green_young * young + dice.normal();
  const logistic = dice.gumbel() - dice.gumbel();
  const level = (latent: number, ...thresholds: number[]): number =>
    1 + thresholds.filter((threshold) => latent > threshold).length;
  return {
    eta,
    female,
    young,
    concern: level(truth.loading_green_concern * eta + logistic, -1.5, 0.2, 1.8),
    cars: level(truth.loading_green_cars * eta + dice.normal(), -0.5, 1),
    spend:
      dice.uniform() < silent
        ? Number.NaN
        : truth.constant_spend + truth.loading_green_spend * eta + truth.sigma_spend * dice.normal(),
  };
}
