/** logsum predict: probabilities of every alternative, in sample, for other data or under a scenario. */
import { choiceData } from "../../study/index.ts";
import { readTable } from "../../files.node.ts";
import type { Values } from "../flags.ts";
import { pairs } from "../pairs.ts";
import { readSource } from "../source.ts";
import { afterFit } from "./afterFit.ts";

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const { data: other, ...rest } = values;
  const scenario = pairs(values.scenario, "--scenario");
  const data = typeof other === "string" ? await otherData(path, other, rest) : undefined;
  return afterFit(path, rest, async (fit) => {
    const { predict } = await import("../../post/index.ts");
    return predict(fit, { ...(data ? { data } : {}), ...(scenario ? { scenario } : {}) });
  });
}

/** The other file, shaped as the study says; its choices may be missing. */
async function otherData(path: string, file: string, values: Values) {
  const { study } = await readSource(path, values);
  const table = await readTable(file, study.data.csv ?? {});
  const { choice } = study.data;
  const hasChoice = typeof choice === "string" && table.names.includes(choice);
  return choiceData(hasChoice ? study.data : { ...study.data, choice: null }, table);
}
