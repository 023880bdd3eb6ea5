/** A bootstrap thread: it is sent the number of a replicate, answers with its maximum, and ends on null. */
import { parentPort, workerData } from "node:worker_threads";
import "../../data/fileBytes.node.ts";
import { sourceColumn } from "../../data/sourceColumn.ts";
import { programFromJson, type Source } from "../../program/index.ts";
import { refit } from "./refit.ts";
import type { RefitMessage } from "./refitThreads.node.ts";

const { program, source, columns, ...rest } = workerData as RefitMessage;
const known = new Map(
  [...columns].map(([name, { numbers, addressing }]) => [name, sourceColumn(numbers, addressing)]),
);
const whole: Source = { ...source, column: (name) => known.get(name) ?? null };
const problem = { ...rest, program: programFromJson(program), source: whole };

parentPort!.on("message", async (replicate: number | null) => {
  if (replicate === null) parentPort!.close();
  else parentPort!.postMessage(await refit(problem, replicate));
});
