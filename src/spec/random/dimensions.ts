/** normal(1), uniform(2, within), … as written become dimensions 0, 1, … of the draws, in the order of their numbers. */
import { draw, type Expr, substitute, topological } from "../../expr/index.ts";
import type { DrawDimension } from "../../math/draws/draws.ts";

export interface Numbered {
  readonly utilities: readonly Expr[];
  readonly dimensions: readonly DrawDimension[];
  /** The draws as written, in the order of the dimensions. */
  readonly written: readonly Expr[];
}

export function numberDraws(utilities: readonly Expr[]): Numbered {
  const order = topological(utilities);
  const written = order
    .filter(({ op }) => op === "drawn")
    .sort((a, b) => a.value - b.value || compare(a.name, b.name) || compare(a.label, b.label));
  if (written.length === 0) return { utilities, dimensions: [], written };
  const places = new Map(written.map((leaf, d) => [leaf, draw(d, isWithin(leaf))]));
  return {
    utilities: substitute(utilities, order, (leaf) => places.get(leaf)),
    written,
    dimensions: written.map((leaf) => ({
      base: leaf.name as DrawDimension["base"],
      ...(isWithin(leaf) ? { within: true as const } : {}),
    })),
  };
}

const isWithin = (leaf: Expr): boolean => leaf.label === "within";
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
