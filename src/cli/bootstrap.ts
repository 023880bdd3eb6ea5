/**
 * A bootstrap on the command line: spread over threads, with a bar on the terminal. With --resume its replicates
 * are kept in a file; stopped with Ctrl-C or killed, it goes on from there and gives the same bits.
 */
import { existsSync } from "node:fs";
import { Complaint } from "../complaint/index.ts";
import { readText, replaceText } from "../files.node.ts";
import type { Fit } from "../fit/index.ts";
import type { Bootstrap, BootstrapOptions, BootstrapState } from "../post/index.ts";
import type { Values } from "./flags.ts";

/** Replicates are written to the file at most so often, in milliseconds. */
const pause = 1000;

export function bootstrapHere(values: Values): (fit: Fit, options?: BootstrapOptions) => Promise<Bootstrap> {
  return async (fit, options = {}) => {
    const { bootstrap } = await import("../post/index.ts");
    const { refitsInThreads } = await import("../post/intervals/refitThreads.node.ts");
    const file = typeof values.resume === "string" ? values.resume : null;
    const resume = file !== null && existsSync(file) ? stateOf(await readText(file), file) : undefined;
    const stopper = new AbortController();
    const stop = (): void => stopper.abort();
    process.once("SIGINT", stop);
    const shown = values.quiet || !process.stderr.isTTY ? null : process.stderr;
    const wanted = options.replications ?? 0;
    let [latest, written]: [BootstrapState | null, number] = [null, 0];
    let writing = Promise.resolve();
    const write = (): void => {
      const state = latest;
      if (file !== null && state) writing = writing.then(() => replaceText(file, JSON.stringify(state)));
    };
    try {
      const found = await bootstrap(fit, {
        ...options,
        ...(resume ? { resume } : {}),
        run: refitsInThreads(),
        signal: stopper.signal,
        onReplicate(state) {
          latest = state;
          shown?.write(`\r\u001b[Kbootstrap ${state.replicates.length} of ${wanted}`);
          if (Date.now() - written < pause) return;
          written = Date.now();
          write();
        },
      });
      write();
      await writing;
      if (stopper.signal.aborted)
        throw new Complaint("the bootstrap was stopped", {
          value: `${found.state.replicates.length} of ${wanted} replicates done`,
          help: file ? `the same command goes on from ${file}` : "--resume file.json keeps what is done",
        });
      return found;
    } finally {
      shown?.write("\r\u001b[K");
      process.off("SIGINT", stop);
    }
  };
}

function stateOf(text: string, path: string): BootstrapState {
  try {
    const state = JSON.parse(text) as BootstrapState;
    if (Array.isArray(state?.replicates)) return state;
  } catch {
    // Said below.
  }
  throw new Complaint("this file holds no bootstrap", { where: path, help: "name a new file" });
}
