/** logsum compare a.json b.json: fits side by side. */
import { Complaint } from "../../complaint/index.ts";
import type { Fit } from "../../fit/index.ts";
import type { SpecificationOptions } from "../../post/specificationTable.ts";
import { exitStatus } from "../failure.ts";
import { fitted, warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";
import { nameFor } from "./verb.ts";

export async function main(paths: readonly string[], values: Values): Promise<number> {
  const fits: Record<string, Fit> = {};
  for (const path of paths) {
    const { fit } = await fitted(path, values);
    warn(fit, values);
    fits[nameFor(path, fits)] = fit;
  }
  const { compare } = await import("../../post/compare.ts");
  await put([compare(fits, paper(values))], values);
  return Object.values(fits).every((fit) => fit.converged) ? exitStatus.done : exitStatus.notFitted;
}

const ways = ["beneath", "stars", "models", "choices"] as const;

/** How a paper would have it, where any of its flags is given. */
function paper(values: Values): SpecificationOptions | undefined {
  const given = Object.fromEntries(
    ways.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
  const decimals = values.decimals === undefined ? {} : { decimals: decimalsOf(values.decimals) };
  const options = { ...given, ...decimals };
  return Object.keys(options).length === 0 ? undefined : options;
}

function decimalsOf(text: unknown): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 15) return number;
  throw new Complaint("--decimals is a whole number from 0 to 15", { value: text });
}
