/** A model as plain JSON: its kernel, what its utilities are, and its options. Functions make them. */
import type { ModelOptions } from "../models/index.ts";
import type { Specification } from "../spec/index.ts";

export interface ModelSpec {
  /** A name of the registry in models/index.ts. */
  readonly kernel: string;
  readonly specification: Specification;
  readonly options?: ModelOptions;
}

/** The multinomial logit over a formula ("price + catch | income") or a specification of utilities. */
export const logit = (specification: Specification): ModelSpec => ({ kernel: "logit", specification });
