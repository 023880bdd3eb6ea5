/**
 * The distributions of random coefficients: one row each, written in the language. A latent x = m + s z is a
 * standard normal z moved and stretched; `value` makes the coefficient of it. Rows with base "uniform" make it
 * of m, s and a uniform u instead.
 *
 * Sources: Train (2009), chapter 6; Johnson (1949) for S_B; moments: Johnson, Kotz & Balakrishnan (1994).
 */
export interface Shape {
  /** Text of the latent (or of m, where the base is uniform). */
  readonly m: string;
  /** Text of the standard deviation s; positive in moments and quantiles. */
  readonly s: string;
  readonly sign: 1 | -1;
  readonly lower: number;
  readonly upper: number;
}

export interface Distribution {
  readonly title: string;
  readonly base: "normal" | "uniform";
  /** The coefficient; `draw` is the latent x, or u where the base is uniform. */
  value(draw: string, shape: Shape): string;
  /** Mean and standard deviation, where they have a closed form. */
  readonly moments: null | ((shape: Shape) => { readonly mean: string; readonly sd: string } | null);
  /** The share of people whose coefficient is above 0. */
  positive(shape: Shape): string;
  /** m at which the coefficient is about b in the middle: where a search begins. */
  middle(b: number, shape: Omit<Shape, "m" | "s">): number;
  /** s at which a search begins; without one, half of the coefficient's size. */
  readonly spread?: number;
  /** Whether s may be of either sign (its sign means nothing), or must be positive. */
  readonly mirrored: boolean;
  /** Bounds that hold unless others are given, for each sign. */
  readonly bounds?: {
    readonly positive: readonly [number, number];
    readonly negative: readonly [number, number];
  };
  /** Which of the options it reads. */
  readonly reads: readonly ("sign" | "lower" | "upper")[];
  /** What m and s are, for the reader. */
  readonly meaning: string;
}

const density = (a: string): string => `(exp(-(${a})^2 / 2) / sqrt(${2 * Math.PI}))`;
const isOpen = (bound: number): boolean => !Number.isFinite(bound);
const oneSided = {
  positive: [0, Number.POSITIVE_INFINITY],
  negative: [Number.NEGATIVE_INFINITY, 0],
} as const;
const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

const normal: Distribution = {
  title: "normal",
  base: "normal",
  value: (x) => x,
  moments: ({ m, s }) => ({ mean: m, sd: s }),
  positive: ({ m, s }) => `normalCdf((${m}) / ${s})`,
  middle: (b) => b,
  mirrored: true,
  reads: [],
  meaning: "mean and standard deviation",
};

const lognormal: Distribution = {
  title: "lognormal",
  base: "normal",
  value: (x, { sign }) => `${sign < 0 ? "-" : ""}exp(${x})`,
  moments: ({ m, s, sign }) => {
    const mean = `exp(${m} + (${s})^2 / 2)`;
    return { mean: sign < 0 ? `-${mean}` : mean, sd: `${mean} * sqrt(exp((${s})^2) - 1)` };
  },
  positive: ({ sign }) => (sign > 0 ? "1" : "0"),
  middle: (b, { sign }) => Math.log(sign * b > 0 ? Math.abs(b) : Math.max(Math.abs(b) / 10, 1e-3)),
  spread: 0.5,
  mirrored: true,
  reads: ["sign"],
  meaning: "mean and standard deviation of its logarithm (of minus it, where the sign is negative)",
};

const censoredNormal: Distribution = {
  title: "censored normal",
  base: "normal",
  value: (x, { lower, upper }) => {
    const above = isOpen(lower) ? x : `max(${lower}, ${x})`;
    return isOpen(upper) ? above : `min(${upper}, ${above})`;
  },
  moments: ({ m, s, lower, upper }) => {
    if (!isOpen(lower) && !isOpen(upper)) return null;
    // max(l, x) = l + max(0, x − l), and min(u, x) = u − max(0, u − x).
    const [bound, sign] = isOpen(upper) ? [lower, 1] : [upper, -1];
    const d = sign > 0 ? `((${m}) - ${bound})` : `(${bound} - (${m}))`;
    const first = `(${d} * normalCdf(${d} / ${s}) + ${s} * ${density(`${d} / ${s}`)})`;
    const second = `((${d}^2 + (${s})^2) * normalCdf(${d} / ${s}) + ${d} * ${s} * ${density(`${d} / ${s}`)})`;
    return { mean: `${bound} ${sign > 0 ? "+" : "-"} ${first}`, sd: `sqrt(${second} - ${first}^2)` };
  },
  positive: ({ m, s, upper }) => (upper <= 0 ? "0" : `normalCdf((${m}) / ${s})`),
  middle: (b) => b,
  mirrored: true,
  bounds: oneSided,
  reads: ["sign", "lower", "upper"],
  meaning: "mean and standard deviation before censoring",
};

