/**
 * When a search is over. Converged means three things at once: the relative gradient is small, the distance
 * to the maximum is a negligible part of a standard error (Newton decrement gᵀ(−H)⁻¹g), and the last step
 * asked for is small beside the parameters. The third fails when perfect prediction drives parameters to
 * infinity: there gradient and decrement vanish too, but every step asks for as much again.
 */
import { dot } from "../math/matrix.ts";
import { heldAt, modelOf, type Side } from "./bounds.ts";
import type { Problem, Status } from "./outcome.ts";
import type { Quadratic } from "./quadratic.ts";
import { pureUnits, stepUnits } from "./scaling.ts";
import type { Evaluated, Position } from "./solver.ts";

/** What a point looks like to the tests. */
export interface View {
  readonly here: Position;
  readonly held: readonly Side[];
  readonly free: readonly number[];
  /** Units of the radius, and of the curvature alone. */
  readonly scale: Float64Array;
  readonly units: Float64Array;
  readonly model: Quadratic;
  readonly gradientNorm: number;
  /** The Newton step in the parameters' own units, all K, 0 where held. */
  readonly newton: Float64Array;
}

export function look(problem: Problem, here: Position): View {
  const held = heldAt(problem, here.point, here.gradient);
  const free = [...held.keys()].filter((k) => held[k] === null);
  const [scale, units] = [stepUnits(here), pureUnits(here)];
  const model = modelOf(here, scale, free);
  const newton = new Float64Array(here.point.length);
  free.forEach((k, i) => {
    newton[k] = model.newton[i] * scale[k];
  });
  return { here, held, free, scale, units, model, newton, gradientNorm: relativeGradient(here, free, units) };
}

/** max_k |g_k| max(|θ_k|, s_k) / max(1, |value|) over the free parameters. */
export function relativeGradient(
  { point, gradient, value }: Evaluated,
  free: readonly number[],
  units: Float64Array,
): number {
  const parts = free.map((k) => Math.abs(gradient[k]) * Math.max(Math.abs(point[k]), units[k]));
  return parts.reduce((most, part) => Math.max(most, part), 0) / Math.max(1, Math.abs(value));
}

/** What the tests remember of the way so far. */
export interface Memory {
  readonly start: Float64Array;
  /** Smallest unit s_k seen. */
  readonly least: Float64Array;
  /** The last accepted step. */
  readonly last: Float64Array;
}

/** A part of a standard error, squared, that no one will miss: (1e-7)². */
const negligible = 1e-14;

/** "converged", "unbounded", or null to go on. */
export function judge(view: View, memory: Memory, tolerance: number): Status | null {
  if (runsAway(view, memory)) return "unbounded";
  if (!view.model.concave || view.gradientNorm > tolerance || view.model.decrement > negligible) return null;
  return remaining(view, memory) <= 1e-3 ? "converged" : null;
}

/** The Newton step beside the parameters or the smallest units they ever had, whichever is larger. */
function remaining({ newton, here }: View, { least }: Memory): number {
  return newton.reduce(
    (most, step, k) => Math.max(most, Math.abs(step) / Math.max(Math.abs(here.point[k]), least[k])),
    0,
  );
}

/** Nothing left to gain, curvature collapsed, and yet the step is as long as the one before. */
function runsAway(view: View, memory: Memory): boolean {
  const { newton, here, units } = view;
  if (here.point.some((value, k) => Math.abs(value - memory.start[k]) > 1e10 * memory.least[k])) return true;
  if (view.model.decrement > 1e-6 || dot(newton, memory.last) <= 0) return false;
  return newton.some((step, k) => {
    const persists = step / memory.last[k] > 0.8;
    const collapsed = units[k] > 100 * memory.least[k];
    return (
      persists && collapsed && Math.abs(step) > 1e-3 * Math.max(Math.abs(here.point[k]), memory.least[k])
    );
  });
}
