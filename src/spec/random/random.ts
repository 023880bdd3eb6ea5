/**
 * Random coefficients as a user writes them: plain JSON beside the utilities. `mixed` attaches them, a
 * resolved specification has them written into its utilities (expand.ts).
 */
import { Complaint, suggest } from "../../complaint/index.ts";
import { onlyKeys } from "../keys.ts";
import type { FormulaSpec, ParameterOptions, Spec, Specification } from "../spec.ts";
import { distributions } from "./distributions.ts";
import { checkDraws, type DrawOptions } from "./drawOptions.ts";
import { checkScale, type RandomScale } from "./scale.ts";

/** How one coefficient varies over people. A text is the name of its distribution. */
export interface RandomCoefficient {
  /** normal, lognormal, truncatedNormal, censoredNormal, johnsonSb, uniform, triangular. Default normal. */
  readonly distribution?: string;
  /** Whether it is positive (1) or negative (−1), for distributions of one sign. */
  readonly sign?: 1 | -1;
  /** Bounds of truncated and censored normals and of Johnson's S_B. */
  readonly lower?: number;
  readonly upper?: number;
  /** Columns that its mean depends on, as terms joined by +: "age + income" adds pf_age and pf_income. */
  readonly mean?: string;
  /** true: drawn anew in every situation; "both": one draw per person and one per situation. Default: per person. */
  readonly within?: boolean | "both";
  /** Error component: the alternatives whose utility it is added to, with mean 0. */
  readonly on?: readonly string[];
  /** The coefficient in the language, with draws such as normal(1): "mu + s * normal(1)". */
  readonly expression?: string;
  /** Parameters of the expression that the specification does not declare. */
  readonly parameters?: Readonly<Record<string, number | ParameterOptions>>;
}

export interface RandomOptions {
  readonly draws?: DrawOptions;
  /** Groups of coefficients that are correlated with each other: [["pf", "tod"]]; true for all of them. */
  readonly correlated?: readonly (readonly string[])[] | true;
}

export type RandomCoefficients = Readonly<Record<string, string | RandomCoefficient>>;

/**
 * The same specification with random coefficients: each named coefficient (or error component) varies over
 * people. Plain JSON in, plain JSON out; nothing is checked on data.
 */
export function mixed(
  specification: Specification,
  random: RandomCoefficients,
  { draws, correlated }: RandomOptions = {},
): Spec | FormulaSpec {
  const written = typeof specification === "string" ? { formula: specification } : specification;
  const groups = correlated === true ? [Object.keys(random)] : correlated;
  const added = {
    random: { ...written.random, ...random },
    ...(groups || written.correlated
      ? { correlated: [...(written.correlated ?? []), ...(groups ?? [])] }
      : {}),
    ...(draws ? { draws } : {}),
  };
  checkRandom(added);
  return { ...written, ...added };
}

/**
 * The same specification with a scale of all utilities that varies over people, lognormal with mean 1: scale
 * heterogeneity, or a temperature of one's own. With random coefficients it is the generalised mixed logit; `gamma`
 * (0 unless given) is the part of their deviations that is not scaled, a number or "free".
 */
export function randomScale(
  specification: Specification,
  { draws, gamma }: Pick<RandomOptions, "draws"> & RandomScale = {},
): Spec | FormulaSpec {
  const written = typeof specification === "string" ? { formula: specification } : specification;
  const scale = gamma === undefined ? true : { gamma };
  checkScale(scale);
  return { ...written, randomScale: scale, ...(draws ? { draws } : {}) };
}

/** ls.normal(), ls.lognormal({ sign: -1 }), …: the distributions as calls. */
export const of =
  (distribution: string) =>
  (options: Omit<RandomCoefficient, "distribution" | "expression"> = {}): RandomCoefficient => ({
    distribution,
    ...options,
  });

const keys = ["distribution", "sign", "lower", "upper", "mean", "within", "on", "expression", "parameters"];

