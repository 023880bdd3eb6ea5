/**
 * Maximum likelihood, from a model and data to estimates with their standard errors. Exact first and second
 * derivatives throughout; nothing is reported as an estimate from a point that is not a maximum.
 */
import { type Prepared, prepare } from "../backends/index.ts";
import { Complaint } from "../complaint/index.ts";
import { type ChoiceData, checkUsed } from "../data/index.ts";
import { checkOutcome, type Model, modelOf, outcomes } from "../models/index.ts";
import type { Outcome, StepEvent } from "../optimise/index.ts";
import { type Compiled, compile } from "../program/index.ts";
import type { Parameter, Resolved } from "../spec/index.ts";
import { constantsOnly, equalShares } from "./baselines.ts";
import { beginning } from "./beginning.ts";
import { choicesAlone } from "./choicesAlone.ts";
import { climber } from "./climb.ts";
import { covariancesOf } from "./covariances.ts";
import { refuseConstant, separated } from "./identification.ts";
import { mirrorWarnings } from "./mirrors.ts";
import { mixtureWarnings } from "./mixtureWarnings.ts";
import type { ModelSpec } from "./modelSpec.ts";
import { inserted } from "./objective.ts";
import { parametersOf } from "./parameters.ts";
import { readModel, suited } from "./readModel.ts";
import type { CovarianceKind, Fit } from "./result.ts";
import { showing } from "./showing.ts";
import { fitStatistics, summary } from "./tables.ts";
import { unusual } from "./warnings.ts";

export interface FitOptions {
  /** Which covariance the table quotes. Default: by person where persons are declared, else robust where weights are, else Hessian. */
  readonly covariance?: CovarianceKind;
  /** G/(G − 1) on the clustered covariance. Default off. */
  readonly smallSample?: boolean;
  /** Starting values by parameter name. */
  readonly start?: Readonly<Record<string, number>>;
  /** "wasm", "js" or "interpret": the fastest that runs here, unless given. "wasm-relaxed" rounds once where it can. */
  readonly backend?: string;
  /** At most so many threads; only evaluations that take long are shared out. Default: with draws or classes as many as there are cores and the work is worth, else one. */
  readonly threads?: number;
  readonly maxIterations?: number;
  readonly onStep?: (event: StepEvent) => void;
  readonly signal?: AbortSignal;
}

/**
 * Fits the model to the data. Rejects with a Complaint where the input makes no sense; an outcome that is
 * not a maximum is a value (`converged: false`) with its message and advice.
 */
export async function fit(given: ModelSpec, data: ChoiceData, options: FitOptions = {}): Promise<Fit> {
  const began = performance.now();
  const model = suited(given);
  const { kernel, resolved, parameters } = readModel(model, data);
  checkFittable(kernel, resolved, data, options);
  kernel.checkData?.(model.options ?? {}, data);
  const compiled = compile(kernel, model.options ?? {}, resolved, data);
  const prepared = await prepare(compiled.program, data, options.backend, options.threads ?? "all");
  try {
    await prepared.wake?.();
    return await report(
      await searched({ model, data, options, resolved, parameters, compiled, prepared, began }),
    );
  } finally {
    prepared.rest?.();
  }
}

/** The search, from the starting values to the maximum. */
async function searched(known: Omit<Found, "outcome" | "estimates" | "said">): Promise<Found> {
  const { model, data, options, resolved, parameters, compiled, prepared } = known;
  const { program } = compiled;
  const climb = climber({ resolved, parameters, data, options });
  const problem = {
    kernel: model.kernel,
    options: model.options ?? {},
    resolved,
    parameters,
    given: options.start,
  };
  const begin = await beginning(problem, program, data, options);
  const { outcome, warnings } = await climb(program, prepared, begin, options.onStep);
  const estimates = inserted(program, begin.point, outcome.point);
  const mirrored =
    outcome.status === "converged"
      ? await mirrorWarnings(resolved, program, prepared, { point: estimates, value: outcome.value })
      : [];
  return { ...known, outcome, estimates, said: [...warnings, ...mirrored] };
}

