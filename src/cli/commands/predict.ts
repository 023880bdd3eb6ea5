/** logsum predict: probabilities of every alternative, in sample, for other data or under a scenario. */

import { readTable } from "../../files.node.ts";
import { otherData } from "../../study/index.ts";
import type { Values } from "../flags.ts";
import { pairs } from "../pairs.ts";
import { afterFit } from "./afterFit.ts";

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const { data: other, ...rest } = values;
  const scenario = pairs(values.scenario, "--scenario");
  return afterFit(path, rest, async (fit, { study }) => {
    const { predict } = await import("../../post/index.ts");
    const table = typeof other === "string" ? await readTable(other, study.data.csv ?? {}) : null;
    const data = table ? { data: otherData(study.data, table, fit.data, fit.resolved) } : {};
    return predict(fit, { ...data, ...(scenario ? { scenario } : {}) });
  });
}
