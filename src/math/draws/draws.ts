/**
 * The draws of a simulated likelihood: pure functions of seed, person and dimension, so that a person has the
 * same draws whatever the order of the rows or the number of threads (plain Halton numbers excepted: they
 * are counted through the persons, as other packages do).
 */
import { normalCdf } from "../../expr/normal.ts";
import { hash } from "./hash.ts";
import { type DrawLoops, plainLoops } from "./loops.ts";
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
  /** Fills `out`, R long, with one dimension of a person's draws, or of a situation's where they are drawn anew there. */
  fill(dimension: number, person: number, situation: number, out: Float64Array): void;
}

/** R: how many terms the sum over draws has. */
export const drawCount = ({ kind, count, dimensions }: Draws): number =>
  kind === "gaussHermite" ? count ** dimensions.length : count;

/** The draws of persons and situations by their index; nothing is kept. */
export function drawsOf(draws: Draws, keys: DrawKeys, loops: DrawLoops = plainLoops): Drawer {
  if (draws.kind === "gaussHermite") return quadrature(draws);
  const { seed, drop, count, dimensions, antithetic } = draws;
  const { fill } = drawRules[draws.kind];
  const drawn = antithetic ? count / 2 : count;
  return {
    count,
    logWeights: null,
    fill(dimension, person, situation, out) {
      const { base, within } = dimensions[dimension];
      const index = within ? situation : person;
      const key = within ? hash(keys.situation[index], 1) : keys.person[index];
      const values = antithetic ? out.subarray(0, drawn) : out;
      fill(values, dimension, { seed, drop, key, index }, loops);
      if (base === "normal") loops.normals(values);
      const whole = base === "normal" ? 0 : 1;
      for (let r = drawn; r < count; r++) out[r] = whole - out[r - drawn];
    },
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
  return {
    count,
    logWeights,
    fill: (d, _person, _situation, out) => out.set(values.subarray(d * count, (d + 1) * count)),
  };
}
