/** A thread in a browser. */
import { worker } from "./threadWorker.ts";

const receive = worker((answer) => self.postMessage(answer));
self.onmessage = ({ data }) => {
  // A promise that fails silently would leave the other side waiting.
  receive(data).catch((error: unknown) => {
    setTimeout(() => {
      throw error;
    });
  });
};
