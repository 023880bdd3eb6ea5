/** logsum wtp --of time --per cost. */
import type { Values } from "../flags.ts";
import { needed } from "../pairs.ts";
import { afterFit } from "./afterFit.ts";

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const of = needed(values.of, "--of", "what is valued: --of time");
  const per = needed(values.per, "--per", "what is paid: --per cost");
  return afterFit(path, values, async (fit) => {
    const { wtp } = await import("../../post/index.ts");
    return wtp(fit, { of, per });
  });
}
