/**
 * Whether one fitted model is plainly a special case of another: the same kernel, and the same utilities as
 * soon as what it does not estimate stands at its value. A special case in disguise is not seen.
 */
import { num, parameter, substitute, topological } from "../../expr/index.ts";
import type { Fit } from "../../fit/index.ts";
import { affine } from "../../program/index.ts";

export function isSpecialCase(small: Fit, large: Fit): boolean {
  if (small.kernel !== large.kernel || small.data !== large.data) return false;
  const mine = new Map(small.parameters.map((each) => [each.name, each]));
  const values = large.parameters.flatMap(({ name, fixed, estimate, neutral }) => {
    const held = mine.get(name);
    if (held && !held.fixed && !fixed) return [];
    return [[parameter(name), num(held?.estimate ?? (fixed ? estimate : neutral))] as const];
  });
  const at = new Map(values);
  const [here, there] = [small, large].map(({ resolved }) => {
    const { utilities } = resolved;
    return substitute(utilities, topological(utilities), (node) => at.get(node)).map(affine);
  });
  return here.length === there.length && here.every((utility, j) => utility === there[j]);
}
