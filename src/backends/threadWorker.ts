/** What a thread does: it prepares problems, then answers every task with what its blocks of it say. */
import type { Expr } from "../expr/index.ts";
import { exprsFromJson, programFromJson } from "../program/core.ts";
import { claim } from "./claims.ts";
import { Divided } from "./divided.ts";
import type { Divisible } from "./division.ts";
import type { Piece } from "./job.ts";
import { js } from "./js.ts";
import type { Answer, Message, Problem, Task } from "./messages.ts";
import { unsliced } from "./slices.ts";
import { relaxedWasm, wasm } from "./wasm/wasm.ts";

/** Numbers that are sent before all blocks are done. */
const many = 64 * 1024;

/** @param answer sends to the other side. Returns what takes the messages from there. */
export function worker(answer: (message: Answer) => void): (message: Message) => Promise<void> {
  const problems = new Map<number, Promise<Divisible>>();
  const outputs = new Map<number, readonly Expr[]>();
  return async (message) => {
    if ("problem" in message) {
      const prepared = divisible(message);
      problems.set(message.problem, prepared);
      await prepared;
      answer({ ready: message.problem });
    } else if ("forget" in message) {
      const forgotten = problems.get(message.forget);
      problems.delete(message.forget);
      (await forgotten)?.dispose();
    } else await work(await problems.get(message.of)!, message, outputs, answer);
  };
}

async function divisible({ backend, program, source }: Problem): Promise<Divisible> {
  const kind = [wasm, relaxedWasm, js].find(({ name }) => name === backend)!;
  const prepared = await kind.prepare(programFromJson(program), unsliced(source));
  if (!(prepared instanceof Divided)) throw new Error(`the backend ${backend} does not divide`);
  // Evaluations are what comes first.
  await prepared.divisible.division({ kind: "hessian" });
  return prepared.divisible;
}

async function work(
  problem: Divisible,
  { task, kind, outputs: given, point, claims }: Task,
  known: Map<number, readonly Expr[]>,
  answer: (message: Answer) => void,
): Promise<void> {
  const outputs = given && (known.get(given.id) ?? exprsFromJson(given.exprs));
  if (given && outputs) known.set(given.id, outputs);
  const division = await problem.division({ kind, outputs });
  let blocks: [number, readonly Piece[]][] = [];
  let size = 0;
  for (let block = claim(claims); block >= 0; block = claim(claims)) {
    const pieces = division.block(point, block);
    blocks.push([block, pieces]);
    size += pieces.reduce((sum, { columns }) => sum + columns.length * columns[0].length, 0);
    if (size < many) continue;
    answer({ done: task, blocks, more: true });
    [blocks, size] = [[], 0];
  }
  answer({ done: task, blocks, more: false });
}
