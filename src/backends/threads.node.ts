/** Workers of Node. They do not keep the process alive. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Answer, isLast, wantsAnswer } from "./messages.ts";
import type { Platform, Thread } from "./threads.ts";

/** The worker is a file of the built package: sources that run as they are have no threads. */
const isBuilt = import.meta.url.endsWith(".js");

export const nodePlatform: Platform = {
  cores: isBuilt ? availableParallelism() : 1,
  start() {
    // Flags of the process are for its own text: with --input-type a worker would refuse to be a file.
    const worker = new Worker(new URL("./threadWorker.node.js", import.meta.url), { execArgv: [] });
    let stopped = false;
    let awaited = 0;
    const thread: Thread = {
      send(message, transfer = []) {
        if (wantsAnswer(message)) awaited++;
        if (awaited > 0) worker.ref();
        worker.postMessage(message, transfer);
      },
      onAnswer: () => {},
      onDeath: () => {},
      stop() {
        stopped = true;
        void worker.terminate();
      },
    };
    const died = (reason: string): void => {
      if (!stopped) thread.onDeath(reason);
      stopped = true;
    };
    // While it works somebody waits for its answer; without work it must not keep the process alive.
    worker.on("message", (answer: Answer) => {
      if (isLast(answer)) awaited--;
      if (awaited === 0) worker.unref();
      thread.onAnswer(answer);
    });
    worker.on("error", (error: Error) => died(error.message));
    worker.on("exit", (code) => died(`it ended with status ${code}`));
    worker.unref();
    return thread;
  },
};
