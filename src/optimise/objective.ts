/** What an optimiser sees: a function of numbers with exact derivatives. It knows neither models nor data. */
export type Want = "value" | "gradient" | "hessian";

/** The function at one point. Maximised. `hessian` is K × K, row by row, both triangles filled. */
export interface Evaluation {
  readonly value: number;
  readonly gradient?: Float64Array;
  readonly hessian?: Float64Array;
}

export interface Objective {
  readonly dimension: number;
  /** "gradient" includes the value, "hessian" includes both. Not finite where the point is not allowed. */
  evaluate(point: Float64Array, want: Want): Promise<Evaluation>;
  /** Σ s sᵀ beside the value and its gradient, in one pass. Only BHHH asks for it. */
  products?(point: Float64Array): Promise<Products>;
}

/** The value is a sum of independent terms, whose gradients are their scores s. */
export interface Products extends Evaluation {
  readonly gradient: Float64Array;
  /** Σ s sᵀ over the terms, K × K. */
  readonly products: Float64Array;
}
