/**
 * Threads: the blocks of a job are shared out over workers, and what they say is put together in the order of the
 * blocks, so that any number of threads gives the same bits. The first evaluations run on one thread; workers
 * start beside them, if evaluations take long enough to be worth it.
 *
 * How a worker is made is the platform's: threads.node.ts for Node, threads.web.ts for browsers.
 */
import type { Source } from "../program/core.ts";
import { alone, type Crew } from "./crew.ts";
import type { Divisible, Division } from "./division.ts";
import { isOfLikelihood, type Job, type Piece } from "./job.ts";
import type { Answer, Message } from "./messages.ts";
import { hands, handsOf } from "./pool.ts";
import { Team } from "./team.ts";

/** A worker as this side sees it. */
export interface Thread {
  /** @param transfer memory that goes over to the thread instead of being copied. */
  send(message: Message, transfer?: readonly ArrayBuffer[]): void;
  /** Called with each answer, in the order of what was sent. */
  onAnswer: (answer: Answer) => void;
  /** Called once if the worker dies. */
  onDeath: (reason: string) => void;
  stop(): void;
}

export interface Platform {
  /** Threads that run at the same time. */
  readonly cores: number;
  start(): Thread;
}

/** Shorter evaluations are not worth a worker: to start one takes some 50 ms. */
const worthwhileMs = 8;
/** Where there are workers already: they have to be told the problem, and every message takes some 0.1 ms. */
const worthAskingMs = 5;

export interface ThreadProblem {
  readonly divisible: Divisible;
  readonly source: Source;
  readonly threads: number;
  readonly platform: Platform;
  /** Whether workers start before the first evaluation, which is known to take long. */
  readonly eager?: boolean;
  /** Evaluations that take less than this many milliseconds stay on one thread. */
  readonly worthwhile?: number;
}

export class Threads implements Crew {
  private readonly problem: ThreadProblem;
  /** Whether jobs are known to take long. */
  private isLong: boolean;
  /** Whether they were before the last rest: then workers are asked if there are any. */
  private wasLong = false;
  private team: Team | null = null;

  constructor(problem: ThreadProblem) {
    this.problem = problem;
    this.isLong = problem.eager ?? false;
  }

  async wake(): Promise<void> {
    if (this.isLong) await this.gather();
  }

  async run(division: Division, job: Job, point: Float64Array, visit: (piece: Piece) => void): Promise<void> {
    if (this.isLong || (this.wasLong && this.areThere())) await this.gather();
    if (this.team) return this.team.run(division, job, point, visit);
    const began = performance.now();
    await alone.run(division, job, point, visit);
    const took = performance.now() - began;
    if (took < (this.problem.worthwhile ?? (this.areThere() ? worthAskingMs : worthwhileMs))) return;
    this.isLong = true;
    // After an evaluation there mostly is another, after other jobs there may be none.
    if (isOfLikelihood(job)) await this.gather();
  }

  private areThere(): boolean {
    const { platform, threads } = this.problem;
    return handsOf(platform) >= threads - 1;
  }

  /** Hands the problem to workers, unless that is done or there is nothing to share. */
  private async gather(): Promise<void> {
    if (this.team) return;
    const { divisible, source, threads, platform } = this.problem;
    const { backend, program } = divisible;
    const division = await divisible.division({ kind: "hessian" });
    const count = Math.min(threads, division.blocks);
    if (count > 1) this.team = new Team({ backend, program, source }, division, hands(platform, count - 1));
  }

  /** Settles when all workers that were started can be asked; the number of threads from then on. */
  async ready(): Promise<number> {
    return 1 + ((await this.team?.ready()) ?? 0);
  }

  rest(): void {
    this.team?.leave();
    this.team = null;
    this.wasLong ||= this.isLong;
    this.isLong = false;
  }
}
