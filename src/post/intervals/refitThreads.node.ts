/**
 * Bootstrap replicates over worker threads. The columns that the program reads are copied once into shared
 * memory; a worker takes the next replicate as soon as it is free. A worker that dies fails the bootstrap.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Complaint } from "../../complaint/index.ts";
import type { Held } from "../../data/stored.ts";
import {
  columnNames,
  type ProgramJson,
  programToJson,
  type Source,
  type SourceColumn,
  shapeOf,
} from "../../program/index.ts";
import { inThisThread, type Refits } from "./bootstrap.ts";
import type { RefitProblem, Replicate } from "./refit.ts";

/** A column in shared memory, or what it is read from. */
interface SharedColumn {
  readonly numbers: Held;
  readonly addressing: SourceColumn["addressing"];
}

/** A RefitProblem in a form that crosses to a worker. */
export interface RefitMessage extends Omit<RefitProblem, "program" | "source"> {
  readonly program: ProgramJson;
  readonly source: Omit<Source, "column">;
  readonly columns: ReadonlyMap<string, SharedColumn>;
}

const workerFile = new URL("./refitWorker.node.js", import.meta.url);

/** @param threads default: one per core, at most one per replicate. Run from its sources, it needs none. */
export function refitsInThreads(threads = availableParallelism()): Refits {
  if (!existsSync(workerFile)) return inThisThread;
  return async (problem, replicates, done, signal) => {
    const queue = [...replicates];
    const message = messageOf(problem);
    const count = Math.min(threads, queue.length);
    await Promise.all(Array.from({ length: count }, () => work(message, queue, done, signal)));
  };
}

function work(
  message: RefitMessage,
  queue: number[],
  done: (replicate: Replicate) => void,
  signal?: AbortSignal,
): Promise<void> {
  const worker = new Worker(workerFile, { workerData: message, execArgv: [] });
  const next = (): void => {
    const replicate = signal?.aborted ? undefined : queue.shift();
    worker.postMessage(replicate ?? null);
  };
  return new Promise<void>((resolve, reject) => {
    worker.on("message", (answer: Replicate) => {
      done(answer);
      next();
    });
    worker.on("error", (error) => reject(new Complaint("a bootstrap thread died", { where: error.message })));
    worker.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Complaint("a bootstrap thread died", { value: `exit ${code}` })),
    );
    next();
  });
}

function messageOf({ program, source, ...rest }: RefitProblem): RefitMessage {
  const columns = new Map(columnNames(program).map((name) => [name, shared(source.column(name)!)]));
  return {
    ...rest,
    program: programToJson(program),
    columns,
    source: shapeOf(source, program.draws !== null),
  };
}

function shared(column: SourceColumn): SharedColumn {
  const { stored, addressing } = column;
  if (stored) return { numbers: stored, addressing };
  const copy = new Float64Array(new SharedArrayBuffer(column.values.byteLength));
  copy.set(column.values);
  return { numbers: copy, addressing };
}