const johnsonSb: Distribution = {
  title: "Johnson S_B",
  base: "normal",
  value: (x, { lower, upper }) => `(${lower} + ${upper - lower} / (1 + exp(-(${x}))))`,
  moments: null,
  positive: ({ m, s, lower, upper }) => {
    if (lower >= 0) return "1";
    return upper <= 0 ? "0" : `normalCdf((${m} - log(${-lower / upper})) / ${s})`;
  },
  middle: (b, { lower, upper }) => {
    const share = clamp((b - lower) / (upper - lower), 0.02, 0.98);
    return Math.log(share / (1 - share));
  },
  spread: 1,
  mirrored: true,
  bounds: { positive: [0, 1], negative: [-1, 0] },
  reads: ["sign", "lower", "upper"],
  meaning: "mean and standard deviation of the logit of its place between the bounds",
};

const uniform: Distribution = {
  title: "uniform",
  base: "uniform",
  value: (u, { m, s }) => `${m} + ${s} * sqrt(3) * (2 * ${u} - 1)`,
  moments: ({ m, s }) => ({ mean: m, sd: s }),
  positive: ({ m, s }) => `min(1, max(0, 0.5 + (${m}) / (${s} * sqrt(12))))`,
  middle: (b) => b,
  mirrored: true,
  reads: [],
  meaning: "mean and standard deviation; it reaches from m - sqrt(3) s to m + sqrt(3) s",
};

/** −1 to 1 with its peak at 0, from a uniform number. */
const tent = (u: string): string => `if(${u} < 0.5, sqrt(2 * ${u}) - 1, 1 - sqrt(2 - 2 * ${u}))`;

const triangular: Distribution = {
  title: "triangular",
  base: "uniform",
  value: (u, { m, s }) => `${m} + ${s} * sqrt(6) * ${tent(u)}`,
  moments: ({ m, s }) => ({ mean: m, sd: s }),
  positive: ({ m, s }) => {
    const at = `max(-1, min(1, (${m}) / (${s} * sqrt(6))))`;
    return `if(${m} > 0, 1 - (1 - ${at})^2 / 2, (1 + ${at})^2 / 2)`;
  },
  middle: (b) => b,
  mirrored: true,
  reads: [],
  meaning: "mean and standard deviation; it reaches from m - sqrt(6) s to m + sqrt(6) s",
};

const truncatedNormal: Distribution = {
  title: "truncated normal",
  base: "uniform",
  value: (u, { m, s, lower, upper }) => {
    const [low, high] = [`normalCdf((${lower} - (${m})) / ${s})`, `normalCdf((${upper} - (${m})) / ${s})`];
    // Each tail is taken where its probability is small, so that it keeps its digits.
    if (isOpen(upper))
      return `${m} - ${s} * normalQuantile((1 - ${u}) * normalCdf((${m} - ${lower}) / ${s}))`;
    if (isOpen(lower)) return `${m} + ${s} * normalQuantile(${u} * ${high})`;
    return `${m} + ${s} * normalQuantile(${low} + ${u} * (${high} - ${low}))`;
  },
  moments: ({ m, s, lower, upper }) => {
    const a = isOpen(lower) ? null : `((${lower} - (${m})) / ${s})`;
    const b = isOpen(upper) ? null : `((${upper} - (${m})) / ${s})`;
    const inside = `(${b ? `normalCdf(${b})` : "1"}${a ? ` - normalCdf(${a})` : ""})`;
    const d1 = `(${a ? density(a) : "0"} - ${b ? density(b) : "0"})`;
    const d2 = `(${a ? `${a} * ${density(a)}` : "0"} - ${b ? `${b} * ${density(b)}` : "0"})`;
    return {
      mean: `${m} + ${s} * ${d1} / ${inside}`,
      sd: `${s} * sqrt(1 + ${d2} / ${inside} - (${d1} / ${inside})^2)`,
    };
  },
  positive: ({ m, s, lower, upper }) => {
    if (lower >= 0) return "1";
    if (upper <= 0) return "0";
    const below = isOpen(lower) ? "0" : `normalCdf((${lower} - (${m})) / ${s})`;
    const inside = isOpen(upper) ? "1" : `normalCdf((${upper} - (${m})) / ${s})`;
    return `(${inside} - normalCdf(-(${m}) / ${s})) / (${inside} - ${below})`;
  },
  middle: (b) => b,
  mirrored: false,
  bounds: oneSided,
  reads: ["sign", "lower", "upper"],
  meaning: "mean and standard deviation before truncation",
};

/** By the name that study files and flags use. */
export const distributions: Readonly<Record<string, Distribution>> = {
  normal,
  lognormal,
  truncatedNormal,
  censoredNormal,
  johnsonSb,
  uniform,
  triangular,
};

/** A quantile of the coefficient as text: its value at the quantile of the draw. */
export function quantileText(row: Distribution, shape: Shape, p: number): string {
  const rank = row.base === "normal" && isFalling(row, shape) ? 1 - p : p;
  const draw = row.base === "normal" ? `(${shape.m} + ${shape.s} * normalQuantile(${rank}))` : String(rank);
  return row.value(draw, shape);
}

/** −exp(x) falls where x rises. */
const isFalling = (row: Distribution, { sign }: Shape): boolean => row === lognormal && sign < 0;
