/** The search itself: from a point to a maximum that is settled on one of its copies. */
import type { Prepared } from "../backends/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { maximise, type Outcome, type StepEvent } from "../optimise/index.ts";
import { freeNames, type Program } from "../program/index.ts";
import type { Parameter, Resolved } from "../spec/index.ts";
import { objectiveOf } from "./objective.ts";
import { type Settled, settled } from "./settle.ts";

export interface ClimbOptions {
  readonly start?: Readonly<Record<string, number>>;
  readonly backend?: string;
  readonly threads?: number;
  readonly maxIterations?: number;
  readonly signal?: AbortSignal;
  /** A Newton decrement that will do, where another search goes on from the point. */
  readonly enough?: number;
}

export interface Beginning {
  /** Over all parameters. */
  readonly point: Float64Array;
  /** About minus the Hessian over the free ones there, where it is known. */
  readonly curvature?: Float64Array;
}

export type Climb = (
  program: Program,
  prepared: Prepared,
  beginning: Beginning,
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
  return async (program, prepared, { point: start, curvature }, onStep) => {
    const bound = (side: "lower" | "upper"): Float64Array =>
      Float64Array.from(program.free, (index) => parameters[index][side]);
    const search = (from: Float64Array, known?: Float64Array): Promise<Outcome> =>
      maximise(
        {
          objective: objectiveOf(prepared, program, start),
          start: Float64Array.from(program.free, (index) => from[index]),
          lower: bound("lower"),
          upper: bound("upper"),
          names: freeNames(program),
        },
        {
          // Of classes it is left to Newton which of many maxima is found.
          solver: program.draws && program.classes.length === 1 && !known ? "rising" : "newton",
          maxIterations: options.maxIterations,
          enough: options.enough,
          curvature: known,
          onStep,
          signal: options.signal,
        },
      );
    const first = await search(start, curvature);
    return settled(first, start, search, { resolved, program, data, given: options.start });
  };
}
