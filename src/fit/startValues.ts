/**
 * Where the search begins: the declared starts, what the caller gives by name, and the estimates of the
 * simpler model, by name: without what varies over people, without its temperature, or without nests. With money the scale
 * is read off the coefficient of cost, which puts the start at the maximum itself when there is one temperature.
 */

import { prepare } from "../backends/index.ts";
import { Complaint, suggest } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { type ModelOptions, modelOf } from "../models/index.ts";
import { maximise } from "../optimise/index.ts";
import { compile } from "../program/index.ts";
import {
  type Parameter,
  type Resolved,
  type ResolvedClasses,
  randomStarts,
  resolveClasses,
  wtpStarts,
} from "../spec/index.ts";
import { classStarts } from "./classStarts.ts";
import { objectiveOf } from "./objective.ts";
import { allParameters } from "./readModel.ts";

export interface StartProblem {
  readonly kernel: string;
  readonly options: ModelOptions;
  readonly resolved: Resolved;
  readonly parameters: readonly Parameter[];
  readonly given: Readonly<Record<string, number>> | undefined;
}

/** One value per parameter. Throws a Complaint for a name that is none. */
export async function startValues(problem: StartProblem, data: ChoiceData): Promise<Float64Array> {
  const { given = {}, parameters } = problem;
  const names = parameters.map(({ name }) => name);
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name))
      throw new Complaint(`a starting value is given for ${name}, which is no parameter`, {
        help: suggest(name, names),
      });
    if (!Number.isFinite(value))
      throw new Complaint(`the starting value of ${name} is not a number`, { value });
  }
  const whole = parameters.every(({ name, fixed }) => fixed || name in given);
  const simpler = whole ? {} : await simplerStarts(problem, data);
  return Float64Array.from(parameters, ({ name, start, fixed, lower, upper }) =>
    fixed ? start : (given[name] ?? within(simpler[name] ?? start, lower, upper)),
  );
}

const within = (value: number, lower: number, upper: number): number =>
  Math.min(upper, Math.max(lower, value));

/** Estimates of the simpler model in the terms of this one; nothing where there is none or it has no maximum. */
async function simplerStarts(problem: StartProblem, data: ChoiceData): Promise<Record<string, number>> {
  const { fixed, unscaled, random, classes, preferences } = problem.resolved;
  if (classes) {
    const { kernel, options } = problem;
    const parameters = allParameters(modelOf(kernel), options, classes.single);
    const single = await estimatesOf(
      { ...problem, resolved: classes.single, parameters },
      classes.single,
      data,
    );
    const resolved = choiceClasses(classes, data) ?? problem.resolved;
    const models = compile(modelOf(kernel), options, resolved, data).classes;
    return {
      ...inEveryClass(classes, single),
      ...(await classStarts(resolved.classes!, models, single, data)),
    };
  }
  if (fixed) {
    const found = await estimatesOf(problem, fixed, data);
    return { ...found, ...randomStarts(random ?? [], found) };
  }
  if (preferences) {
    const { names, cost, resolved } = preferences;
    return wtpStarts(names, cost, problem.parameters, await estimatesOf(problem, resolved, data));
  }
  if (unscaled) return inUnits(await estimatesOf(problem, unscaled, data), problem.resolved);
  const { simpler, near = simpler && { kernel: simpler, factor: 1 } } = modelOf(problem.kernel);
  if (!near) return {};
  const { parameters } = problem.resolved;
  const found = await estimatesOf(
    { ...problem, kernel: near.kernel, options: {}, parameters },
    problem.resolved,
    data,
  );
  const isScale = new Set(parameters.flatMap(({ name, role }) => (role === "temperature" ? [name] : [])));
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [name, isScale.has(name) ? value : near.factor * value]),
  );
}

/** The classes of a hybrid choice model without its latent variables, which are the same in all of them. */
function choiceClasses({ single, asked }: ResolvedClasses, data: ChoiceData): Resolved | null {
  if (!single.latentVariables || !single.fixed) return null;
  const known = new Set(single.fixed.parameters.map(({ name }) => name));
  const zero = Object.entries(asked.zero ?? {}).map(([c, names]) => [
    c,
    names.filter((each) => known.has(each)),
  ]);
  return resolveClasses(single.fixed, { ...asked, zero: Object.fromEntries(zero) }, data);
}

const inEveryClass = (
  { all }: ResolvedClasses,
  single: Readonly<Record<string, number>>,
): Record<string, number> =>
  Object.fromEntries(
    all.flatMap(({ parameter }) =>
      Object.entries(single).map(([name, value]): [string, number] => [parameter(name).name, value]),
    ),
  );

async function estimatesOf(
  problem: StartProblem,
  resolved: Resolved,
  data: ChoiceData,
): Promise<Record<string, number>> {
  const own = new Set(problem.resolved.parameters.map(({ name }) => name));
  const extra = problem.parameters.filter(({ name }) => !own.has(name));
  const parameters = [...resolved.parameters, ...extra];
  const { program } = compile(modelOf(problem.kernel), problem.options, resolved, data);
  const start = await startValues({ ...problem, resolved, parameters, given: undefined }, data);
  const names = program.free.map((index) => program.parameters[index]);
  const bounds = (side: "lower" | "upper"): Float64Array =>
    Float64Array.from(program.free, (index) => parameters[index][side]);
  const prepared = await prepare(program, data);
  const { status, point } = await maximise({
    objective: objectiveOf(prepared, program, start),
    start: Float64Array.from(program.free, (index) => start[index]),
    names,
    lower: bounds("lower"),
    upper: bounds("upper"),
  });
  prepared.dispose();
  return status === "converged" ? Object.fromEntries(names.map((name, k) => [name, point[k]])) : {};
}

function inUnits(estimates: Record<string, number>, resolved: Resolved): Record<string, number> {
  const money = resolved.temperature?.asked.money;
  if (money === undefined) return estimates;
  const tau = -1 / estimates[money];
  if (!(tau > 0) || !Number.isFinite(tau)) return {};
  const scaled = Object.entries(estimates).map(([name, value]): [string, number] => [name, value * tau]);
  const temperatures = resolved.parameters.flatMap(({ name, role }): [string, number][] => {
    if (role !== "temperature") return [];
    return name.startsWith("gamma_")
      ? [[name, name === "gamma_constant" ? Math.log(tau) : 0]]
      : [[name, tau]];
  });
  return Object.fromEntries([...scaled, ...temperatures]);
}
