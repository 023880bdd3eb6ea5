/**
 * Where the search for random coefficients begins, from estimates that are equal for everybody: the middle of
 * the distribution at the estimate, its spread at half the estimate's size (logarithms and logits: 1/2 and 1),
 * other terms of a Cholesky factor at 0. A spread of 0 would be no beginning: the likelihood is symmetric there.
 */
import { distributions } from "./distributions.ts";
import { type ResolvedRandom, usualSpread } from "./expand.ts";

export function randomStarts(
  random: readonly ResolvedRandom[],
  estimates: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    random.flatMap(({ name, distribution, shape, spreads, on }): [string, number][] => {
      if (distribution === null || shape === null) return [];
      const b = on ? 0 : (estimates[name] ?? 0);
      const row = distributions[distribution];
      const spread = row.spread ?? Math.max(Math.abs(b) / 2, usualSpread);
      const middle: [string, number][] = on || !(name in estimates) ? [] : [[name, row.middle(b, shape)]];
      return [
        ...middle,
        // The last of a Cholesky row is its diagonal.
        ...spreads.map((each): [string, number] => [
          each,
          each === spreads.at(-1) || each === `sd_${name}` ? spread : 0,
        ]),
      ];
    }),
  );
}
