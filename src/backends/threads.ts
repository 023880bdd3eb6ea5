/**
 * Threads: the blocks of an evaluation are shared out over workers, and their sums are added in the order of the
 * blocks, so that any number of threads gives the same bits. The first evaluations run on one thread; workers
 * start beside them, if evaluations take long enough to be worth it.
 *
 * How a worker is made is the platform's: threads.node.ts for Node, threads.web.ts for browsers.
 */
import { Complaint } from "../complaint/index.ts";
import type { Expr } from "../expr/index.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import { type Program, programToJson, type Source } from "../program/index.ts";
import type { OutputBlock, Prepared, ScoreBlock, Sums } from "./backend.ts";
import type { Divisible, Division } from "./division.ts";
import { dismiss, hire } from "./pool.ts";
import { handedOver, sliced } from "./slices.ts";
import type { Answer, Share, Task } from "./threadWorker.ts";

/** A worker as this side sees it. */
export interface Thread {
  /** @param transfer memory that goes over to the thread instead of being copied. */
  send(message: Share | Task, transfer?: readonly ArrayBuffer[]): void;
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

/** Shorter evaluations are not worth a worker: to start one takes some 50 ms, and every message some 0.1 ms. */
const worthwhileMs = 8;
export interface ThreadProblem {
  readonly prepared: Divisible;
  readonly program: Program;
  readonly source: Source;
  readonly threads: number;
  readonly platform: Platform;
  /** Whether workers start before the first evaluation, which is known to take long. */
  readonly eager?: boolean;
  /** Evaluations that take less than this many milliseconds stay on one thread. */
  readonly worthwhile?: number;
}

export class Threaded implements Prepared {
  readonly backend: string;
  private readonly problem: ThreadProblem;
  private readonly prepared: Divisible;
  private team: Team | null = null;

  constructor(problem: ThreadProblem) {
    this.problem = problem;
    this.prepared = problem.prepared;
    this.backend = problem.prepared.backend;
  }

  async wake(): Promise<void> {
    if (this.problem.eager) this.gather(await this.prepared.division());
  }

  async evaluate(point: Float64Array, want: Want): Promise<Evaluation> {
    const division = await this.prepared.division();
    if (this.problem.eager) this.gather(division);
    if (this.team) return this.team.evaluate(point, want);
    const began = performance.now();
    const found = division.whole(division.parts(point, want, 0, division.blocks), want);
    const took = performance.now() - began;
    if (took >= (this.problem.worthwhile ?? worthwhileMs)) this.gather(division);
    return found;
  }

  /** Starts the workers, unless they are there or there is nothing to share. */
  private gather(division: Division): void {
    const threads = Math.min(this.problem.threads, division.blocks);
    if (threads > 1) this.team ??= new Team(this.problem, division, threads);
  }

  each(outputs: readonly Expr[], point: Float64Array, visit: (block: OutputBlock) => void): Promise<void> {
    return this.prepared.each(outputs, point, visit);
  }

  sums(outputs: readonly Expr[], point: Float64Array): Promise<Sums> {
    return this.prepared.sums(outputs, point);
  }

  scores(point: Float64Array, visit: (block: ScoreBlock) => void): Promise<void> {
    return this.prepared.scores(point, visit);
  }

  get scoreProducts(): Prepared["scoreProducts"] {
    return this.prepared.scoreProducts?.bind(this.prepared);
  }

  /** Settles when all workers that were started can be asked; the number of threads from then on. */
  async ready(): Promise<number> {
    return 1 + ((await this.team?.ready()) ?? 0);
  }

  rest(): void {
    this.team?.dismiss();
    this.team = null;
  }

  dispose(): void {
    this.rest();
    this.prepared.dispose();
  }
}

/** The workers of one program, and this thread among them: member 0. */
class Team {
  private readonly platform: Platform;
  private readonly division: Division;
  private readonly members: Member[];

