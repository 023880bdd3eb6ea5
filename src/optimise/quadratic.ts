/**
 * The quadratic model of one step: the p with ‖p‖ ≤ radius that maximises gᵀp − ½ pᵀAp, exactly, also
 * where A is indefinite or singular. Cholesky where that suffices; else, in the eigenbasis of A,
 * p(μ) = (A + μI)⁻¹ g with ‖p(μ)‖ = radius and μ ≥ max(0, −λ₁).
 *
 * Source: Moré & Sorensen (1983), SIAM J. Sci. Stat. Comput. 4:553; Conn, Gould & Toint (2000), chapter 7.
 */
import { dot, type Eigen, eigen, factor, quadratic as form, length } from "../math/matrix.ts";

export interface Quadratic {
  /** No direction of upward curvature: `newton` is the maximum of the model. */
  readonly concave: boolean;
  /** A⁻¹g; with |λ| for λ where the model is not concave, and nothing along directions that are flat. */
  readonly newton: Float64Array;
  /** gᵀ newton: twice what the model promises, squared distance to the maximum in standard errors. */
  readonly decrement: number;
  gain(step: Float64Array): number;
  /** The best step no longer than the radius, which is finite unless the model is concave. */
  within(radius: number): Float64Array;
}

/** Relative to the largest eigenvalue: curvature below this is rounding. */
const flat = 1e-11;
/** Slope along a flat direction that is rounding, in units of s_k. */
const still = 1e-6;

export function quadratic(gradient: Float64Array, curvature: Float64Array): Quadratic {
  const cholesky = factor(curvature);
  const sound = cholesky !== null && cholesky.pivot > 1e-9;
  let known: Spectrum | null = null;
  const spectrum = (): Spectrum => (known ??= spectrumOf(gradient, curvature));
  const newton = sound ? cholesky.solve(gradient) : combine(spectrum(), (value) => Math.abs(value));
  const concave = sound || spectrum().values.every((value) => value > 0);
  return {
    concave,
    newton,
    decrement: dot(gradient, newton),
    gain: (step) => dot(gradient, step) - form(step, curvature) / 2,
    within(radius) {
      if (radius === Number.POSITIVE_INFINITY || (concave && length(newton) <= radius)) return newton;
      return radius > 0 ? onSphere(spectrum(), radius) : new Float64Array(gradient.length);
    },
  };
}

/** A in its eigenbasis with g's coordinates; directions that are flat in both are left out. */
interface Spectrum extends Eigen {
  readonly slopes: Float64Array;
  readonly size: number;
}

function spectrumOf(gradient: Float64Array, curvature: Float64Array): Spectrum {
  const { values, vectors } = eigen(curvature);
  const floor = flat * values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-300);
  const slopes = vectors.map((vector) => dot(vector, gradient));
  const kept = [...values.keys()].filter((i) => Math.abs(values[i]) > floor || Math.abs(slopes[i]) > still);
  return {
    values: Float64Array.from(kept, (i) => (Math.abs(values[i]) > floor ? values[i] : floor)),
    vectors: kept.map((i) => vectors[i]),
    slopes: Float64Array.from(kept, (i) => slopes[i]),
    size: gradient.length,
  };
}

function combine(spectrum: Spectrum, divisor: (value: number) => number): Float64Array {
  const { values, vectors, slopes } = spectrum;
  const out = new Float64Array(spectrum.size);
  vectors.forEach((vector, i) => {
    const weight = slopes[i] / divisor(values[i]);
    for (let k = 0; k < out.length; k++) out[k] += weight * vector[k];
  });
  return out;
}

/** The step on the sphere: solves 1/‖p(μ)‖ = 1/radius by Newton's method kept inside a bracket. */
function onSphere(spectrum: Spectrum, radius: number): Float64Array {
  const { values, slopes } = spectrum;
  const lowest = Math.max(0, -values[0]);
  let [low, high] = [lowest, lowest + length(slopes) / radius];
  let shift = (low + high) / 2;
  for (let round = 0; round < 100; round++) {
    const { size, slope } = reach(values, slopes, shift);
    if (Math.abs(size - radius) <= 1e-6 * radius || high - low <= 1e-15 * high) break;
    if (size > radius) low = shift;
    else high = shift;
    const next = shift + (size / radius - 1) * (size / slope);
    shift = next > low && next < high ? next : (low + high) / 2;
  }
  return lengthen(
    combine(spectrum, (value) => nonzero(value + shift)),
    spectrum,
    radius,
  );
}

/** ‖p(μ)‖ and −‖p‖′. */
function reach(values: Float64Array, slopes: Float64Array, shift: number): { size: number; slope: number } {
  let [square, change] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const divisor = nonzero(values[i] + shift);
    const part = (slopes[i] / divisor) ** 2;
    square += part;
    change += part / divisor;
  }
  const size = Math.sqrt(square);
  return { size, slope: change / (size || 1) };
}

/** The hard case: g has no part along the direction of upward curvature, so the rest of the way goes there. */
function lengthen(step: Float64Array, { values, vectors }: Spectrum, radius: number): Float64Array {
  const size = length(step);
  if (size > radius) return step.map((v) => (v * radius) / size);
  if (values[0] >= 0 || size > 0.999 * radius) return step;
  const along = dot(step, vectors[0]);
  const rest = Math.sqrt(along * along + radius * radius - size * size) - Math.abs(along);
  return step.map((v, k) => v + (along < 0 ? -rest : rest) * vectors[0][k]);
}

const nonzero = (v: number): number => (Math.abs(v) < 1e-300 ? 1e-300 : v);
