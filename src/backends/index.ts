/** The backends, fastest first, and the choice among them. */
import { Complaint, suggest } from "../complaint/index.ts";
import { isByPerson, isMixture, type Program, type Source } from "../program/core.ts";
import { Apart, unitsOf } from "./apart.ts";
import type { Backend, Prepared } from "./backend.ts";
import { Divided } from "./divided.ts";
import { interpret } from "./interpret.ts";
import { js } from "./js.ts";
import { platformHere } from "./platform.ts";
import { Threads } from "./threads.ts";
import { relaxedWasm, wasm } from "./wasm/wasm.ts";

/** All give the same digits. */
export const backends: readonly Backend[] = [wasm, js, interpret];
/** Those that run only by their name. */
const others: readonly Backend[] = [relaxedWasm];

/** From here on workers start before the first evaluation (some 10 ms long): situations times draws times classes, */
const longMixture = 250_000;
/** or, without them, rows times parameters. */
const longChoices = 3_000_000;

/**
 * Binds a program to its data on the named backend, or on the fastest that does not refuse. Evaluations are shared
 * out over at most so many threads. "all" is one for each core where that pays, which is for classes and draws: a
 * program without them is done before workers have their share of the data (the first fit of 500,000 × 10
 * alternatives: 1.9 s alone, 2.2 s with a worker).
 * Throws a Complaint where the backend is unknown or cannot run the program, and for a number of threads that is none.
 */
export async function prepare(
  program: Program,
  source: Source,
  name?: string,
  threads: number | "all" = 1,
): Promise<Prepared> {
  if (program.apart !== undefined) return apart(program, source, name, threads);
  const prepared = await chosen(program, name).prepare(program, source);
  if (threads !== "all" && !(Number.isInteger(threads) && threads > 0))
    throw new Complaint("threads are counted: 1, 2, 3, …", { value: threads });
  if (threads === 1 || !(prepared instanceof Divided)) return prepared;
  const platform = await platformHere();
  const count = threads !== "all" ? threads : isMixture(program) ? (platform?.cores ?? 1) : 1;
  if (!platform || count === 1) return prepared;
  const eager = isLong(program, source);
  const { divisible } = prepared;
  return new Divided(divisible, new Threads({ divisible, source, threads: count, platform, eager }));
}

function isLong(program: Program, { situations, rows }: Source): boolean {
  const { draws, classes, free } = program;
  if (!isMixture(program)) return rows * free.length >= longChoices;
  return situations * (draws?.count ?? 1) * classes.length >= longMixture;
}

async function apart(
  { apart: column, ...choices }: Program,
  source: Source,
  name: string | undefined,
  threads: number | "all",
): Promise<Prepared> {
  const units = unitsOf(source, column!);
  const likelihood = await prepare(choices, units.source, name, threads);
  return new Apart(
    likelihood,
    await prepare(choices, source, name),
    units,
    isByPerson(choices) ? source.person : null,
  );
}

function chosen(program: Program, name: string | undefined): Backend {
  if (name === undefined) return backends.find((backend) => backend.refuses(program) === null)!;
  const all = [...backends, ...others];
  const found = all.find((backend) => backend.name === name);
  const names = all.map((backend) => backend.name);
  if (!found) throw new Complaint(`there is no backend ${name}`, { help: suggest(name, names) });
  const reason = found.refuses(program);
  if (reason)
    throw new Complaint(`the backend ${name} cannot run this model`, {
      rule: reason,
      help: "leave the choice to the toolkit",
    });
  return found;
}

export type { Backend, OutputBlock, Prepared, Sums } from "./backend.ts";
export { usePlatform } from "./platform.ts";
export { warmUp } from "./pool.ts";
