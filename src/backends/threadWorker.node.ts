/** A thread in Node. */
import { parentPort } from "node:worker_threads";
import "../data/fileBytes.node.ts";
import { worker } from "./threadWorker.ts";

const receive = worker((answer) => parentPort!.postMessage(answer));
// A message that fails ends the worker, and the other side is told.
parentPort!.on("message", (message) => void receive(message));