function checkFittable(kernel: Model, resolved: Resolved, data: ChoiceData, options: FitOptions): void {
  if (!data.outcome)
    throw new Complaint("these data hold no choices to fit", { help: "name the choice column" });
  checkOutcome(kernel, data.outcome.kind);
  if (options.covariance === "cluster" && !data.person) {
    throw new Complaint("clustered standard errors need to know who chose", {
      help: "declare the person column",
    });
  }
  const { words, apart } = outcomes[data.outcome.kind];
  if (resolved.latentVariables && apart)
    throw new Complaint(`${words} do not go with latent variables`, {
      rule: "an indicator is the answer of a person, and these are of many people",
      help: "fit single choices",
    });
  if (resolved.latent && !data.complete)
    throw new Complaint("levels are always available", {
      rule: "an ordered outcome falls on any of its levels, in every situation",
      help: "leave out the availability",
    });
  checkUsed(data, resolved.utilities);
  refuseConstant(resolved);
}

interface Found {
  readonly model: ModelSpec;
  readonly data: ChoiceData;
  readonly options: FitOptions;
  readonly resolved: Resolved;
  readonly parameters: readonly Parameter[];
  readonly compiled: Compiled;
  readonly prepared: Prepared;
  readonly outcome: Outcome;
  readonly estimates: Float64Array;
  readonly began: number;
  /** Warnings of the search. */
  readonly said: readonly string[];
}

async function report(found: Found): Promise<Fit> {
  const { data, outcome, estimates, compiled, prepared, parameters } = found;
  const converged = outcome.status === "converged";
  const isJudged = !converged && data.outcome?.kind === "choice";
  const separation = isJudged ? await separated(outcome, compiled, prepared, estimates, data) : null;
  const { covariances, warnings } = converged
    ? await covariancesOf(found, found.options)
    : { covariances: {}, warnings: [] };
  const kind = quoted(found);
  const matrix = covariances[kind] ?? new Float64Array(parameters.length ** 2).fill(Number.NaN);
  const alone = await choicesAlone(compiled.program, data, estimates, prepared.backend);
  const isHybrid = found.resolved.measured !== undefined;
  const constants = await constantsOnly(data, found.model.kernel);
  const shown = parametersOf(parameters, compiled.program, estimates, outcome, matrix);
  const result: Fit = {
    kernel: found.model.kernel,
    model: found.model,
    resolved: found.resolved,
    data,
    outcome,
    converged,
    message: separation ?? outcome.message,
    advice: separation
      ? "remove, merge or bound these columns: what they predict needs no model"
      : outcome.advice,
    warnings: [
      ...data.warnings,
      ...found.said,
      ...warnings,
      ...doubts(found),
      ...forcedWarning(found),
      ...(converged ? mixtureWarnings(found.resolved, compiled.program, shown, data) : []),
    ],
    parameters: shown,
    estimates,
    covariance: { kind, matrix },
    covariances,
    logLikelihood: outcome.value,
    choicesLogLikelihood: alone,
    nullLogLikelihood: isHybrid ? Number.NaN : equalShares(data),
    constantsLogLikelihood: isHybrid ? Number.NaN : constants.logLikelihood,
    constantsParameters: constants.parameters,
    situations: data.situations,
    persons: data.person ? data.personCount : null,
    iterations: outcome.iterations,
    gradientNorm: outcome.gradientNorm,
    seconds: (performance.now() - found.began) / 1000,
    backend: prepared.backend,
    compiled,
    prepared,
    toString: () => `${summary(result)}\n\n${fitStatistics(result)}`,
  };
  return showing(result);
}

function doubts({ model, resolved, parameters, estimates }: Found): string[] {
  const at = (name: string): number => estimates[parameters.findIndex((each) => each.name === name)];
  return unusual(modelOf(model.kernel), model.options ?? {}, resolved.labels, at);
}

function quoted({ options, data }: Found): CovarianceKind {
  const usual = data.person ? "cluster" : data.weight || whyNotHessian(data) ? "robust" : "hessian";
  return isForced({ options, data }) ? usual : (options.covariance ?? usual);
}

/** Why the Hessian is not the variance of the score, whatever the model; null where it may be. */
const whyNotHessian = (data: ChoiceData): string | null =>
  data.weighting === "choice"
    ? "the weights depend on what was chosen"
    : (outcomes[data.outcome?.kind ?? "choice"].quasi ?? null);

const isForced = ({ options, data }: Pick<Found, "options" | "data">): boolean =>
  options.covariance === "hessian" && whyNotHessian(data) !== null;

const forcedWarning = (found: Found): string[] =>
  isForced(found)
    ? [
        `${whyNotHessian(found.data)}, so ${quoted(found) === "cluster" ? "clustered" : "robust"} standard errors are quoted where Hessian ones were asked for`,
      ]
    : [];
