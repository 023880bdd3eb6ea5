/** The draws of a program: those that the utilities hold, then those that its models take in every situation. */
import { Complaint } from "../complaint/index.ts";
import { draw, type Expr } from "../expr/index.ts";
import { drawsFor } from "../spec/random/drawOptions.ts";
import type { ClassModel, Utilities } from "./compile.ts";
import type { Draws } from "./program.ts";

/**
 * With leaves for those of the models, which the classes share; without leaves where the models take none.
 * Throws a Complaint for the nodes of a quadrature where they would be the same in situations that should differ.
 */
export function allDraws(
  models: readonly ClassModel[],
  { labels, draws = null, drawOptions }: Utilities,
): { readonly draws: Draws | null; readonly leaves?: readonly Expr[] } {
  const own = Math.max(...models.map(({ model, options }) => model.draws?.(options, labels) ?? 0));
  const before = draws?.dimensions ?? [];
  const added = Array.from({ length: own }, () => ({ base: "rank", within: true }) as const);
  const all = own === 0 ? draws : drawsFor(drawOptions, [...before, ...added]);
  if (models.length > 1 && all?.kind === "gaussHermite" && all.dimensions.some(({ within }) => within))
    throw new Complaint("Gauss–Hermite nodes do not serve draws per situation in latent classes", {
      rule: "a class belongs to a person, and the nodes would be the same in all of the person's situations",
      help: '"draws": { "kind": "sobol" }',
    });
  return own === 0 ? { draws } : { draws: all, leaves: added.map((_, d) => draw(before.length + d, true)) };
}
