/** τ of a situation in parts: its graph, its text, its parameters, and what to tell the reader. */
import type { Expr } from "../expr/index.ts";
import type { Parameter } from "./spec.ts";

export interface Tau {
  readonly tau: Expr;
  readonly text: string;
  readonly parameters: readonly Parameter[];
  /** What pins the scale when money does not. */
  readonly pinned: string;
  readonly notes: readonly string[];
}

const lowest = 1e-8;

/** A τ starts at 1 and stays positive. `neutral` is 1 where it is relative to something. */
export const tauParameter = (name: string, neutral: number): Parameter => ({
  name,
  start: 1,
  fixed: false,
  lower: lowest,
  upper: Number.POSITIVE_INFINITY,
  neutral,
  role: "temperature",
});
