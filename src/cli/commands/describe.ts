/** logsum describe: the data as the model will see them. */
import { choiceData } from "../../study/index.ts";
import { exitStatus } from "../failure.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";
import { readSource } from "../source.ts";

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const { study, table } = await readSource(path, values);
  const data = choiceData(study.data, table);
  const { describe } = await import("../../data/describe.ts");
  if (!values.quiet) for (const warning of data.warnings) process.stderr.write(`logsum: ${warning}\n`);
  await put([describe(data)].flat(), values);
  return exitStatus.done;
}
