/** Workers of browsers: modules, which bundlers find by the form of the URL. */
import type { Answer } from "./messages.ts";
import type { Platform, Thread } from "./threads.ts";

export const webPlatform: Platform = {
  cores: globalThis.navigator?.hardwareConcurrency ?? 1,
  start() {
    const worker = new Worker(new URL("./threadWorker.web.js", import.meta.url), { type: "module" });
    const thread: Thread = {
      send: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      onAnswer: () => {},
      onDeath: () => {},
      stop: () => worker.terminate(),
    };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => thread.onAnswer(data);
    worker.onerror = (event) => thread.onDeath(event.message ?? "it could not be loaded");
    return thread;
  },
};
