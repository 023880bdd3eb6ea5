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
  readonly nests: Nests;
  readonly lambda?: Lambda;
  /** "utility" (default) divides utilities by the λ of their nest, "nest" does not. */
  readonly normalisation?: "utility" | "nest";
};

/** Alternatives in nests of near substitutes: { nests: { public: ["train", "bus"] } }. */
export const nestedLogit = of<NestedOptions>("nested");
