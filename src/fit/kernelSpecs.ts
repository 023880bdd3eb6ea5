/** One function for each kernel with options: what a user writes to make a model of it. */
import type { ModelOptions } from "../models/index.ts";
import type { Specification } from "../spec/index.ts";
import type { ModelSpec } from "./modelSpec.ts";

/** A function of a specification and the options of a kernel. */
const of =
  <Options extends ModelOptions>(kernel: string) =>
  (specification: Specification, options: Options): ModelSpec => ({ kernel, specification, options });

/** Nests by name, as lists of alternatives; objects within for deeper trees. */
export interface Nests {
  readonly [name: string]: readonly (string | Nests)[] | Nests;
}

/** "shared": one λ for all nests. An object holds the λ of nests at a value. Default: one free λ each. */
export type Lambda = "shared" | Readonly<Record<string, number>>;

export type NestedOptions = {
  /** Lists of alternatives; or conditions on columns, for alternatives without names: { mine: "brand == 1" }. */
  readonly nests: Nests | Readonly<Record<string, string>>;
  readonly lambda?: Lambda;
  /** "utility" (default) divides utilities by the λ of their nest, "nest" does not. */
  readonly normalisation?: "utility" | "nest";
};

/** Alternatives in nests of near substitutes: { nests: { public: ["train", "bus"] } }. */
export const nestedLogit = of<NestedOptions>("nested");

export type CrossNestedOptions = {
  /** Nests by name; an alternative may be in several. */
  readonly nests: Readonly<Record<string, readonly string[]>>;
  readonly lambda?: Lambda;
  /** Parts of alternatives in several nests: "equal", given, or dependent on columns ("age"). Default: free. */
  readonly allocations?: "equal" | Readonly<Record<string, string | Readonly<Record<string, number>>>>;
};

/** Alternatives that belong to several nests: { nests: { public: ["train", "bus"], road: ["bus", "car"] } }. */
export const crossNestedLogit = of<CrossNestedOptions>("crossNested");

/** Every pair of alternatives is a nest: { lambda: "shared" }, or one λ for each pair. */
export const pairedCombinatorialLogit = of<{ readonly lambda?: Lambda }>("pairedCombinatorial");

export type HeteroscedasticOptions = {
  /** The alternative whose scale is 1. Default: the first. */
  readonly base?: string;
  /** Nodes of the integral. Default 80. */
  readonly nodes?: number;
};

/** Errors with a scale for each alternative: { base: "car" }. */
export const heteroscedasticLogit = of<HeteroscedasticOptions>("heteroscedastic");

export type ProbitOptions = {
  /** The alternative that differences of errors are against. Default: the first. */
  readonly base?: string;
  /** "independent" holds the errors independent and alike. Default "free": any covariance. */
  readonly errors?: "free" | "independent";
};

/** Normal errors that may be correlated: { base: "car" }. Number and kind of draws stand in the specification. */
export const multinomialProbit = (specification: Specification, options: ProbitOptions = {}): ModelSpec => ({
  kernel: "probit",
  specification,
  options: { ...options },
});

/** Alternatives that may be overlooked, and what that depends on: { considered: { air: "income" } }. */
export const considerationLogit = of<{ readonly considered: Readonly<Record<string, string>> }>(
  "consideration",
);

/** Regret instead of utility: attributes are compared with those of every other alternative. */
export const randomRegret = (specification: Specification): ModelSpec => ({
  kernel: "regret",
  specification,
});
