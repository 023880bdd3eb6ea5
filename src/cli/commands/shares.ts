/** logsum shares: observed and predicted, also under a scenario. */
import type { Values } from "../flags.ts";
import { pairs } from "../pairs.ts";
import { afterFit } from "./afterFit.ts";

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const scenario = pairs(values.scenario, "--scenario");
  return afterFit(path, values, async (fit) => {
    const { shares } = await import("../../post/index.ts");
    return shares(fit, scenario ? { scenario } : {});
  });
}
