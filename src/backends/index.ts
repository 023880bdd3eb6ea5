/** The backends, fastest first, and the choice among them. */
import { Complaint, suggest } from "../complaint/index.ts";
import type { Program, Source } from "../program/index.ts";
import type { Backend, Prepared } from "./backend.ts";
import { interpret } from "./interpret.ts";
import { js } from "./js.ts";
import { wasm } from "./wasm/wasm.ts";

export const backends: readonly Backend[] = [wasm, js, interpret];

/**
 * Binds a program to its data on the named backend, or on the fastest that does not refuse.
 * Throws a Complaint where the named one is unknown or cannot run it.
 */
export async function prepare(program: Program, source: Source, name?: string): Promise<Prepared> {
  if (name === undefined)
    return backends.find((backend) => backend.refuses(program) === null)!.prepare(program, source);
  const found = backends.find((backend) => backend.name === name);
  const names = backends.map((backend) => backend.name);
  if (!found) throw new Complaint(`there is no backend ${name}`, { help: suggest(name, names) });
  const reason = found.refuses(program);
  if (reason)
    throw new Complaint(`the backend ${name} cannot run this model`, {
      rule: reason,
      help: "leave the choice to the toolkit",
    });
  return found.prepare(program, source);
}

export type { Backend, OutputBlock, Prepared, Sums } from "./backend.ts";
