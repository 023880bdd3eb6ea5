/**
 * Where the search for latent classes begins: a few rounds of expectation and maximisation from moved copies of
 * the one-class estimates, the best of several beginnings. In a round each person belongs to each class with the
 * posterior probability, and every class is fitted to all people with these as weights; Newton's method goes on
 * from there. Coefficients that classes share are averaged at the end.
 * Source: Dempster, Laird & Rubin (1977); Bhat (1997); Train (2009), section 14.2.
 */
import { type Prepared, prepare } from "../backends/index.ts";
import { type ChoiceData, reweighted } from "../data/index.ts";
import { random } from "../math/random.ts";
import { modelOf } from "../models/index.ts";
import { maximise } from "../optimise/index.ts";
import { type ClassModel, compile, freeNames, isByPerson, type Program } from "../program/index.ts";
import {
  nameInClass,
  type Parameter,
  type Resolved,
  type ResolvedClasses,
  scaleInClass,
} from "../spec/index.ts";
import { objectiveOf } from "./objective.ts";
import { allParameters } from "./readModel.ts";

export interface ClassStartOptions {
  /** Beginnings that are tried. */
  readonly beginnings?: number;
  readonly rounds?: number;
  readonly seed?: number;
}

type Values = Readonly<Record<string, number>>;

/** One class by itself: its program over the data, and its point. */
interface Alone {
  readonly program: Program;
  readonly parameters: readonly Parameter[];
  /** Over the data without weights, for each person's likelihood. */
  readonly prepared: Prepared;
  point: Float64Array;
}

/** Starting values of the parameters of all classes. `single` are the estimates of the one-class model, by name. */
export async function classStarts(
  classes: ResolvedClasses,
  models: readonly ClassModel[],
  single: Values,
  data: ChoiceData,
  { beginnings = 4, rounds = 12, seed = 1 }: ClassStartOptions = {},
): Promise<Values> {
  const plain = reweighted(data, null);
  const alone = await Promise.all(models.map((model, c) => aloneOf(classes, model, c, plain)));
  let best: { value: number; starts: Values } | null = null;
  for (let beginning = 0; beginning < beginnings; beginning++) {
    const dice = random(seed + beginning);
    for (const each of alone) each.point = moved(each, single, dice.normal);
    const found = await rise(alone, data, rounds);
    if (!best || found.value > best.value)
      best = { value: found.value, starts: named(classes, alone, found.shares) };
  }
  for (const { prepared } of alone) prepared.dispose();
  return best!.starts;
}

async function aloneOf(
  classes: ResolvedClasses,
  { model, options }: ClassModel,
  c: number,
  data: ChoiceData,
): Promise<Alone> {
  const gone = new Set(classes.asked.zero?.[String(c + 1)] ?? []);
  const held = (it: Parameter): Parameter => (gone.has(it.name) ? { ...it, start: 0, fixed: true } : it);
  const resolved: Resolved = { ...classes.single, parameters: classes.single.parameters.map(held) };
  const { program } = compile(modelOf(model.name), options, resolved, data);
  const parameters = allParameters(model, options, resolved);
  return {
    program,
    parameters,
    prepared: await prepare(program, data),
    point: new Float64Array(parameters.length),
  };
}

/** The one-class estimates, each moved by a normal number of about its own size; what measures people is as it is. */
const moved = ({ parameters }: Alone, single: Values, normal: () => number): Float64Array =>
  Float64Array.from(parameters, ({ name, start, fixed, lower, upper, role }) => {
    const value = single[name] ?? start;
    const move = role === "measurement" ? 0 : 0.5 * normal() * Math.max(Math.abs(value), 0.1);
    return fixed ? start : Math.min(upper, Math.max(lower, value + move));
  });

interface Risen {
  readonly value: number;
  readonly shares: Float64Array;
}

async function rise(alone: readonly Alone[], data: ChoiceData, rounds: number): Promise<Risen> {
  let shares = new Float64Array(alone.length).fill(1 / alone.length);
  let value = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const { posterior, total, weights } = await expect(alone, shares, data);
    const gain = total - value;
    value = total;
    if (gain < 1e-3) break;
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    shares = Float64Array.from(
      posterior,
      (each) => each.reduce((sum, p, i) => sum + p * weights[i], 0) / all,
    );
    for (const [c, each] of alone.entries()) await maximised(each, data, posterior[c]);
  }
  return { value, shares };
}

interface Expected {
  /** By class and person. */
  readonly posterior: readonly Float64Array[];
  readonly weights: Float64Array;
  /** The log-likelihood. */
  readonly total: number;
}

