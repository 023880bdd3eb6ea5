/** The search itself: from a point to a maximum that is settled on one of its copies, and with few draws before many. */
import { type Prepared, prepare } from "../backends/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { maximise, type Outcome, type StepEvent } from "../optimise/index.ts";
import { freeNames, type Program } from "../program/index.ts";
import type { Parameter, Resolved } from "../spec/index.ts";
import { inserted, objectiveOf } from "./objective.ts";
import { type Settled, settled } from "./settle.ts";

export interface ClimbOptions {
  readonly start?: Readonly<Record<string, number>>;
  readonly backend?: string;
  readonly maxIterations?: number;
  readonly signal?: AbortSignal;
}

export type Climb = (
  program: Program,
  prepared: Prepared,
  start: Float64Array,
  onStep?: (event: StepEvent) => void,
) => Promise<Settled>;

export function climber({
  resolved,
  parameters,
  data,
  options,
}: {
  readonly resolved: Resolved;
  readonly parameters: readonly Parameter[];
  readonly data: ChoiceData;
  readonly options: ClimbOptions;
}): Climb {
  return async (program, prepared, start, onStep) => {
    const bound = (side: "lower" | "upper"): Float64Array =>
      Float64Array.from(program.free, (index) => parameters[index][side]);
    const search = (from: Float64Array): Promise<Outcome> =>
      maximise(
        {
          objective: objectiveOf(prepared, program, start),
          start: Float64Array.from(program.free, (index) => from[index]),
          lower: bound("lower"),
          upper: bound("upper"),
          names: freeNames(program),
        },
        { maxIterations: options.maxIterations, onStep, signal: options.signal },
      );
    return settled(await search(start), start, search, { resolved, program, data, given: options.start });
  };
}

/** Draws of the first search where there are many more. */
const few = 100;

/**
 * The maximum over few draws, where the search over all of them then needs few steps; the start itself where
 * there are few, where all starting values are given, and where that maximum cannot be had.
 */
export async function warmer(
  program: Program,
  start: Float64Array,
  climb: Climb,
  data: ChoiceData,
  { start: given = {}, backend }: ClimbOptions,
): Promise<Float64Array> {
  const { draws } = program;
  const isGiven = program.free.every((index) => program.parameters[index] in given);
  if (!draws || draws.kind === "gaussHermite" || draws.count < 3 * few || isGiven) return start;
  const smaller: Program = { ...program, draws: { ...draws, count: few } };
  const prepared = await prepare(smaller, data, backend);
  const { outcome } = await climb(smaller, prepared, start);
  prepared.dispose();
  return outcome.status === "converged" ? inserted(program, start, outcome.point) : start;
}
