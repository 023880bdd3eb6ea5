/** A model as plain JSON: its kernel, what its utilities are, and its options. Functions make them. */
import type { ModelOptions } from "../models/index.ts";
import type { Specification } from "../spec/index.ts";

export interface ModelSpec {
  /** A name of the registry in models/index.ts. */
  readonly kernel: string;
  readonly specification: Specification;
  readonly options?: ModelOptions;
}

/** Best and worst as the pair of the largest difference. Best, then worst of the others, is a logit. */
export const maxdiff = (specification: Specification): ModelSpec => ({ kernel: "maxdiff", specification });

/** The multinomial logit over a formula ("price + catch | income") or a specification of utilities. */
export const logit = (specification: Specification): ModelSpec => ({ kernel: "logit", specification });

/** What MDCEV may be told. */
export interface MdcevOptions {
  /** "gamma" (default): γ by good, α = 0; "alpha": α by good, γ = 1; "both": γ by good and one α. */
  readonly profile?: "gamma" | "alpha" | "both";
  /** The good that everybody consumes. */
  readonly outside?: string;
  /** "fixed" (default) at 1, or "free" where prices vary. */
  readonly scale?: "fixed" | "free";
}

/** How much of each good is taken: the utilities are ln ψ, the baseline marginal utilities; that of one good is 0. */
export const mdcev = (specification: Specification, options: MdcevOptions = {}): ModelSpec => ({
  kernel: "mdcev",
  specification,
  options: { ...options },
});

/** What ordered models may be told. */
export interface OrderedOptions {
  /** Columns that the thresholds depend on: "age + income". Default: none, the same thresholds for all. */
  readonly thresholds?: string;
}

/** The ordered logit over a formula ("age + income") or a latent utility; the alternatives are the levels. */
export const orderedLogit = (specification: Specification, options: OrderedOptions = {}): ModelSpec => ({
  kernel: "orderedLogit",
  specification,
  options: { ...options },
});

/** The ordered probit: as the ordered logit, with normal noise. */
export const orderedProbit = (specification: Specification, options: OrderedOptions = {}): ModelSpec => ({
  kernel: "orderedProbit",
  specification,
  options: { ...options },
});
