/**
 * Ordered outcomes: a latent utility V + ε falls between two of K − 1 thresholds, which gives the level,
 *
 *   P(level k) = F(θ_k − V) − F(θ_{k−1} − V),   θ_0 = −∞, θ_K = ∞,
 *
 * F logistic (ordered logit) or normal (ordered probit). Where thresholds cross, a level has no probability and
 * the log-likelihood is none, so the search never leaves the order. With `thresholds: "age"` they depend on
 * columns, θ_1 = t_1 + z'γ_1 and θ_k = θ_{k−1} + (t_k − t_{k−1}) exp(z'γ_k), in order by construction.
 *
 * Sources: McCullagh (1980), JRSS B 42:109; McKelvey & Zavoina (1975), Journal of Mathematical Sociology 4:103;
 * thresholds by columns: Pudney & Shields (2000), Journal of Applied Econometrics 15:367.
 */
import { Complaint } from "../complaint/index.ts";
import { add, addAll, type Expr, exp, type Link, links, mul, neg, parse, sub } from "../expr/index.ts";
import type { Alternatives } from "./alternatives.ts";
import type { Model, ModelOptions, ModelParameter } from "./model.ts";

export const orderedLogit = ordered("orderedLogit", "Ordered logit", "\\Lambda", links.logit);
export const orderedProbit = ordered("orderedProbit", "Ordered probit", "\\Phi", links.probit);

function ordered(name: string, title: string, F: string, link: Link): Model {
  return {
    name,
    title,
    formula: `P_k = ${F}(\\theta_k - V) - ${F}(\\theta_{k-1} - V)`,
    source:
      "McCullagh, P. (1980), Regression models for ordinal data, Journal of the Royal Statistical Society B 42:109",
    latent: true,
    takes: ["thresholds"],
    outcomes: ["choice", "fractions", "counts"],
    check(options, labels) {
      if (labels === null || labels.length < 2)
        throw new Complaint("an ordered model needs two levels or more", {
          help: "in the wide layout, list them as alternatives from the lowest to the highest",
        });
      termsOf(options);
    },
    parameters: (options, labels) => thresholds(options, labels!.length, link),
    logProbabilities(set, parameter, options) {
      const V = set.all[0].utility;
      const ends = cuts(set, parameter, options).map((threshold) => sub(threshold, V));
      return set.all.map((_, k) => {
        if (k === 0) return link.below(ends[0]);
        return k < ends.length ? link.between(ends[k - 1], ends[k]) : link.below(neg(ends[k - 1]));
      });
    },
    logsum() {
      throw new Complaint(`${title.toLowerCase()} has no logsum`, {
        rule: "a level is not taken for its utility, so there is no utility of the best of them",
      });
    },
    example: {
      options: {},
      parameters: { threshold_1: -0.7, threshold_2: 0.9, threshold_3: 1.6, threshold_4: 2.5 },
    },
  };
}

/** The terms of `thresholds: "age + income"`. */
function termsOf({ thresholds: given }: ModelOptions): string[] {
  if (given === undefined || given === null) return [];
  const terms = String(given)
    .split("+")
    .map((term) => term.trim());
  const isText = typeof given === "string" && terms.every((term) => term !== "");
  if (!isText)
    throw new Complaint("thresholds is a sum of columns", { value: given, help: '"age + income"' });
  for (const term of terms) parse(term);
  return terms;
}

const shiftName = (k: number, term: string): string =>
  `threshold_${k}_${term.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_+|_+$/g, "")}`;

function thresholds(options: ModelOptions, levels: number, link: Link): ModelParameter[] {
  const free = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY, neutral: 0 };
  const each = Array.from({ length: levels - 1 }, (_, i) => i + 1);
  return [
    ...each.map((k) => ({ name: `threshold_${k}`, start: link.quantile(k / levels), ...free })),
    ...termsOf(options).flatMap((term) => each.map((k) => ({ name: shiftName(k, term), start: 0, ...free }))),
  ];
}

function cuts(set: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): Expr[] {
  const terms = termsOf(options);
  const plain = set.all.slice(1).map((_, i) => parameter(`threshold_${i + 1}`));
  if (terms.length === 0) return plain;
  const moved = (k: number): Expr =>
    addAll(terms.map((term) => mul(parameter(shiftName(k, term)), set.all[0].data(term))));
  let last = add(plain[0], moved(1));
  return plain.map((threshold, i) => {
    if (i > 0) last = add(last, mul(sub(threshold, plain[i - 1]), exp(moved(i + 1))));
    return last;
  });
}
