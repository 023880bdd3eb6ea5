/**
 * Where the search begins: the declared starts, what the caller gives by name, and for a model with a
 * temperature the estimates without it. With money the scale is read off the coefficient of cost, which
 * puts the start at the maximum itself when there is one temperature.
 */

import { prepare } from "../backends/index.ts";
import { Complaint, suggest } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { type ModelOptions, modelOf } from "../models/index.ts";
import { maximise } from "../optimise/index.ts";
import { compile } from "../program/index.ts";
import type { Parameter, Resolved } from "../spec/index.ts";
import { objectiveOf } from "./objective.ts";

export interface StartProblem {
  readonly kernel: string;
  readonly options: ModelOptions;
  readonly resolved: Resolved;
  readonly parameters: readonly Parameter[];
  readonly given: Readonly<Record<string, number>> | undefined;
}

/** One value per parameter. Throws a Complaint for a name that is none. */
export async function startValues(problem: StartProblem, data: ChoiceData): Promise<Float64Array> {
  const { given = {}, parameters, resolved } = problem;
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
  const simpler = resolved.unscaled && !whole ? await unscaledStart(problem, resolved.unscaled, data) : {};
  return Float64Array.from(parameters, ({ name, start, fixed }) =>
    fixed ? start : (given[name] ?? simpler[name] ?? start),
  );
}

/** Estimates without the temperature, in its unit; nothing where they cannot be had. */
async function unscaledStart(
  problem: StartProblem,
  unscaled: Resolved,
  data: ChoiceData,
): Promise<Record<string, number>> {
  const { program } = compile(modelOf(problem.kernel), problem.options, unscaled, data);
  const start = Float64Array.from(unscaled.parameters, (each) => each.start);
  const names = program.free.map((index) => program.parameters[index]);
  const bounds = (side: "lower" | "upper"): Float64Array =>
    Float64Array.from(program.free, (index) => unscaled.parameters[index][side]);
  const prepared = await prepare(program, data);
  const objective = objectiveOf(prepared, program, start);
  const point = Float64Array.from(program.free, (index) => start[index]);
  const { status, point: found } = await maximise({
    objective,
    start: point,
    names,
    lower: bounds("lower"),
    upper: bounds("upper"),
  });
  prepared.dispose();
  if (status !== "converged") return {};
  return inUnits(Object.fromEntries(names.map((name, k) => [name, found[k]])), problem.resolved);
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
