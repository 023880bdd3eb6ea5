/** What a thread does: it prepares its share of the data once, then answers every point with the sums of its blocks. */
import type { Want } from "../optimise/objective.ts";
import { type ProgramJson, programFromJson } from "../program/index.ts";
import { type Divisible, type Division, isDivisible } from "./division.ts";
import { js } from "./js.ts";
import { type SlicedSource, unsliced } from "./slices.ts";
import { relaxedWasm, wasm } from "./wasm/wasm.ts";

/** The first message to a thread. */
export interface Share {
  readonly backend: string;
  readonly program: ProgramJson;
  readonly source: SlicedSource;
}

/** Every later one: which blocks, and where. */
export interface Task {
  readonly point: Float64Array;
  readonly want: Want;
  readonly from: number;
  readonly to: number;
}

/** The answer to a share is "ready"; to a task, the sums. */
export type Answer = "ready" | Float64Array;

/** @param answer sends to the other side. Returns what takes the messages from there. */
export function worker(answer: (message: Answer) => void): (message: Share | Task) => Promise<void> {
  let division: Division | null = null;
  return async (message) => {
    if ("program" in message) {
      division = await divided(message);
      answer("ready");
    } else {
      answer(division!.parts(message.point, message.want, message.from, message.to));
    }
  };
}

async function divided({ backend, program, source }: Share): Promise<Division> {
  const kind = [wasm, relaxedWasm, js].find(({ name }) => name === backend)!;
  const prepared = await kind.prepare(programFromJson(program), unsliced(source));
  if (!isDivisible(prepared)) throw new Error(`the backend ${backend} does not divide`);
  return (prepared as Divisible).division();
}
