/**
 * A study: data, model and fit in one JSON object. It is what the command line reads, the app keeps, a
 * worker is sent and a golden test stores.
 */
import type { PerAlternative } from "../data/wideOutcome.ts";
import type {
  ClassOptions,
  DrawOptions,
  LatentVariables,
  RandomCoefficients,
  RandomScale,
  Specification,
  Temperature,
} from "../spec/index.ts";

/** Where the choices are and what their columns mean. `file` is relative to the study file. */
export interface StudyData {
  readonly file: string;
  readonly layout?: "long" | "wide";
  readonly choice?: string | null;
  /** Instead of a choice. Long: columns or expressions; wide, but for best and worst: one for each alternative. */
  readonly rank?: PerAlternative;
  readonly best?: string | null;
  readonly worst?: string | null;
  readonly fractions?: PerAlternative;
  readonly counts?: PerAlternative;
  readonly amounts?: PerAlternative;
  readonly prices?: PerAlternative;
  readonly situation?: string | readonly string[] | null;
  readonly person?: string | null;
  /** A column or expression, or one weight for each chosen alternative. */
  readonly weight?: string | Readonly<Record<string, number | string>> | null;
  /** A choice-based sample: the population's share of each alternative, by which choices are weighted (WESML). */
  readonly population?: Readonly<Record<string, number>> | null;
  /** Weights by chosen alternative as machine learning has them; they move the constants, and are warned of. */
  readonly classWeights?: Readonly<Record<string, number>> | "balanced" | null;
  readonly filter?: string | null;
  readonly derive?: Readonly<Record<string, string>> | null;
  readonly categories?: Readonly<Record<string, object>> | null;
  /** Long layout: the column that names the alternative; absent for unlabelled choice sets. */
  readonly alternative?: string | null;
  /** Wide layout: the labels, with the code that the choice column has for each. */
  readonly alternatives?: Readonly<Record<string, number | string>> | readonly string[] | null;
  /** One expression (long), or one per label (wide). */
  readonly available?: string | Readonly<Record<string, string>> | null;
  /** Wide layout: what varies over the alternatives, as a pattern or an expression per label. */
  readonly attributes?:
    | string
    | readonly string[]
    | Readonly<Record<string, string | Readonly<Record<string, string>>>>
    | null;
  /** How long the answer took, in any unit: a column for `doctor` to look at. */
  readonly responseTime?: string | null;
  /** How the file is read: separator, decimal, missing, labels, numbers, encoding. */
  readonly csv?: Readonly<Record<string, unknown>> | null;
}

/** The kernel and what it is applied to: a formula, or parameters and utilities. */
export interface StudyModel {
  readonly kernel?: string;
  readonly formula?: string;
  readonly parameters?: Readonly<Record<string, number | object>>;
  readonly utilities?: string | Readonly<Record<string, string>>;
  readonly reference?: string | null;
  readonly temperature?: Temperature | null;
  readonly options?: Readonly<Record<string, unknown>> | null;
  readonly random?: RandomCoefficients | null;
  readonly correlated?: readonly (readonly string[])[] | null;
  readonly draws?: DrawOptions | null;
  /** Latent classes: how many, who belongs to them, what they share. */
  readonly classes?: ClassOptions | null;
  readonly randomScale?: boolean | RandomScale | null;
  readonly wtpSpace?: string | null;
  /** Latent variables of people, what they depend on, and their indicators. */
  readonly latentVariables?: LatentVariables | null;
}

export type CovarianceKind = "hessian" | "robust" | "cluster";

/** How it is fitted. The default covariance is "cluster" when a person is declared, else "hessian". */
export interface StudyFit {
  readonly covariance?: CovarianceKind | null;
  readonly start?: Readonly<Record<string, number>> | null;
  readonly maxIterations?: number | null;
  readonly threads?: number | null;
  readonly backend?: string | null;
}

export interface Study {
  readonly title?: string;
  readonly data: StudyData;
  readonly model: StudyModel;
  readonly fit?: StudyFit;
}

/** What the model of a study says, as the specification that models take. */
export function specificationOf(model: StudyModel): Specification {
  const { formula, parameters, utilities } = model;
  const common = {
    ...(model.reference == null ? {} : { reference: model.reference }),
    ...(model.temperature == null ? {} : { temperature: model.temperature }),
    ...randomOf(model),
  };
  if (formula !== undefined) return { formula, ...common };
  return { parameters: parameters ?? {}, utilities: utilities ?? {}, ...common } as Specification;
}

/** What varies over people, smoothly or by classes; null means not given. */
export const randomOf = ({
  random,
  correlated,
  draws,
  classes,
  randomScale,
  wtpSpace,
  latentVariables,
}: StudyModel): Partial<RandomParts> => ({
  ...(random == null ? {} : { random }),
  ...(correlated == null ? {} : { correlated }),
  ...(draws == null ? {} : { draws }),
  ...(classes == null ? {} : { classes }),
  ...(randomScale == null ? {} : { randomScale }),
  ...(wtpSpace == null ? {} : { wtpSpace }),
  ...(latentVariables == null ? {} : { latentVariables }),
});

interface RandomParts {
  readonly random: RandomCoefficients;
  readonly correlated: readonly (readonly string[])[];
  readonly draws: DrawOptions;
  readonly classes: ClassOptions;
  readonly randomScale: boolean | RandomScale;
  readonly wtpSpace: string;
  readonly latentVariables: LatentVariables;
}
