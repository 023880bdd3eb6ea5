/** logsum elasticities --of cost. */
import type { Values } from "../flags.ts";
import { needed } from "../pairs.ts";
import { afterFit } from "./afterFit.ts";

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const of = needed(values.of, "--of", "the attribute that changes: --of cost");
  return afterFit(path, values, async (fit) => {
    const { elasticities } = await import("../../post/index.ts");
    return elasticities(fit, { of });
  });
}
