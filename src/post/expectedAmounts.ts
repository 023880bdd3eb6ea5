/**
 * What a fitted MDCEV expects to be taken of each good. Every situation's budget is spread anew for drawn noise and,
 * where coefficients are random or people belong to classes, for drawn people. The same noise and people serve the
 * estimates and all draws of the parameters, so that intervals hold sampling error alone.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { Table } from "../data/index.ts";
import { type Expr, parameter } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { random } from "../math/random.ts";
import { type Good, goodsOf, modelOf } from "../models/index.ts";
import { type ClassModel, isMixture } from "../program/index.ts";
import { boundsOf } from "./bounds.ts";
import { drawnPeople } from "./drawnPeople.ts";
import { krinskyRobb } from "./intervals/krinskyRobb.ts";
import type { ParameterDraws } from "./intervals/parameterDraws.ts";
import { quantile } from "./intervals/percentiles.ts";
import { scenarioNote } from "./scenario.ts";
import { type Circumstances, type Scene, sceneOf } from "./scene.ts";
import { spreadBudget } from "./spreadBudget.ts";

export interface AmountOptions extends Pick<Circumstances, "scenario"> {
  /** By good, what its price is multiplied by. */
  readonly prices?: Readonly<Record<string, number>>;
  /** Draws of the noise for each situation. Default 200. */
  readonly draws?: number;
  readonly seed?: number;
  /** Draws of the parameters that intervals are made of; 0 for none. Default 100. */
  readonly intervals?: number;
}

/** Fewer give no percentiles of 2.5 %. */
const fewest = 40;

/**
 * One row per good: mean amount observed and expected with its 95 % interval, and the share of people who take any,
 * observed and expected. Throws a Complaint for a model of another outcome, and for goods without names.
 */
export async function expectedAmounts(fit: Fit, options: AmountOptions = {}): Promise<Table> {
  const { scenario, draws = 200, seed = 1, intervals = 100 } = options;
  const labels = checked(fit, options);
  const scene = await sceneOf(fit, scenario ? { scenario } : {});
  const sampling = intervals > 0 ? krinskyRobb(fit, { draws: intervals, seed }) : null;
  const world = new World(scene, labels, options.prices ?? {});
  const [expected] = await world.expected([scene.point()], draws, seed);
  const moved = sampling
    ? await world.expected([scene.point(), ...inside(fit, sampling)], Math.min(draws, fewNoises), seed)
    : [];
  const people = peopleOf(scene, draws);
  const notes = [
    ...(scenario ? [scenarioNote(scenario)] : []),
    ...changes(options),
    `Budgets as observed; ${draws} draws of the noise for each.`,
    ...(people > 1 ? [`Random coefficients and classes: ${people} people drawn for each.`] : []),
    ...(sampling ? [`95 % intervals: percentiles of ${sampling.words}.`] : []),
  ];
  return tableOf(labels, world.observed(), expected, moved, notes);
}

/** Of the noise, for each draw of the parameters: what noise there is moves all of them alike. */
const fewNoises = 20;
/** People drawn for each observed one. */
const mostPeople = 40;

const peopleOf = ({ compiled }: Scene, draws: number): number =>
  isMixture(compiled.program) ? Math.min(draws, mostPeople) : 1;

function checked(fit: Fit, { prices = {}, draws = 200, intervals = 100 }: AmountOptions): readonly string[] {
  const { labels } = fit.resolved;
  if (!modelOf(fit.kernel).amounts)
    throw new Complaint(`${fit.kernel} is no model of amounts`, { help: "ask shares or predict" });
  if (labels === null || fit.resolved.utilities.length !== labels.length)
    throw new Complaint("expected amounts need goods with names", { help: "name the alternative column" });
  for (const [label, factor] of Object.entries(prices)) {
    if (!labels.includes(label))
      throw new Complaint(`there is no good ${label}`, { help: suggest(label, labels) });
    if (!(factor > 0 && Number.isFinite(factor)))
      throw new Complaint(`the price of ${label} is multiplied by a positive number`, { value: factor });
  }
  if (!(Number.isInteger(draws) && draws > 0))
    throw new Complaint("draws is a whole number", { value: draws });
  if (intervals !== 0 && !(Number.isInteger(intervals) && intervals >= fewest))
    throw new Complaint(`intervals are made of ${fewest} draws of the parameters or more, or of none`, {
      value: intervals,
    });
  return labels;
}

/** Draws of the parameters, each where its parameter may be. */
function inside(fit: Fit, { points }: ParameterDraws): Float64Array[] {
  const bounds = boundsOf(fit);
  return points.map((point) =>
    point.map((value, k) => Math.min(bounds[k].upper, Math.max(bounds[k].lower, value))),
  );
}

/** Weighted sums by good. */
class Tally {
  weight = 0;
  readonly amount: Float64Array;
  readonly taking: Float64Array;

  constructor(goods: number) {
    this.amount = new Float64Array(goods);
    this.taking = new Float64Array(goods);
  }

  add(good: number, amount: number, weight: number): void {
    this.amount[good] += weight * amount;
    if (amount > 0) this.taking[good] += weight;
  }
}

/** The situations with their budgets and prices. */
class World {
  private readonly scene: Scene;
  private readonly labels: readonly string[];
  private readonly factors: readonly number[];

