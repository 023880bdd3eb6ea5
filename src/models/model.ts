/**
 * What a model is: a function from utilities to log probabilities, and nothing else. Gradients, Hessians,
 * prediction, elasticities, standard errors, flags and tests are derived from it.
 */
import type { ChoiceData } from "../data/index.ts";
import type { Expr } from "../expr/index.ts";
import type { Alternatives } from "./alternatives.ts";
import type { OptionName } from "./options.ts";
import type { OutcomeKind } from "./outcomes.ts";

/** A parameter that the model adds to those of the utilities. */
export interface ModelParameter {
  readonly name: string;
  readonly start: number;
  readonly lower: number;
  readonly upper: number;
  /** The value at which it has no effect, which tests compare with. */
  readonly neutral: number;
  /** The value at which it has no effect, where that is no value to test against: a probability of one. */
  readonly limit?: number;
  /** Held at `start`. */
  readonly fixed?: true;
  /** Beyond these values an estimate is allowed, and warned of: "outside (0, 1]: …". */
  readonly usual?: { readonly from: number; readonly to: number; readonly says: string };
}

export type ModelOptions = Readonly<Record<string, unknown>>;

/** What the chosen alternative makes of utilities and parameters, and the log probability written over that. */
export interface ChosenOne {
  /** Expressions in the set, its `chosen` and parameters. */
  rows(set: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): readonly Expr[];
  /** @param rows a leaf for each of them. */
  logProbability(set: Alternatives, rows: readonly Expr[]): Expr;
  /** That it pays only for labelled alternatives with draws, which read the rows' columns again and again. */
  readonly repeated?: true;
}

export interface Model {
  /** As it stands in study files and on the command line. */
  readonly name: string;
  readonly title: string;
  /** Formula of the log probability, as LaTeX, and where it comes from. */
  readonly formula: string;
  readonly source: string;
  /** The options that it takes; others are complained about. */
  readonly takes?: readonly OptionName[];
  /** Whether alternatives must be told apart. Unlabelled ones then go by their place in the choice set. */
  readonly labelled?: true | ((options: ModelOptions) => boolean);
  /** Throws a Complaint where the options make no sense for these alternatives. */
  check(options: ModelOptions, labels: readonly string[] | null): void;
  parameters(options: ModelOptions, labels: readonly string[] | null): readonly ModelParameter[];
  /**
   * Utilities in parts, where it needs more than their sums: what stays the utility, and then for each part its
   * value at every alternative, which the model sees as `parts` of the alternatives.
   */
  split?(utilities: readonly Expr[]): readonly (readonly Expr[])[];
  /**
   * How many uniform draws it takes in every situation, for probabilities that are means over them: they then sum to
   * one up to what the draws leave out, and only the mean of P over the draws means something, not that of ln P.
   */
  draws?(options: ModelOptions, labels: readonly string[] | null): number;
  /** P_j given its draws, where those of `logProbabilities` are such only in the mean: they sum to one in every draw. */
  chances?(set: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): readonly Expr[];
  /** ln P of the chosen alternative, where that takes less than those of all. */
  readonly chosen?: ChosenOne;
  /** ln P_j for each item of the set, valid where it is available. */
  logProbabilities(set: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): Expr[];
  /** Expected maximum utility, up to Euler's constant: what consumer surplus is made of. */
  logsum(set: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): Expr;
  /** The covariance of its errors, where it is estimated: of differences against `base`, as a lower triangle. */
  errors?(
    parameter: (name: string) => Expr,
    options: ModelOptions,
    labels: readonly string[],
  ): {
    readonly base: string;
    readonly others: readonly string[];
    readonly covariance: readonly (readonly Expr[])[];
  };
  /** Whether a constant added to all utilities changes nothing. Default: it does not. */
  invariant?(options: ModelOptions): boolean;
  /** Whether ∂logsum/∂V_j = P_j, as in the generalised extreme value family. */
  readonly gev?: true;
  /** The model that it is when its own parameters are at their neutral values; starting values come from there. */
  readonly simpler?: "logit";
  /** A model whose coefficients, times a factor, are near those of this one where its own parameters start. */
  readonly near?: { readonly kernel: "logit"; readonly factor: number };
  /** The outcomes that it can be fitted to; everything made of choices unless said. */
  readonly outcomes?: readonly OutcomeKind[];
  /** The log-likelihood of its outcome, where that is not made of choices from the set. */
  logLikelihood?(set: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): Expr;
  /** Throws a Complaint where the options make no sense for what was observed. */
  checkData?(options: ModelOptions, data: ChoiceData): void;
  /** Throws a Complaint where these data do not suit a model that was fitted to alternatives with these labels. */
  checkForecast?(options: ModelOptions, data: ChoiceData, fitted: readonly string[] | null): void;
  /** It is of amounts: there are no choice probabilities. */
  readonly amounts?: true;
  /** The alternatives are levels in their order, with a single latent utility behind them. */
  readonly latent?: true;
  /** A small true example for air, train, bus and car: parameters at which the laws of the tests are tried. */
  readonly example: { readonly options: ModelOptions; readonly parameters: Readonly<Record<string, number>> };
}
