/** A worker, what it was given, and what is waited for. */
import { Complaint } from "../complaint/index.ts";
import type { Answer, Done, Problem, Task } from "./messages.ts";
import { handedOver } from "./slices.ts";
import type { Platform, Thread } from "./threads.ts";

interface Waiting {
  readonly put: (blocks: Done["blocks"]) => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Hand {
  death: Complaint | null = null;
  /** Called when it has no problem left, and when it dies. */
  onIdle: () => void = () => {};
  private readonly thread: Thread;
  private readonly begun = new Map<number, { ready: boolean; settle: () => void }>();
  private readonly waiting = new Map<number, Waiting>();

  constructor(platform: Platform, name: string) {
    this.thread = platform.start();
    this.thread.onAnswer = (answer) => this.answered(answer);
    this.thread.onDeath = (reason) => {
      this.death = new Complaint(`${name} of the fit died`, { where: reason, help: "fit with threads: 1" });
      for (const known of this.begun.values()) this.begin(known);
      for (const { reject } of this.waiting.values()) reject(this.death);
      this.waiting.clear();
      this.onIdle();
    };
  }

  /** Settles when tasks of it can be asked, or never will be. */
  give(problem: Problem): Promise<void> {
    return new Promise((settle) => {
      this.begun.set(problem.problem, { ready: false, settle });
      this.thread.send(problem, handedOver(problem.source));
    });
  }

  private begin(known: { ready: boolean; settle: () => void }): void {
    known.ready = true;
    known.settle();
  }

  /** Whether a task of the problem would be done at once; of a dead one, that it would fail at once. */
  isReady(problem: number): boolean {
    return this.death !== null || this.begun.get(problem)?.ready === true;
  }

  private answered(answer: Answer): void {
    if ("ready" in answer) {
      const known = this.begun.get(answer.ready);
      if (known) this.begin(known);
      return;
    }
    const waiting = this.waiting.get(answer.done);
    waiting?.put(answer.blocks);
    if (answer.more) return;
    this.waiting.delete(answer.done);
    waiting?.resolve();
  }

  /** Settles when its blocks are done. Rejects with a Complaint if the worker has died, or dies. */
  ask(task: Task, put: (blocks: Done["blocks"]) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.death) return reject(this.death);
      this.waiting.set(task.task, { put, resolve, reject });
      this.thread.send(task);
    });
  }

  forget(problem: number): void {
    this.begun.delete(problem);
    if (this.death) return;
    this.thread.send({ forget: problem });
    if (this.begun.size === 0) this.onIdle();
  }

  get isIdle(): boolean {
    return this.begun.size === 0;
  }

  stop(): void {
    this.thread.stop();
  }
}