  constructor({ prepared, program, source, platform }: ThreadProblem, division: Division, threads: number) {
    this.platform = platform;
    this.division = division;
    const share = (i: number): number => Math.round((i * division.blocks) / threads);
    const json = programToJson(program);
    this.members = Array.from({ length: threads - 1 }, (_, i) => {
      const [from, to] = [share(i + 1), share(i + 2)];
      // Blocks of persons who are not side by side in the data may need any of them.
      const { isInOrder, cuts } = division;
      const own = isInOrder
        ? sliced(program, source, cuts[from], cuts[to])
        : sliced(program, source, 0, source.situations);
      return new Member(hire(platform), `thread ${i + 2}`, from, to, {
        backend: prepared.backend,
        program: json,
        source: own,
      });
    });
  }

  async evaluate(point: Float64Array, want: Want): Promise<Evaluation> {
    const { blocks } = this.division;
    // Only between turns of the event loop does a worker get to say that it is ready.
    if (this.members.some(({ isReady }) => !isReady)) await turn();
    const ready = this.members.filter(({ isReady }) => isReady);
    const asked = ready.map((member) => member.ask(point, want));
    // What no worker has yet is done here; what is asked of workers is awaited together, lest a death go unseen.
    const answers = Promise.all(asked);
    answers.catch(() => {});
    const parts = this.own(ready, point, want);
    for (const [i, sums] of (await answers).entries()) parts.set(ready[i].from, sums);
    return this.division.whole(parts.joined(blocks), want);
  }

  private own(ready: readonly Member[], point: Float64Array, want: Want): Parts {
    const parts = new Parts();
    let from = 0;
    for (const member of [...ready, { from: this.division.blocks, to: this.division.blocks }]) {
      if (member.from > from) parts.set(from, this.division.parts(point, want, from, member.from));
      from = member.to;
    }
    return parts;
  }

  async ready(): Promise<number> {
    await Promise.all(this.members.map(({ ready }) => ready));
    return this.members.length;
  }

  dismiss(): void {
    for (const member of this.members) member.dismiss(this.platform);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Sums by their first block, put together in order. */
class Parts {
  private readonly pieces = new Map<number, Float64Array>();

  set(from: number, sums: Float64Array): void {
    this.pieces.set(from, sums);
  }

  joined(blocks: number): Float64Array {
    const sorted = [...this.pieces].sort(([a], [b]) => a - b).map(([, sums]) => sums);
    const length = sorted.reduce((sum, piece) => sum + piece.length, 0);
    if (sorted.length === 1) return sorted[0];
    const all = new Float64Array(length);
    let at = 0;
    for (const piece of sorted) {
      all.set(piece, at);
      at += piece.length;
    }
    if (length % blocks !== 0) throw new Error("blocks are missing from an evaluation");
    return all;
  }
}

interface Waiting {
  readonly resolve: (sums: Float64Array) => void;
  readonly reject: (error: unknown) => void;
}

class Member {
  readonly from: number;
  readonly to: number;
  isReady = false;
  readonly ready: Promise<void>;
  private readonly thread: Thread;
  private waiting: Waiting | null = null;
  private death: Complaint | null = null;

  constructor(thread: Thread, name: string, from: number, to: number, share: Share) {
    this.thread = thread;
    this.from = from;
    this.to = to;
    let settle = (): void => {};
    this.ready = new Promise((resolve) => {
      settle = resolve;
    });
    const begin = (): void => {
      this.isReady = true;
      settle();
    };
    thread.onAnswer = (answer) => {
      if (answer === "ready") begin();
      else this.answered(answer);
    };
    thread.onDeath = (reason) => {
      this.death = new Complaint(`${name} of the fit died`, { where: reason, help: "fit with threads: 1" });
      begin();
      this.waiting?.reject(this.death);
    };
    thread.send(share, handedOver(share.source));
  }

  private answered(sums: Float64Array): void {
    const { waiting } = this;
    this.waiting = null;
    waiting?.resolve(sums);
  }

  /** The sums of its blocks. Rejects with a Complaint if the worker has died, or dies. */
  ask(point: Float64Array, want: Want): Promise<Float64Array> {
    return new Promise((resolve, reject) => {
      if (this.death) return reject(this.death);
      this.waiting = { resolve, reject };
      this.thread.send({ point, want, from: this.from, to: this.to });
    });
  }

  /** One that is at work, or dead, does not come back. */
  dismiss(platform: Platform): void {
    if (this.death || !this.isReady || this.waiting) this.thread.stop();
    else dismiss(platform, this.thread);
  }
}
