/**
 * The draws of a simulated likelihood: pure functions of seed, person and dimension, so that a person has the
 * same draws whatever the order of the rows or the number of threads (plain Halton numbers excepted: they
 * are counted through the persons, as other packages do).
 */
import { normalCdf } from "../../expr/normal.ts";
import { normalQuantiles } from "../normalQuantile.ts";
import { hash } from "./hash.ts";
import { hermite, legendre, type Rule } from "./quadrature.ts";
import { drawRules } from "./rules.ts";

export interface Draws {
  readonly kind: DrawKind;
  /** Draws per person; for Gauss–Hermite the nodes per dimension. */
  readonly count: number;
  readonly seed: number;
  /** Points at the beginning of a Halton sequence that are left out. */
  readonly drop: number;
  /** The second half of the draws mirrors the first: u and 1 − u. */
  readonly antithetic?: true;
  readonly dimensions: readonly DrawDimension[];
}

export type DrawKind =
  | "sobol"
  | "halton"
  | "scrambledHalton"
  | "shuffledHalton"
  | "mlhs"
  | "random"
  | "gaussHermite";

export interface DrawDimension {
  /** What the leaf `draw(d)` is: standard normal, or uniform on (0, 1); a rank is uniform as Φ of a normal is. */
  readonly base: "normal" | "uniform" | "rank";
  /** Drawn anew in every situation; else once per person. */
  readonly within?: true;
}

/** A number per person and per situation that is made of their ids. */
export interface DrawKeys {
  readonly person: Uint32Array;
  readonly situation: Uint32Array;
}

export interface Drawer {
  /** R. */
  readonly count: number;
  /** ln of the weight of every draw; null where all weigh 1/R. */
  readonly logWeights: Float64Array | null;
  /** Fills out[d · R + r] for the dimensions that are drawn once per person. */
  person(index: number, out: Float64Array): void;
  /** Fills out[d · R + r] for the dimensions that are drawn anew in every situation. */
  situation(index: number, out: Float64Array): void;
}

/** R: how many terms the sum over draws has. */
export const drawCount = ({ kind, count, dimensions }: Draws): number =>
  kind === "gaussHermite" ? count ** dimensions.length : count;

/** The draws of persons and situations by their index; nothing is kept. */
export function drawsOf(draws: Draws, keys: DrawKeys): Drawer {
  if (draws.kind === "gaussHermite") return quadrature(draws);
  return {
    count: draws.count,
    logWeights: null,
    person: filler(draws, keys.person, false),
    situation: filler(draws, keys.situation, true),
  };
}

function filler(draws: Draws, keys: Uint32Array, within: boolean): Drawer["person"] {
  const { seed, drop, count, dimensions, antithetic } = draws;
  const { fill } = drawRules[draws.kind as keyof typeof drawRules];
  const drawn = antithetic ? count / 2 : count;
  return (index, out) => {
    dimensions.forEach(({ base, within: anew = false }, d) => {
      if (anew !== within) return;
      const values = out.subarray(d * count, (d + 1) * count);
      const key = within ? hash(keys[index], 1) : keys[index];
      fill(values.subarray(0, drawn), d, { seed, drop, key, index });
      for (let r = drawn; r < count; r++) values[r] = 1 - values[r - drawn];
      if (base === "normal") normalQuantiles(values);
    });
  };
}

/** As near to 0 and 1 as a rank comes. */
const edge = 2 ** -53;

const rulesOf: Readonly<Record<DrawDimension["base"], (nodes: number) => Rule>> = {
  normal: hermite,
  uniform: legendre,
  rank(count) {
    const { nodes, weights } = hermite(count);
    return { nodes: nodes.map((node) => Math.min(Math.max(normalCdf(node), edge), 1 - edge)), weights };
  },
};

/** The product rule: the same nodes for everybody. */
function quadrature({ count: nodes, dimensions }: Draws): Drawer {
  const rules = dimensions.map(({ base }): Rule => rulesOf[base](nodes));
  const count = nodes ** dimensions.length;
  const values = new Float64Array(count * rules.length);
  const logWeights = new Float64Array(count);
  rules.forEach((rule, d) => {
    for (let r = 0; r < count; r++) {
      const node = Math.floor(r / nodes ** d) % nodes;
      values[d * count + r] = rule.nodes[node];
      logWeights[r] += Math.log(rule.weights[node]);
    }
  });
  return { count, logWeights, person: (_, out) => out.set(values), situation: () => {} };
}
