/**
 * What goes into a search for the maximum and what comes out: a value with advice, never a bare boolean.
 */
import type { Objective } from "./objective.ts";

export interface Problem {
  readonly objective: Objective;
  /** K starting values. Fixed parameters have been removed by the caller. */
  readonly start: Float64Array;
  /** K lower bounds; −∞ where there is none. */
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
  /** K names, for messages. */
  readonly names: readonly string[];
}

export interface Options {
  /** "newton" (exact Hessian, default), "bfgs" (gradients only), "bhhh" (outer product of scores), "rising" (it, then Newton). */
  readonly solver?: "newton" | "bfgs" | "bhhh" | "rising";
  /** Steps tried, accepted or not. Default 200. */
  readonly maxIterations?: number;
  /** Largest relative gradient at convergence. Default 1e-8. */
  readonly tolerance?: number;
  /** A Newton decrement that will do, where another search goes on from here: the Hessian may then be missing (NaN). */
  readonly enough?: number;
  /** About minus the Hessian at the start, K × K, from a smaller problem: the first step then needs the gradient only. */
  readonly curvature?: Float64Array;
  readonly onStep?: (event: StepEvent) => void;
  readonly signal?: AbortSignal;
}

/** One accepted point. The first has iteration 0. */
export interface StepEvent {
  readonly iteration: number;
  readonly value: number;
  /** max_k |g_k| max(|θ_k|, s_k) / max(1, |value|) over the parameters not held at a bound. */
  readonly gradientNorm: number;
  /** How far the next step may go, in units of s_k = 1/√|H_kk|. Infinity: as far as Newton says. */
  readonly radius: number;
  readonly seconds: number;
}

export type Status = "converged" | "stalled" | "iterations" | "flat" | "unbounded" | "failed" | "cancelled";

export interface Outcome {
  readonly status: Status;
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** The exact Hessian at the point, K × K, whichever solver searched. */
  readonly hessian: Float64Array;
  readonly iterations: number;
  readonly evaluations: number;
  readonly gradientNorm: number;
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to do about it; empty when all is well. */
  readonly advice: string;
  readonly history: readonly StepEvent[];
  readonly atBound: readonly ("lower" | "upper" | null)[];
  readonly seconds: number;
  /** s_k, the unit in which steps and directions are measured: 1/√|H_kk| at the point. */
  readonly scale: Float64Array;
  /** Smallest eigenvalue of −H with unit diagonal, over the free parameters: 0 is flat, NaN unknown. */
  readonly conditioning: number;
  /** Directions along which nothing changes, in units of `scale`. Empty unless "flat". */
  readonly nullDirections: readonly Float64Array[];
  /** The direction in which the parameters run away, in their own units. Null unless "unbounded". */
  readonly runaway: Float64Array | null;
}

/** The parts of an outcome that tell of the search rather than of where it ended. */
export type Account = Pick<Outcome, "iterations" | "evaluations" | "history" | "seconds">;

/** An outcome that still lacks its words and its account. */
export type Found = Omit<Outcome, "message" | "advice" | keyof Account>;
