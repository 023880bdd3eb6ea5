/**
 * What makes solvers differ: only where the curvature A ≈ −∂²f of the quadratic model comes from. Steps,
 * bounds, radius, stopping and messages are the same for all (optimise.ts).
 */
/** A point where the function and its gradient are finite. */
export interface Evaluated {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian?: Float64Array;
  readonly products?: Float64Array;
}

/** The same with the solver's curvature, K × K. */
export interface Position extends Evaluated {
  readonly curvature: Float64Array;
}

export interface Solver {
  /** What it needs at each accepted point. */
  readonly want: "gradient" | "hessian" | "products";
  /** A at the point; `before` is the accepted point that led here, null at the start. */
  curvature(here: Evaluated, before: Position | null): Float64Array;
  /** Who goes on, with the last word. */
  readonly near?: {
    /** Where the Newton decrement is below this, */
    readonly decrement: number;
    /** after so many steps, */
    readonly steps: number;
    /** or in place of a step that delivers less than this part of what it promised. */
    readonly least: number;
    readonly solver: Solver;
  };
}

/** A first guess where only the gradient is known: curvature at which the promise is all there is to gain. */
export const roughCurvature = (slope: number, value: number): number =>
  slope ** 2 / (2 * Math.max(1, Math.abs(value)));
