/**
 * Makes the simulated datasets. Everything follows from the seeds and the numbers in `truth`, which the
 * pages conjoint.md, rp-sp.md and attitudes.md repeat. `npm run datasets` writes the files.
 *
 * Chosen is the alternative with the largest V/τ + ε, ε independent standard Gumbel: a logit.
 */
import { type Random, random } from "../src/math/random.ts";

/** What the estimates should come close to. */
export const truth = {
  conjoint: {
    people: 300,
    tasks: 8,
    profiles: 3,
    /** Of the price in hundreds: −exp(mean + spread · z). */
    price: { mean: -0.4, spread: 0.5 },
    battery: { mean: 0.22, spread: 0.12 },
    weight: -0.9,
    brand: { Aster: 0, Boreal: { mean: 0.5, spread: 0.8 }, Cobalt: -0.4 },
  },
  rpSp: {
    people: 500,
    tasks: 4,
    asc_bus: -0.6,
    asc_train: -0.2,
    b_time: -0.05,
    b_cost: -0.3,
    temperature: { rp: 1, sp: 1.8 },
  },
  attitudes: {
    people: 400,
    tasks: 5,
    asc_bus: -0.9,
    asc_train: -0.4,
    /** An hour. */
    b_time: -2.4,
    b_cost: -0.25,
    /** What a unit of the attitude adds to the utilities of bus and train. */
    lambda_green: 0.6,
    gamma: { female: 0.5, age: -0.3 },
    /** Of logistic answers on five levels. */
    concern: { loading: 1.6, thresholds: [-3, -1.5, 0.3, 2] },
    freedom: { loading: -1.1, thresholds: [-2.4, -0.8, 0.6, 1.9] },
    tax: { loading: 0.9, thresholds: [-1.2, 0.1, 1, 2.3] },
    /** Of a number with normal noise. */
    offset: { loading: 6, constant: 15, sigma: 8 },
    silent: 0.1,
  },
};

const row = (cells: readonly (string | number)[]): string => `${cells.join(",")}\n`;
const round = (value: number, step: number): number => Number((Math.round(value / step) * step).toFixed(6));

function largest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

/** Choices of laptops: 300 people, 8 tasks each, 3 profiles without names. Long layout. */
export function conjoint(): string {
  const { people, tasks, profiles } = truth.conjoint;
  const source = random(1996);
  let text = row(["person", "task", "profile", "choice", "brand", "price", "battery", "weight"]);
  for (let person = 1; person <= people; person++) {
    const value = taste(source);
    for (let task = 1; task <= tasks; task++) {
      const shown = Array.from({ length: profiles }, () => profile(source));
      const chosen = largest(shown.map((each) => value(each) + source.gumbel()));
      shown.forEach(({ brand, price, battery, weight }, i) => {
        text += row([person, task, i + 1, i === chosen ? 1 : 0, brand, price, battery, weight]);
      });
    }
  }
  return text;
}

interface Profile {
  readonly brand: "Aster" | "Boreal" | "Cobalt";
  readonly price: number;
  readonly battery: number;
  readonly weight: number;
}

function profile(source: Random): Profile {
  return {
    brand: (["Aster", "Boreal", "Cobalt"] as const)[source.below(3)],
    price: 600 + 100 * source.below(9),
    battery: 6 + 2 * source.below(6),
    weight: round(1 + 0.2 * source.below(7), 0.1),
  };
}

/** The utility function of one person. */
function taste(source: Random): (shown: Profile) => number {
  const { price, battery, weight, brand } = truth.conjoint;
  const ofPrice = -Math.exp(price.mean + price.spread * source.normal());
  const ofBattery = battery.mean + battery.spread * source.normal();
  const ofBrand = { ...brand, Boreal: brand.Boreal.mean + brand.Boreal.spread * source.normal() };
  return (shown) =>
    (ofPrice * shown.price) / 100 + ofBattery * shown.battery + weight * shown.weight + ofBrand[shown.brand];
}

type Trip = readonly { readonly time: number; readonly cost: number }[];
const modes = ["car", "bus", "train"] as const;

