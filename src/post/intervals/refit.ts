/** One bootstrap replicate: the same program with other weights, maximised from the estimates. */
import { prepare } from "../../backends/index.ts";
import { maximise } from "../../optimise/index.ts";
import { freeNames, type Program, type Source } from "../../program/index.ts";
import { type BootstrapKind, situationWeights, unitWeights } from "./resample.ts";

/** Everything a refit needs, free of the fit: it can be sent to a worker. */
export interface RefitProblem {
  readonly program: Program;
  readonly source: Source;
  /** Values of all parameters to start from; those not free stay there. */
  readonly start: Float64Array;
  /** Bounds of the free parameters. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly kind: BootstrapKind;
  readonly seed: number;
  readonly units: number;
  /** "wasm", "js" or "interpret"; left out: the fastest. */
  readonly backend?: string;
}

/** All parameters at the replicate's maximum, or null and why there is none. */
export interface Replicate {
  readonly replicate: number;
  readonly point: readonly number[] | null;
  readonly reason: string;
}

export async function refit(problem: RefitProblem, replicate: number): Promise<Replicate> {
  const { program, start } = problem;
  const prepared = await prepare(program, replicated(problem, replicate), problem.backend);
  const whole = (free: Float64Array): Float64Array => {
    const out = start.slice();
    program.free.forEach((index, k) => {
      out[index] = free[k];
    });
    return out;
  };
  const outcome = await maximise({
    objective: {
      dimension: program.free.length,
      evaluate: (point, want) => prepared.evaluate(whole(point), want),
    },
    start: Float64Array.from(program.free, (index) => start[index]),
    lower: problem.lower,
    upper: problem.upper,
    names: freeNames(program),
  });
  prepared.dispose();
  const done = outcome.status === "converged";
  return { replicate, point: done ? [...whole(outcome.point)] : null, reason: done ? "" : outcome.message };
}

/** The data with the replicate's weights. */
function replicated({ source, kind, units, seed }: RefitProblem, replicate: number): Source {
  const weights = situationWeights(
    unitWeights(kind, units, seed, replicate),
    source.person,
    source.weight,
    source.situations,
  );
  return Object.create(source, { weight: { value: weights } }) as Source;
}
