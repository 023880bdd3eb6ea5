/**
 * A fitted model looked at under some circumstances: its own data, other data, or a scenario in which
 * names mean something else ("cost.car" → "cost * 1.2"). A shift adds a fresh parameter δ to an attribute,
 * held at a value; derivatives with respect to δ are effects and elasticities.
 */
import { type Prepared, prepare, type Sums } from "../backends/index.ts";
import { Complaint, suggest } from "../complaint/index.ts";
import { type ChoiceData, checkUsed, resolve } from "../data/index.ts";
import { compare, type Expr, exp, given, num, Place, parameter, parse, select, sum } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { modelOf } from "../models/index.ts";
import { type Compiled, compile } from "../program/index.ts";
import { asSpec, type Resolved, resolveSpec } from "../spec/index.ts";

export type Scenario = Readonly<Record<string, string | number>>;

export interface Circumstances {
  /** Other choice data with the same alternatives; choices may be missing there. */
  readonly data?: ChoiceData;
  /** "attribute" or "attribute.alternative" → what it is instead, as an expression that may use the old value. */
  readonly scenario?: Scenario;
}

/** An attribute at one alternative (or at all) that a parameter takes hold of. */
export interface Grip {
  /** Name of the parameter; not one of the model's. */
  readonly parameter: string;
  readonly attribute: string;
  /** Index of the alternative, or null for every one. */
  readonly place: number | null;
  /** The attribute with the parameter in it. */
  readonly as: (value: Expr, grip: Expr) => Expr;
}

export interface Scene {
  readonly fit: Fit;
  readonly data: ChoiceData;
  readonly resolved: Resolved;
  readonly compiled: Compiled;
  readonly prepared: Prepared;
  /** Estimates in the program's order, with every grip at the given value. */
  point(grips?: Readonly<Record<string, number>>): Float64Array;
}

/** What a name means instead, at a place; undefined where it keeps its meaning. */
type Meaning = (name: string, place: number) => Expr | undefined;

export async function sceneOf(
  fit: Fit,
  { data = fit.data, scenario = {} }: Circumstances = {},
  grips: readonly Grip[] = [],
): Promise<Scene> {
  if (!fit.converged) {
    throw new Complaint("nothing is derived from a fit that is not a maximum", {
      where: fit.message,
      help: fit.advice,
    });
  }
  const usual = data === fit.data && grips.length === 0 && Object.keys(scenario).length === 0;
  const { resolved, compiled, prepared } = usual ? fit : await arrange(fit, data, scenario, grips);
  const point = (held: Readonly<Record<string, number>> = {}): Float64Array => {
    const value = new Map(fit.parameters.map(({ name, estimate }) => [name, estimate]));
    return Float64Array.from(compiled.program.parameters, (name) => value.get(name) ?? held[name] ?? 0);
  };
  return { fit, data, resolved, compiled, prepared, point };
}

async function arrange(fit: Fit, data: ChoiceData, scenario: Scenario, grips: readonly Grip[]) {
  const changed = withMeanings(data, [scenarioMeaning(scenario, data), gripMeaning(grips, data)]);
  const resolved = resolveSpec(asSpec(fit.model.specification, fit.data), changed);
  checkUsed(data, resolved.utilities);
  const held = grips.map(({ parameter: name }) => ({ name, fixed: true }));
  const utilities = { ...resolved, parameters: [...resolved.parameters, ...held] };
  const compiled = compile(modelOf(fit.kernel), fit.model.options ?? {}, utilities, data);
  return { resolved, compiled, prepared: await prepare(compiled.program, data, fit.prepared.backend) };
}

/** The same data, in which some names mean something else. Later meanings build on earlier ones. */
function withMeanings(data: ChoiceData, meanings: readonly ((before: ChoiceData) => Meaning)[]): ChoiceData {
  return meanings.reduce((before, make) => {
    const meaning = make(before);
    const after: ChoiceData = Object.create(before);
    return Object.defineProperty(after, "resolve", {
      value: (name: string, place: number) => meaning(name, place) ?? before.resolve(name, place),
    });
  }, data);
}

