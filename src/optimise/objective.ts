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
  /** Gradients of the independent terms whose sum is the value, in blocks of rows × K. Only BHHH asks for them. */
  scores?(point: Float64Array, receive: (block: Float64Array) => void): Promise<void>;
}
