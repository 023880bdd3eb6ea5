/** Many plausible values of the parameters: from the estimates' normal distribution, or from refits. */
export interface ParameterDraws {
  /** How they came about, as a phrase for notes: "1000 Krinsky–Robb draws, seed 1". */
  readonly words: string;
  /** Each holds every parameter, in the order of the fit. */
  readonly points: readonly Float64Array[];
}
