/** What a fit is: the estimates with their uncertainty, and everything needed to ask more of them. */
import type { Prepared } from "../backends/index.ts";
import type { ChoiceData } from "../data/index.ts";
import type { Outcome } from "../optimise/outcome.ts";
import type { Compiled } from "../program/index.ts";
import type { Parameter, Resolved } from "../spec/index.ts";
import type { ModelSpec } from "./modelSpec.ts";

export type CovarianceKind = "hessian" | "robust" | "cluster";

export interface FitParameter {
  readonly name: string;
  readonly role: Parameter["role"];
  readonly estimate: number;
  /** NaN where there is none: fixed, at a bound, or no maximum. */
  readonly standardError: number;
  readonly z: number;
  readonly p: number;
  /** Ends of the 95 % interval. */
  readonly lower: number;
  readonly upper: number;
  /** The value that z and p are against. */
  readonly neutral: number;
  readonly fixed: boolean;
  readonly atBound: "lower" | "upper" | null;
}

export interface Covariance {
  readonly kind: CovarianceKind;
  /** Over all parameters, P × P row by row, in their order; NaN for those that have no variance. */
  readonly matrix: Float64Array;
}

export interface Fit {
  readonly kernel: string;
  readonly model: ModelSpec;
  readonly resolved: Resolved;
  readonly data: ChoiceData;
  readonly outcome: Outcome;
  readonly converged: boolean;
  readonly message: string;
  /** What to do about an outcome that is not a maximum; empty when all is well. */
  readonly advice: string;
  readonly warnings: readonly string[];
  readonly parameters: readonly FitParameter[];
  /** The estimates of all parameters, in the order of the program. */
  readonly estimates: Float64Array;
  /** The one that the table quotes. */
  readonly covariance: Covariance;
  /** All that could be computed, for `standardErrors`. */
  readonly covariances: Readonly<Partial<Record<CovarianceKind, Float64Array>>>;
  readonly logLikelihood: number;
  /** Of the choices without the indicators, at the same estimates; NaN where there are no latent variables. */
  readonly choicesLogLikelihood: number;
  /** With equal shares over the available alternatives; NaN where indicators count too, which have no equal shares. */
  readonly nullLogLikelihood: number;
  /** With a constant per alternative; NaN where alternatives are unlabelled. */
  readonly constantsLogLikelihood: number;
  readonly constantsParameters: number;
  readonly situations: number;
  /** Number of persons, or null where none were declared. */
  readonly persons: number | null;
  readonly iterations: number;
  readonly gradientNorm: number;
  readonly seconds: number;
  readonly backend: string;
  /** The program and its binding to the data, for what is derived from the fit. */
  readonly compiled: Compiled;
  readonly prepared: Prepared;
  /** The estimates and how well they fit, as text. */
  toString(): string;
}
