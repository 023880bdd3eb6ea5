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
  /** ln P_j for each item of the set, valid where it is available. */
  logProbabilities(set: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): Expr[];
  /** Expected maximum utility, up to Euler's constant: what consumer surplus is made of. */
  logsum(set: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): Expr;
  /** Whether a constant added to all utilities changes nothing. Default: it does not. */
  invariant?(options: ModelOptions): boolean;
  /** Whether ∂logsum/∂V_j = P_j, as in the generalised extreme value family. */
  readonly gev?: true;
  /** The model that it is when its own parameters are at their neutral values; starting values come from there. */
  readonly simpler?: "logit";
  /** The outcomes that it can be fitted to; everything made of choices unless said. */
  readonly outcomes?: readonly OutcomeKind[];
  /** The log-likelihood of its outcome, where that is not made of choices from the set. */
  logLikelihood?(set: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): Expr;
  /** Throws a Complaint where the options make no sense for what was observed. */
  checkData?(options: ModelOptions, data: ChoiceData): void;
  /** It is of amounts: there are no choice probabilities. */
  readonly amounts?: true;
  /** The alternatives are levels in their order, with a single latent utility behind them. */
  readonly latent?: true;
  /** A small true example for air, train, bus and car: parameters at which the laws of the tests are tried. */
  readonly example: { readonly options: ModelOptions; readonly parameters: Readonly<Record<string, number>> };
}
