/**
 * A scale of all utilities that varies over people, lognormal with mean 1: some choose more at random than others.
 * With random coefficients β + η it is the generalised mixed logit,
 *
 *   β_n = σ_n β + γ η_n + (1 − γ) σ_n η_n,    σ_n = exp(−s²/2 + s z_n),
 *
 * where γ says how much of the deviations η is not scaled: 0 scales all, 1 none of them.
 * Source: Fiebig, Keane, Louviere & Wasi (2010), Marketing Science 29:393.
 */
import { Complaint } from "../../complaint/index.ts";
import { isRecord, onlyKeys } from "../keys.ts";
import type { ParameterOptions } from "../spec.ts";
import type { ResolvedRandom } from "./expand.ts";
import type { RandomCoefficient } from "./random.ts";

export interface RandomScale {
  /** γ: a number, or "free" to estimate it between 0 and 1 (`gamma_scale`). Default 0. */
  readonly gamma?: number | "free";
}

const spread = "sd_scale";
const free = "gamma_scale";

/** Throws a Complaint for what is neither true nor a γ. */
export function checkScale(given: boolean | RandomScale): void {
  if (typeof given === "boolean") return;
  if (!isRecord(given))
    throw new Complaint("randomScale is true, or an object", {
      value: given,
      help: '"randomScale": { "gamma": "free" }',
    });
  onlyKeys(given, ["gamma"], "randomScale");
  const { gamma = 0 } = given;
  if (gamma !== "free" && !Number.isFinite(gamma))
    throw new Complaint('gamma is a number, or "free"', {
      value: gamma,
      help: "0 scales deviations like means, 1 leaves them as they are",
    });
}

/** @param dimension the number of its draw. */
export function scaleOf(dimension: number): ResolvedRandom {
  const text = `exp(-${spread}^2 / 2 + ${spread} * normal(${dimension}))`;
  const nothing = { distribution: null, shape: null, group: ["scale"], columns: [] };
  return { ...nothing, name: "scale", text, spreads: [spread], on: [] };
}

/** Whether one of these is a scale of all utilities. */
export const isScaled = (random: readonly ResolvedRandom[]): boolean =>
  random.some(({ spreads }) => spreads.includes(spread));

/** What the deviations of coefficients are multiplied by inside of what the scale multiplies: 1 − γ + γ/σ; null for 1. */
export function damping(given: boolean | RandomScale, { text }: ResolvedRandom): string | null {
  const gamma = typeof given === "boolean" ? 0 : (given.gamma ?? 0);
  if (gamma === 0) return null;
  return gamma === "free" ? `(1 - ${free} + ${free} / ${text})` : `(${1 - gamma} + (${gamma}) / ${text})`;
}

/** Throws a Complaint for a coefficient that is no mean plus a deviation. */
export function checkDamped(name: string, { distribution = "normal", expression }: RandomCoefficient): void {
  if (distribution === "normal" && expression === undefined) return;
  throw new Complaint(`gamma of the random scale needs normal coefficients, and ${name} is another`, {
    rule: "it parts the mean of a coefficient from the deviation that is added to it",
    help: "leave gamma out: all of the coefficient is scaled then",
  });
}

/** The parameter that a free γ is. Beyond 0 and 1 lie lesser maxima, where searches end. */
export const scaleParameters = (
  given: boolean | RandomScale | undefined,
): [string, ParameterOptions | number][] =>
  typeof given === "object" && given.gamma === "free" ? [[free, { start: 0.5, lower: 0, upper: 1 }]] : [];