  constructor(scene: Scene, labels: readonly string[], prices: Readonly<Record<string, number>>) {
    this.scene = scene;
    this.labels = labels;
    this.factors = labels.map((label) => prices[label] ?? 1);
  }

  /** ln ψ of every good. */
  private readonly values = (): readonly Expr[] => this.scene.compiled.set.all.map(({ utility }) => utility);

  /** The sums at every point over the same drawn people and noise. */
  async expected(points: readonly Float64Array[], draws: number, seed: number): Promise<Tally[]> {
    const { scene, labels } = this;
    const totals = points.map(() => new Tally(labels.length));
    const people = peopleOf(scene, draws);
    for (let n = 0; n < people; n++) {
      const noises = Math.floor(((n + 1) * draws) / people) - Math.floor((n * draws) / people);
      const drawn = await drawnPeople(scene.compiled, scene.data, seed + n, this.values);
      for (const [i, point] of points.entries()) {
        const dice = random(seed + n);
        await drawn.each(point, dice.uniform, this.visit(point, dice.gumbel, noises, totals[i]));
      }
      drawn.dispose();
    }
    return totals;
  }

  /** Spreads the budget of a situation for drawn noise. */
  private visit(point: Float64Array, gumbel: () => number, noises: number, total: Tally) {
    const { data, compiled } = this.scene;
    const { amount, price } = this.scene.fit.data.outcome!.columns;
    const satiations = compiled.classes.map((each) => this.satiation(each, point));
    return (s: number, at: (row: number) => number, c: number): void => {
      const weight = data.weight?.[s] ?? 1;
      const rows = Int32Array.from(
        { length: data.start[s + 1] - data.start[s] },
        (_, i) => data.start[s] + i,
      );
      const place = (row: number): number => data.alternative![row];
      const budget = rows.reduce((sum, row) => sum + price[row] * amount[row], 0);
      const { goods: all, sigma } = satiations[c];
      const goods = Array.from(rows, (row) => all[place(row)]);
      const paid = Float64Array.from(rows, (row) => price[row] * this.factors[place(row)]);
      const base = Float64Array.from(rows, (row, i) => at(row) - Math.log(paid[i]));
      const [noisy, taken] = [new Float64Array(rows.length), new Float64Array(rows.length)];
      for (let r = 0; r < noises; r++) {
        for (let i = 0; i < noisy.length; i++) noisy[i] = base[i] + sigma * gumbel();
        spreadBudget(goods, noisy, paid, budget, taken);
        for (let i = 0; i < taken.length; i++) total.add(place(rows[i]), taken[i], weight);
      }
      total.weight += weight * noises;
    };
  }

  private satiation(model: ClassModel, point: Float64Array): { goods: Good[]; sigma: number } {
    const { program } = this.scene.compiled;
    const value = (name: string): number => {
      const meant = model.parameter(name);
      return meant === parameter(meant.name) ? point[program.parameters.indexOf(meant.name)] : meant.value;
    };
    const { options } = model;
    return {
      goods: goodsOf(this.labels, value, options),
      sigma: options.scale === "free" ? value("sigma") : 1,
    };
  }

  observed(): Tally {
    const { data } = this.scene.fit;
    const total = new Tally(this.labels.length);
    for (let s = 0; s < data.situations; s++) {
      const weight = data.weight?.[s] ?? 1;
      for (let row = data.start[s]; row < data.start[s + 1]; row++)
        total.add(data.alternative![row], data.outcome!.columns.amount[row], weight);
      total.weight += weight;
    }
    return total;
  }
}

const changes = ({ prices = {} }: AmountOptions): string[] => {
  const all = Object.entries(prices).map(([label, factor]) => `price of ${label} times ${factor}`);
  return all.length > 0 ? [`Prices: ${all.join(", ")}.`] : [];
};

function tableOf(
  labels: readonly string[],
  observed: Tally,
  expected: Tally,
  [centre, ...drawn]: readonly Tally[],
  notes: readonly string[],
): Table {
  const mean = (tally: Tally, of: "amount" | "taking"): Float64Array =>
    tally[of].map((sum) => sum / tally.weight);
  const means = mean(expected, "amount");
  const end = (p: number): Float64Array => {
    const [at, middle] = [quantiles(drawn, p), mean(centre, "amount")];
    return means.map((value, good) => (middle[good] === 0 ? at[good] : (value * at[good]) / middle[good]));
  };
  const interval: Record<string, Float64Array> = centre ? { lower: end(0.025), upper: end(0.975) } : {};
  return Table.of(
    {
      good: [...labels],
      observed: mean(observed, "amount"),
      expected: means,
      ...interval,
      "take any": mean(observed, "taking"),
      "expected to": mean(expected, "taking"),
    },
    {
      title: "Mean amounts",
      formats: {
        observed: 3,
        expected: 3,
        lower: 3,
        upper: 3,
        "take any": "percent",
        "expected to": "percent",
      },
      notes: [...notes],
    },
  );
}

/** By good, the quantile of the mean amounts over draws. */
const quantiles = (drawn: readonly Tally[], p: number): Float64Array =>
  drawn[0].amount.map((_, good) =>
    quantile(Float64Array.from(drawn, ({ amount, weight }) => amount[good] / weight).sort(), p),
  );
