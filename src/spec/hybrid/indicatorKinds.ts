/**
 * The kinds of indicators: a row for each, with its parameters and the log density of an answer y given the latent
 * variable η.
 *
 *   ordered:     P(level k) = F(θ_k − λ η) − F(θ_{k−1} − λ η), F logistic or normal, θ_0 = −∞ and θ_K = ∞
 *   continuous:  y = c + λ η + σ ε, ε standard normal
 */
import {
  addAll,
  compare,
  div,
  type Expr,
  links,
  log,
  mul,
  nameLeaf,
  neg,
  num,
  parameter,
  print,
  select,
  sub,
} from "../../expr/index.ts";
import { logRootTwoPi } from "../../expr/normal.ts";
import type { Answers } from "./answers.ts";

type Link = "logit" | "probit";

/** A parameter of a measurement equation; its name ends in that of the indicator. */
export interface MeasurementParameter {
  readonly name: string;
  readonly start: number;
  /** Where it has one. */
  readonly lower?: number;
}

/** The right side is text in the language. */
export interface Equation {
  readonly left: string;
  readonly right: string;
}

interface IndicatorKind {
  /** The links that it can have, the usual one first. */
  readonly links: readonly Link[];
  /** Most distinct answers, where answers are levels. */
  readonly mostLevels: number;
  /** A loading to begin with, without its sign. */
  loading(answers: Answers, link: Link): number;
  /** Those beside the loading. */
  parameters(column: string, answers: Answers, link: Link): MeasurementParameter[];
  /** How an answer comes about, for the eye: the left and the right side of an equation, where `shift` says λ η. */
  equation(column: string, shift: string, link: Link): Equation;
  /** ln of the density at the answer y, where `shift` is λ η. */
  logDensity(column: string, answers: Answers, y: Expr, shift: Expr, link: Link): Expr;
}

/** Of the latent variable's unit, which moves a logistic answer by a standard deviation of its noise. */
const usualLoading: Readonly<Record<Link, number>> = { logit: 1, probit: 0.5 };

const ordered: IndicatorKind = {
  links: ["logit", "probit"],
  mostLevels: 20,
  loading: (_, link) => usualLoading[link],
  parameters: (column, { levels, shares }, link) =>
    levels.slice(1).map((_, k) => {
      const below = shares.slice(0, k + 1).reduce((sum, share) => sum + share, 0);
      return { name: thresholdName(column, k), start: links[link].quantile(below) };
    }),
  equation: (column, shift, link) => ({
    left: `${link} P(${column} ≤ k)`,
    right: `${quote(`threshold_${column}_k`)} - ${shift}`,
  }),
  logDensity(column, { levels }, y, shift, link) {
    const thresholds = levels.slice(1).map((_, k) => parameter(thresholdName(column, k)));
    // The ends of the level that was answered: two selections for the person, and one density for each draw.
    const end = (ends: readonly Expr[]): Expr =>
      ends.reduceRight((rest, each, k) => select(compare("eq", y, num(levels[k])), each, rest));
    const [low, high] = [end([num(-far), ...thresholds]), end([...thresholds, num(far)])];
    return links[link].between(sub(low, shift), sub(high, shift), sub(low, high));
  },
};

/** So far from all thresholds that no digit of F tells it from infinity. */
const far = 1e10;

const thresholdName = (column: string, k: number): string => `threshold_${column}_${k + 1}`;

const continuous: IndicatorKind = {
  links: [],
  mostLevels: Number.POSITIVE_INFINITY,
  loading: ({ deviation }) => 0.5 * deviation,
  parameters: (column, { mean, deviation }) => [
    { name: `constant_${column}`, start: mean },
    { name: `sigma_${column}`, start: Math.sqrt(0.75) * deviation, lower: 1e-4 * deviation },
  ],
  equation: (column, shift) => ({
    left: column,
    right: `${quote(`constant_${column}`)} + ${shift} + ${quote(`sigma_${column}`)} * ε`,
  }),
  logDensity(column, _, y, shift) {
    const sigma = parameter(`sigma_${column}`);
    const z = div(sub(sub(y, parameter(`constant_${column}`)), shift), sigma);
    return neg(addAll([mul(num(0.5), mul(z, z)), log(sigma), num(logRootTwoPi)]));
  },
};

const quote = (name: string): string => print(nameLeaf(name));

export const indicatorKinds: Readonly<Record<string, IndicatorKind>> = { ordered, continuous };

/** An answer that is missing says nothing. */
export function logDensityOf(
  { column, kind, link }: { readonly column: string; readonly kind: string; readonly link?: Link },
  answers: Answers,
  shift: Expr,
): Expr {
  const row = indicatorKinds[kind];
  const { value, there } = answers;
  const density = row.logDensity(column, answers, value, shift, link ?? row.links[0]);
  return there ? mul(there, density) : density;
}