/** One trip made and four imagined ones of each person; by car, bus or train. Wide layout. */
export function rpSp(): string {
  const { people, tasks } = truth.rpSp;
  const source = random(2001);
  const attributes = modes.flatMap((mode) => [`${mode}_time`, `${mode}_cost`]);
  let text = row(["person", "source", "task", "choice", "car_available", ...attributes]);
  for (let person = 1; person <= people; person++) {
    const hasCar = source.uniform() < 0.85;
    const made = trip(source);
    for (let task = 0; task <= tasks; task++) {
      const kind = task === 0 ? "rp" : "sp";
      const shown = task === 0 ? made : imagined(made, source);
      const chosen = modes[largest(utilities(shown, kind, hasCar, source))];
      const cells = shown.flatMap(({ time, cost }) => [time, cost]);
      text += row([person, kind, task, chosen, hasCar ? 1 : 0, ...cells]);
    }
  }
  return text;
}

function trip(source: Random): Trip {
  const distance = Math.exp(2.7 + 0.6 * source.normal());
  const [slow, wait, parking] = [source.uniform(), source.uniform(), source.uniform()];
  return [
    { time: round(4 + distance * (1.1 + 0.8 * slow), 1), cost: round(0.22 * distance + 4 * parking, 0.1) },
    { time: round(8 + 15 * wait + 2 * distance, 1), cost: round(1.5 + 0.08 * distance, 0.1) },
    { time: round(12 + 20 * source.uniform() + 0.9 * distance, 1), cost: round(2 + 0.16 * distance, 0.1) },
  ];
}

/** The trip with each time and cost changed by up to 40 %. */
const imagined = (made: Trip, source: Random): Trip =>
  made.map(({ time, cost }) => ({
    time: round(time * (0.6 + 0.2 * source.below(5)), 1),
    cost: round(cost * (0.6 + 0.2 * source.below(5)), 0.1),
  }));

function utilities(shown: Trip, kind: "rp" | "sp", hasCar: boolean, source: Random): number[] {
  const { asc_bus, asc_train, b_time, b_cost, temperature } = truth.rpSp;
  const constants = [0, asc_bus, asc_train];
  return shown.map(({ time, cost }, i) => {
    const value = (constants[i] + b_time * time + b_cost * cost) / temperature[kind] + source.gumbel();
    return i === 0 && !hasCar ? Number.NEGATIVE_INFINITY : value;
  });
}

/** Commuters with an attitude that nobody sees, and four answers that show it. Wide layout. */
export function attitudes(): string {
  const { people, tasks } = truth.attitudes;
  const source = random(2002);
  const attributes = modes.flatMap((mode) => [`${mode}_time`, `${mode}_cost`]);
  const answers = ["female", "age", "concern", "freedom", "tax", "offset"];
  let text = row(["person", "task", "choice", ...attributes, ...answers]);
  for (let person = 1; person <= people; person++) {
    const { green, cells } = commuter(source);
    const usual = trip(source);
    for (let task = 1; task <= tasks; task++) {
      const shown = imagined(usual, source);
      const values = shown.map(({ time, cost }, i) => {
        const { asc_bus, asc_train, b_time, b_cost, lambda_green } = truth.attitudes;
        const own = i === 0 ? 0 : [asc_bus, asc_train][i - 1] + lambda_green * green;
        return own + (b_time * time) / 60 + b_cost * cost + source.gumbel();
      });
      const chosen = modes[largest(values)];
      text += row([person, task, chosen, ...shown.flatMap(({ time, cost }) => [time, cost]), ...cells]);
    }
  }
  return text;
}

/** One person's attitude, sex, age and answers. */
function commuter(source: Random): { green: number; cells: (string | number)[] } {
  const { gamma, concern, freedom, tax, offset, silent } = truth.attitudes;
  const [female, age] = [source.below(2), 20 + source.below(45)];
  const green = gamma.female * female + (gamma.age * (age - 40)) / 10 + source.normal();
  const levels = [concern, freedom, tax].map(({ loading, thresholds }) => {
    const latent = loading * green + source.gumbel() - source.gumbel();
    return 1 + thresholds.filter((threshold) => latent > threshold).length;
  });
  const amount = offset.constant + offset.loading * green + offset.sigma * source.normal();
  const paid = source.uniform() < silent ? "" : round(amount, 0.5);
  return { green, cells: [female, age, ...levels, paid] };
}
