/** What is said between this thread and its workers. */
import type { ExprsJson, ProgramJson } from "../program/core.ts";
import type { Claims } from "./claims.ts";
import type { Job, Piece } from "./job.ts";
import type { SlicedSource } from "./slices.ts";

/** A program and its data, by a number. It is answered when jobs can be asked of it. */
export interface Problem {
  readonly problem: number;
  readonly backend: string;
  readonly program: ProgramJson;
  readonly source: SlicedSource;
}

/** Blocks of a job at a point. It is answered with what they say, in one or several parts. */
export interface Task {
  readonly task: number;
  /** The problem that it is about. */
  readonly of: number;
  readonly kind: Job["kind"];
  /** Outputs by a number, under which they are remembered. */
  readonly outputs?: { readonly id: number; readonly exprs: ExprsJson };
  readonly point: Float64Array;
  readonly claims: Claims;
}

/** The problem is done with. It is not answered. */
export interface Forget {
  readonly forget: number;
}

export type Message = Problem | Task | Forget;

export interface Ready {
  readonly ready: number;
}
export interface Done {
  readonly done: number;
  readonly blocks: readonly (readonly [block: number, pieces: readonly Piece[]])[];
  /** Whether more is to come. */
  readonly more: boolean;
}

export type Answer = Ready | Done;

export const wantsAnswer = (message: Message): boolean => !("forget" in message);
export const isLast = (answer: Answer): boolean => "ready" in answer || !answer.more;