/** The posterior probability of every class for every person. */
async function expect(alone: readonly Alone[], shares: Float64Array, data: ChoiceData): Promise<Expected> {
  const logs = await Promise.all(alone.map((each) => byPerson(each, data)));
  const weights = weightsOf(data);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const each = logs.map((log, c) => Math.log(shares[c]) + log[i]);
    const largest = Math.max(...each);
    const logLikelihood = largest + Math.log(each.reduce((sum, log) => sum + Math.exp(log - largest), 0));
    total += weights[i] * logLikelihood;
    for (const [c, log] of each.entries()) logs[c][i] = Math.exp(log - logLikelihood);
  }
  return { posterior: logs, weights, total };
}

async function byPerson({ program, prepared, point }: Alone, data: ChoiceData): Promise<Float64Array> {
  const sums = new Float64Array(data.person ? data.personCount : data.situations);
  const isPerPerson = isByPerson(program);
  await prepared.scores(point, ({ from, values }) => {
    values.forEach((value, i) => {
      sums[isPerPerson ? from + i : (data.person?.[from + i] ?? from + i)] += value;
    });
  });
  return sums;
}

/** The weight of every person: that of the first of its situations. */
function weightsOf({ person, personCount, situations, weight }: ChoiceData): Float64Array {
  const weights = new Float64Array(person ? personCount : situations).fill(1);
  if (weight) for (let s = situations - 1; s >= 0; s--) weights[person?.[s] ?? s] = weight[s];
  return weights;
}

/** The class fitted to all people, each with the probability that they are in it. */
async function maximised(each: Alone, data: ChoiceData, posterior: Float64Array): Promise<void> {
  const weight = Float64Array.from(
    { length: data.situations },
    (_, s) => (data.weight?.[s] ?? 1) * posterior[data.person?.[s] ?? s],
  );
  if (weight.every((value) => value < 1e-12)) return;
  const { program, parameters } = each;
  const prepared = await prepare(program, reweighted(data, weight));
  const bound = (side: "lower" | "upper"): Float64Array =>
    Float64Array.from(program.free, (index) => parameters[index][side]);
  const { point } = await maximise(
    {
      objective: objectiveOf(prepared, program, each.point),
      start: Float64Array.from(program.free, (index) => each.point[index]),
      lower: bound("lower"),
      upper: bound("upper"),
      names: freeNames(program),
    },
    { maxIterations: 10 },
  );
  prepared.dispose();
  if (point.every(Number.isFinite))
    program.free.forEach((index, k) => {
      each.point[index] = point[k];
    });
}

/** The classes' points by the names of the parameters, the largest class first where any may be first. */
function named(
  { asked, all, membership }: ResolvedClasses,
  alone: readonly Alone[],
  shares: Float64Array,
): Values {
  const order = [...shares.keys()];
  if (!asked.zero && !asked.kernels) order.sort((a, b) => shares[b] - shares[a]);
  const starts: Record<string, number> = {};
  for (const [c, from] of order.entries()) {
    const { parameters, point } = alone[from];
    for (const [k, { name }] of parameters.entries()) {
      const here = all[c].parameter(name);
      if (here.op !== "parameter") continue;
      const isShared = here.name !== nameInClass(name, c);
      if (!isShared) starts[here.name] = point[k];
      else if (!asked.scale) starts[here.name] = (starts[here.name] ?? 0) + shares[from] * point[k];
      else if (c === 0) starts[here.name] = point[k];
    }
    if (asked.scale && c > 0) starts[scaleInClass(c)] = ratio(alone[from], alone[order[0]], asked.shared);
    const constant = `class_${c + 1}_constant`;
    if (membership.includes(constant)) starts[constant] = Math.log(shares[from] / shares[order[0]]);
  }
  return starts;
}

/** Where all classes are the same the likelihood is flat in their shares, and a search would stay. */
const leastDifference = 0.1;
const otherScale = 0.5;

/** The scale of the first class's shared coefficients that is nearest to the coefficients of another: Σ b a / Σ a². */
function ratio(other: Alone, first: Alone, shared: readonly string[] = []): number {
  let [product, square] = [0, 0];
  for (const [k, { name }] of first.parameters.entries()) {
    if (!shared.includes(name)) continue;
    product += other.point[k] * first.point[k];
    square += first.point[k] ** 2;
  }
  const scale = Math.min(10, Math.max(0.1, product / square));
  return Math.abs(scale - 1) < leastDifference || Number.isNaN(scale) ? otherScale : scale;
}
