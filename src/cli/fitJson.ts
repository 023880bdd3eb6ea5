/** A fit as the one JSON object that `--json` prints and a saved fit holds. */
import type { Fit } from "../fit/index.ts";

export interface FitJson {
  readonly kernel: string;
  readonly converged: boolean;
  readonly message: string;
  readonly iterations: number;
  readonly logLikelihood: number;
  /** Of a hybrid choice model, without its indicators. */
  readonly choicesLogLikelihood?: number;
  readonly nullLogLikelihood: number | null;
  readonly constantsLogLikelihood: number | null;
  readonly situations: number;
  readonly persons: number | null;
  /** Numbers that do not exist (the standard error of a fixed parameter) are null. */
  readonly parameters: readonly {
    readonly name: string;
    readonly estimate: number;
    readonly standardError: number | null;
    readonly z: number | null;
    readonly p: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
  readonly covariance: string;
  readonly gradientNorm: number;
  readonly seconds: number;
}

export function fitJson(fit: Fit): FitJson {
  const { kernel, converged, message, iterations, logLikelihood, nullLogLikelihood } = fit;
  const { choicesLogLikelihood, constantsLogLikelihood, situations, persons, gradientNorm, seconds } = fit;
  return {
    kernel,
    converged,
    message,
    iterations,
    logLikelihood,
    ...(Number.isNaN(choicesLogLikelihood) ? {} : { choicesLogLikelihood }),
    nullLogLikelihood: known(nullLogLikelihood),
    constantsLogLikelihood: known(constantsLogLikelihood),
    situations,
    persons: known(persons),
    parameters: fit.parameters.map(({ name, estimate, standardError, z, p, lower, upper }) => ({
      name,
      estimate,
      standardError: known(standardError),
      z: known(z),
      p: known(p),
      lower: known(lower),
      upper: known(upper),
    })),
    covariance: fit.covariance.kind,
    gradientNorm,
    seconds,
  };
}

const known = (value: number | null | undefined): number | null =>
  value == null || !Number.isFinite(value) ? null : value;