/** The shape of random coefficients, before there are data. Throws a Complaint that names the entry. */
export function checkRandom({
  random = {},
  correlated = [],
  draws,
  randomScale: scale = false,
}: Pick<Spec, "random" | "correlated" | "draws" | "randomScale">): void {
  if (typeof random !== "object" || random === null || Array.isArray(random))
    throw new Complaint("random names coefficients and their distributions", {
      value: random,
      help: '"random": { "b_time": "normal" }',
    });
  for (const [name, given] of Object.entries(random)) checkCoefficient(name, given);
  if (!Array.isArray(correlated) || !correlated.every((group) => Array.isArray(group)))
    throw new Complaint("correlated is a list of groups of coefficients", {
      value: JSON.stringify(correlated),
      help: '"correlated": [["b_time", "b_cost"]]',
    });
  checkGroups(correlated, random);
  checkScale(scale);
  if (draws !== undefined) checkDraws(draws);
}

function checkCoefficient(name: string, given: string | RandomCoefficient): void {
  const where = `random coefficient ${name}`;
  const it = typeof given === "string" ? { distribution: given } : given;
  if (typeof it !== "object" || it === null)
    throw new Complaint("a random coefficient is the name of its distribution, or an object", {
      value: given,
      where,
      help: '"normal", or { "distribution": "lognormal", "sign": -1 }',
    });
  onlyKeys(it, keys, where);
  if (it.expression !== undefined) {
    checkExpression(it, where);
    return;
  }
  const { distribution = "normal" } = it;
  if (!Object.hasOwn(distributions, distribution))
    throw new Complaint(`there is no distribution ${distribution}`, {
      where,
      help: suggest(distribution, Object.keys(distributions)),
    });
  const row = distributions[distribution];
  for (const key of ["sign", "lower", "upper"] as const)
    if (it[key] !== undefined && !row.reads.includes(key))
      throw new Complaint(`a ${row.title} coefficient has no ${key}`, { where });
  if (it.sign !== undefined && it.sign !== 1 && it.sign !== -1)
    throw new Complaint("the sign is 1 or -1", { value: it.sign, where });
  if (it.lower !== undefined && it.upper !== undefined && !(it.lower < it.upper))
    throw new Complaint("the lower bound is below the upper one", {
      value: `${it.lower} to ${it.upper}`,
      where,
    });
  if (it.within === "both" && row.base !== "normal")
    throw new Complaint(`a ${row.title} coefficient is drawn per person or per situation, not both`, {
      where,
      help: "distributions made from a normal can be both",
    });
}

function checkExpression(it: RandomCoefficient, where: string): void {
  const other = (["distribution", "sign", "lower", "upper", "mean", "within", "on"] as const).find(
    (key) => it[key] !== undefined,
  );
  if (other === undefined && typeof it.expression === "string") return;
  throw new Complaint(
    other
      ? `an expression says all about the coefficient, so ${other} has no place beside it`
      : "an expression is text",
    { where, help: '{ "expression": "mu + s * normal(1)", "parameters": { "mu": 0, "s": 1 } }' },
  );
}

function checkGroups(groups: readonly (readonly string[])[], random: RandomCoefficients): void {
  const seen = new Set<string>();
  for (const name of groups.flat()) {
    const given = Object.hasOwn(random, name) ? random[name] : undefined;
    if (given === undefined)
      throw new Complaint(`correlated names ${name}, which is not random`, {
        help: suggest(name, Object.keys(random)),
      });
    if (seen.has(name))
      throw new Complaint(`${name} is in two correlated groups`, { help: "join the groups" });
    seen.add(name);
    const {
      distribution = "normal",
      expression,
      within,
    } = typeof given === "string" ? ({ distribution: given } as RandomCoefficient) : given;
    if (expression !== undefined || distributions[distribution].base !== "normal")
      throw new Complaint(`${name} cannot be correlated with others`, {
        rule: "coefficients are correlated through the normals that they are made of",
        help:
          expression === undefined
            ? "use a distribution made from a normal"
            : "share draws between expressions instead",
      });
    if (within === "both")
      throw new Complaint(`${name} varies between and within people and is correlated`, {
        help: "leave one of the two out",
      });
  }
}
