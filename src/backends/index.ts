/** The backends, fastest first, and the choice among them. */
import { Complaint, suggest } from "../complaint/index.ts";
import { drawCount } from "../math/draws/draws.ts";
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

/** Evaluations that are this long by estimate have workers that start before the first of them. */
const eagerMs = 15;
/** So much of an evaluation is worth a thread of its own. */
const threadMs = 8;

/**
 * Binds a program to its data on the named backend, or on the fastest that does not refuse. Evaluations are shared
 * out over at most so many threads. "all" is as many as there are cores and the work is worth, with classes or draws;
 * without them it is one, since columns that do not lie in shared memory would have to be copied there.
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
  const ms = estimatedMs(program, source);
  const worth = isMixture(program) ? Math.max(2, Math.floor(ms / threadMs)) : 1;
  const count = threads !== "all" ? threads : Math.min(platform?.cores ?? 1, worth);
  if (!platform || count === 1) return prepared;
  const { divisible } = prepared;
  const eager = ms >= eagerMs;
  return new Divided(divisible, new Threads({ divisible, source, threads: count, platform, eager }));
}

/** About how long an evaluation with its derivatives takes on one thread, on the machine of docs/performance.md. */
function estimatedMs(program: Program, { situations, rows }: Source): number {
  const { draws, classes, free } = program;
  if (!isMixture(program)) return (rows * free.length) / 300_000;
  return (situations * (draws ? drawCount(draws) : 1) * classes.length) / 12_500;
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
