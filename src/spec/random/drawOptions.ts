/** Which simulation draws: their kind and number. */
import { Complaint, suggest } from "../../complaint/index.ts";
import type { DrawKind, Draws } from "../../math/draws/draws.ts";
import { drawRules } from "../../math/draws/rules.ts";
import { onlyKeys } from "../keys.ts";

export interface DrawOptions {
  readonly kind?: DrawKind;
  /** Per person; for Gauss–Hermite, nodes per dimension. Default 512, or 9 nodes. */
  readonly count?: number;
  readonly seed?: number;
  /** Points left out at the beginning of a Halton sequence. Default 100. */
  readonly drop?: number;
  readonly antithetic?: boolean;
}

/** Scrambled Sobol points are balanced at powers of two; this is the first one above 500. */
const usual = 512;
const usualNodes = 9;
const usualDrop = 100;
const mostDimensionsOfNodes = 3;

const kinds: readonly string[] = [...Object.keys(drawRules), "gaussHermite"];

/** ls.sobol(1000), ls.halton(600, { drop: 100 }): draws as a call. */
export const drawsCall =
  (kind: DrawKind) =>
  (count?: number, options: Omit<DrawOptions, "kind" | "count"> = {}): DrawOptions => ({
    kind,
    ...(count === undefined ? {} : { count }),
    ...options,
  });

/** Throws a Complaint for an unknown kind and for numbers that are no counts. */
export function checkDraws(given: DrawOptions): void {
  if (typeof given !== "object" || given === null)
    throw new Complaint("draws is an object", {
      value: given,
      help: '"draws": { "kind": "sobol", "count": 1000 }',
    });
  onlyKeys(given, ["kind", "count", "seed", "drop", "antithetic"], "draws");
  const { kind = "sobol", count = 2, seed = 1, drop = 0, antithetic } = given;
  if (!kinds.includes(kind))
    throw new Complaint(`there are no draws of kind ${kind}`, { help: suggest(kind, kinds) });
  if (!Number.isInteger(count) || count < 1)
    throw new Complaint("the number of draws is a whole number, 1 or more", { value: count });
  for (const [name, value] of Object.entries({ seed, drop }))
    if (!Number.isSafeInteger(value) || value < 0)
      throw new Complaint(`the ${name} of draws is a whole number, 0 or more`, { value });
  if (antithetic && (count % 2 === 1 || kind === "gaussHermite"))
    throw new Complaint("antithetic draws come in pairs", {
      value: `${count} of kind ${kind}`,
      help: "ask for an even number of draws",
    });
}

/** The draws of a model with these dimensions. Throws a Complaint where the kind does not serve so many. */
export function drawsFor(given: DrawOptions = {}, dimensions: Draws["dimensions"]): Draws | null {
  if (dimensions.length === 0) return null;
  const { kind = "sobol", seed = 1, drop = usualDrop, antithetic } = given;
  if (kind === "gaussHermite") checkNodes(dimensions);
  const most = kind === "sobol" ? drawRules.sobol.dimensions! : Number.POSITIVE_INFINITY;
  if (dimensions.length > most)
    throw new Complaint(`${kind} draws have at most ${most} dimensions`, {
      value: dimensions.length,
      help: 'use "mlhs" or "random"',
    });
  const count = given.count ?? (kind === "gaussHermite" ? usualNodes : usual);
  return { kind, count, seed, drop, ...(antithetic ? { antithetic } : {}), dimensions };
}

function checkNodes(dimensions: Draws["dimensions"]): void {
  if (dimensions.length > mostDimensionsOfNodes)
    throw new Complaint("Gauss–Hermite nodes serve up to three random dimensions", {
      value: dimensions.length,
      rule: "their number is a power of the number of dimensions",
      help: '"draws": { "kind": "sobol" }',
    });
  if (dimensions.some(({ within }) => within) && dimensions.some(({ within }) => !within))
    throw new Complaint("Gauss–Hermite nodes serve draws per person or per situation, not both together", {
      rule: "the nodes are the same everywhere, so what should be independent from situation to situation is not",
      help: '"draws": { "kind": "sobol" }',
    });
}

/** The draws as they are asked for. */
export const drawOptionsOf = ({ dimensions: _, ...options }: Draws): DrawOptions => options;
