/** Workers of browsers: modules, which bundlers find by the form of the URL. */
import type { Answer } from "./messages.ts";
import type { Platform, Thread } from "./threads.ts";

export const webPlatform: Platform = {
  cores: globalThis.navigator?.hardwareConcurrency ?? 1,
  start() {
    const worker = isFromHere()
      ? new Worker(new URL("./threadWorker.web.js", import.meta.url), { type: "module" })
      : new Worker(importing(import.meta.url.replace(/[^/]*$/, "threadWorker.web.js")), { type: "module" });
    const thread: Thread = {
      send: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      onAnswer: () => {},
      onDeath: () => {},
      stop: () => worker.terminate(),
    };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => thread.onAnswer(data);
    const died = (reason: string): void => {
      worker.terminate();
      thread.onDeath(reason);
    };
    worker.onerror = ({ message }) => died(message || "it could not be loaded");
    worker.onmessageerror = () => died("its answer could not be read");
    return thread;
  },
};

const isFromHere = (): boolean => new URL(import.meta.url).origin === globalThis.location?.origin;

/** A worker must come from the page's own origin, but may import what comes from elsewhere. */
function importing(file: string): URL {
  const text = `import ${JSON.stringify(file)};`;
  return new URL(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}