function scenarioMeaning(scenario: Scenario, data: ChoiceData): (before: ChoiceData) => Meaning {
  const parts = Object.entries(scenario).map(([key, source]) => ({
    ...readKey(key, data),
    source: String(source),
  }));
  return (before) => (name, place) => {
    const part = parts.find((each) => each.name === name && (each.place === null || each.place === place));
    if (!part) return undefined;
    return resolve(parse(part.source), {
      data: before,
      place,
      parameter: () => undefined,
      source: part.source,
    });
  };
}

/** "cost.car" is attribute cost of alternative car; a column of just that name comes first. */
export function readKey(key: string, data: ChoiceData): { name: string; place: number | null } {
  if (data.has(key)) return { name: key, place: null };
  const dot = key.indexOf(".");
  const [name, label] = dot < 0 ? [key, null] : [key.slice(0, dot), key.slice(dot + 1)];
  if (!data.has(name))
    throw new Complaint(`there is no attribute ${name}`, { where: key, help: suggest(name, data.names) });
  if (label === null) return { name, place: null };
  return { name, place: placeOf(label, data) };
}

/** The index of an alternative. Throws a Complaint that names the nearest one. */
export function placeOf(label: string, data: ChoiceData): number {
  const place = data.labels?.indexOf(label) ?? -1;
  if (place >= 0) return place;
  const help = data.labels ? suggest(label, data.labels) : "alternatives have no labels in these data";
  throw new Complaint(`there is no alternative ${label}`, { help });
}

function gripMeaning(grips: readonly Grip[], data: ChoiceData): (before: ChoiceData) => Meaning {
  for (const { attribute } of grips) {
    if (!data.has(attribute))
      throw new Complaint(`there is no attribute ${attribute}`, { help: suggest(attribute, data.names) });
  }
  return (before) => (name, place) => {
    const held = grips.filter(
      (grip) => grip.attribute === name && (grip.place === null || grip.place === place),
    );
    const value = held.length > 0 ? before.resolve(name, place) : null;
    if (!value) return undefined;
    return held.reduce((so, grip) => grip.as(so, parameter(grip.parameter)), value);
  };
}

/** One alternative of the choice sets, by label, or by its place in unlabelled sets. */
export interface Option {
  readonly name: string;
  /** Its probability in a situation; 0 where it is not available. */
  readonly probability: Expr;
}

/** Longest unlabelled choice set that is told apart by position. */
const mostPositions = 60;

/** The probability of every alternative, as expressions over utilities. */
export function optionsOf({ fit, data, resolved, compiled: { set } }: Scene): Option[] {
  const probabilities = probabilityExprs(fit, set);
  const { labels } = resolved;
  if (labels !== null) return labels.map((name, j) => ({ name, probability: probabilities[j] }));
  return Array.from({ length: positions(data) }, (_, p) => ({
    name: String(p + 1),
    probability: atPosition(probabilities[0], p),
  }));
}

/** The value of the axis at place p of the choice set; 0 where it is shorter. */
export const atPosition = (expr: Expr, p: number): Expr =>
  sum(select(compare("eq", given("position", Place.axis), num(p)), expr, num(0)));

/** P_j of every item of the set. */
export function probabilityExprs(fit: Fit, set: Compiled["set"]): Expr[] {
  const logs = modelOf(fit.kernel).logProbabilities(set, parameter, fit.model.options ?? {});
  return logs.map((log, j) => select(set.all[j].available, exp(log), num(0)));
}

function positions(data: ChoiceData): number {
  let longest = 0;
  for (let s = 0; s < data.situations; s++) longest = Math.max(longest, data.start[s + 1] - data.start[s]);
  if (longest <= mostPositions) return longest;
  throw new Complaint(
    `choice sets of up to ${longest} unlabelled alternatives are not told apart one by one`,
    {
      rule: `at most ${mostPositions}`,
      help: "use predict, which gives every row its probability",
    },
  );
}

/** Σ weight × output and its derivatives in the free parameters. */
export const sums = (
  scene: Scene,
  outputs: readonly Expr[],
  held: Readonly<Record<string, number>> = {},
): Promise<Sums> => scene.prepared.sums(outputs, scene.point(held));

/** Σ of the weights. */
export function totalWeight({ data }: Scene): number {
  return data.weight ? data.weight.reduce((total, weight) => total + weight, 0) : data.situations;
}
