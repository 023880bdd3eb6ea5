/**
 * The bootstrap by person (by situation where none are declared): every replicate reweights whole persons
 * and maximises again. Replicates are independent of each other and of their order, so a bootstrap can be
 * spread over threads, stopped, and gone on with later, and gives the same bits.
 */
import { Complaint } from "../../complaint/index.ts";
import type { Fit } from "../../fit/index.ts";
import { boundsOf } from "../bounds.ts";
import type { ParameterDraws } from "./parameterDraws.ts";
import { type RefitProblem, type Replicate, refit } from "./refit.ts";
import type { BootstrapKind } from "./resample.ts";

export interface BootstrapOptions {
  /** Default 200; standard errors want at least that, percentiles 1000. */
  readonly replications?: number;
  readonly seed?: number;
  /** "pairs" (default) or "bayesian" weights. */
  readonly kind?: BootstrapKind;
  /** What an earlier run left: its replicates are not done again. */
  readonly resume?: BootstrapState;
  /** Called after every replicate with all that is done: save it to be able to go on. */
  readonly onReplicate?: (state: BootstrapState) => void;
  readonly signal?: AbortSignal;
  /** Who does the refits. Default: this thread, one after another. */
  readonly run?: Refits;
}

/** Does the replicates, in any order, and hands each over when done. */
export type Refits = (
  problem: RefitProblem,
  replicates: readonly number[],
  done: (replicate: Replicate) => void,
  signal?: AbortSignal,
) => Promise<void>;

/** Plain JSON. */
export interface BootstrapState {
  readonly kind: BootstrapKind;
  readonly seed: number;
  readonly units: number;
  readonly parameters: readonly string[];
  readonly logLikelihood: number;
  readonly replicates: readonly Replicate[];
}

export interface Bootstrap extends ParameterDraws {
  readonly state: BootstrapState;
  /** Replicates without a maximum, with the reason. They are left out and counted. */
  readonly failed: readonly Replicate[];
}

export async function bootstrap(fit: Fit, options: BootstrapOptions = {}): Promise<Bootstrap> {
  const { replications = 200, seed = 1, kind = "pairs", run = inThisThread } = options;
  if (!fit.converged)
    throw new Complaint("there is no maximum to bootstrap", { where: fit.message, help: fit.advice });
  const problem = problemOf(fit, kind, seed);
  const done = new Map(
    (options.resume ? checked(options.resume, fit, problem) : []).map((each) => [each.replicate, each]),
  );
  const state = (): BootstrapState => ({
    kind,
    seed,
    units: problem.units,
    parameters: fit.parameters.map(({ name }) => name),
    logLikelihood: fit.logLikelihood,
    replicates: [...done.values()].sort((a, b) => a.replicate - b.replicate),
  });
  const missing = Array.from({ length: replications }, (_, r) => r).filter((r) => !done.has(r));
  await run(
    problem,
    missing,
    (replicate) => {
      done.set(replicate.replicate, replicate);
      options.onReplicate?.(state());
    },
    options.signal,
  );
  return bootstrapOf(state(), replications, fit);
}

function bootstrapOf(state: BootstrapState, replications: number, fit: Fit): Bootstrap {
  const wanted = state.replicates.filter(({ replicate }) => replicate < replications);
  const failed = wanted.filter(({ point }) => point === null);
  const points = wanted.flatMap(({ point }) => (point ? [Float64Array.from(point)] : []));
  const unit = fit.data.person ? "person" : "choice";
  const lost = failed.length === 0 ? "" : `, ${failed.length} of them without a maximum and left out`;
  return {
    words: `${wanted.length} ${state.kind} bootstrap replicates by ${unit}, seed ${state.seed}${lost}`,
    points,
    failed,
    state,
  };
}

function problemOf(fit: Fit, kind: BootstrapKind, seed: number): RefitProblem {
  const { program } = fit.compiled;
  const bounds = boundsOf(fit);
  return {
    program,
    source: fit.data,
    start: fit.estimates,
    lower: Float64Array.from(program.free, (index) => bounds[index].lower),
    upper: Float64Array.from(program.free, (index) => bounds[index].upper),
    kind,
    seed,
    units: fit.data.person ? fit.data.personCount : fit.data.situations,
    backend: fit.backend,
  };
}

/** Complains when the saved replicates belong to another bootstrap. */
function checked(state: BootstrapState, fit: Fit, { kind, seed, units }: RefitProblem): readonly Replicate[] {
  const same =
    state.kind === kind &&
    state.seed === seed &&
    state.units === units &&
    state.parameters.join() === fit.parameters.map(({ name }) => name).join() &&
    Math.abs(state.logLikelihood - fit.logLikelihood) <= 1e-9 * Math.abs(fit.logLikelihood);
  if (same) return state.replicates;
  throw new Complaint("these replicates belong to another bootstrap", {
    rule: "seed, kind, data and model must be those it was begun with",
    value: `seed ${state.seed}, ${state.kind}, log-likelihood ${state.logLikelihood}`,
    help: `begin anew, or ask for seed ${state.seed} and ${state.kind} weights on the data it was begun with`,
  });
}

/** One replicate after another. */
export const inThisThread: Refits = async (problem, replicates, done, signal) => {
  for (const replicate of replicates) {
    if (signal?.aborted) return;
    done(await refit(problem, replicate));
  }
};
