/**
 * Bounds as an active set. A parameter that stands at a bound and whose slope points outward is held; it is
 * let go as soon as its slope (its multiplier) turns inward. A step that would cross bounds is solved again
 * with the crossing parameters placed at theirs, so that the others answer to where these end up.
 *
 * Source: Bertsekas (1982), SIAM J. Control Optim. 20:221; Conn, Gould & Toint (2000), chapter 12.
 */
import { dot, length, scaled, submatrix, times } from "../math/matrix.ts";
import type { Problem } from "./outcome.ts";
import { type Quadratic, quadratic } from "./quadratic.ts";
import type { Position } from "./solver.ts";

export type Side = "lower" | "upper" | null;

export const lowerOf = ({ lower }: Problem, k: number): number => lower?.[k] ?? Number.NEGATIVE_INFINITY;
export const upperOf = ({ upper }: Problem, k: number): number => upper?.[k] ?? Number.POSITIVE_INFINITY;

/** The nearest allowed point. */
export const clip = (problem: Problem, point: Float64Array): Float64Array =>
  point.map((value, k) => Math.min(Math.max(value, lowerOf(problem, k)), upperOf(problem, k)));

/** The bound at which each parameter is held, or null. */
export function heldAt(problem: Problem, point: Float64Array, gradient: Float64Array): Side[] {
  return Array.from(point, (value, k) => {
    if (value <= lowerOf(problem, k) && gradient[k] <= 0) return "lower";
    return value >= upperOf(problem, k) && gradient[k] >= 0 ? "upper" : null;
  });
}

/** A step in the parameters' own units. */
export interface Step {
  readonly move: Float64Array;
  /** What the model promises. */
  readonly gain: number;
  /** Its length in units of s. */
  readonly length: number;
}

/** The model over some of the parameters, in units of s, given that the others move as in `move`. */
export function modelOf(
  here: Position,
  scale: Float64Array,
  free: readonly number[],
  move: Float64Array | null = null,
): Quadratic {
  const pull = move ? times(here.curvature, move) : null;
  const slope = Float64Array.from(free, (k) => (here.gradient[k] - (pull ? pull[k] : 0)) * scale[k]);
  const units = Float64Array.from(free, (k) => scale[k]);
  return quadratic(slope, scaled(submatrix(here.curvature, free), units));
}

/** The best step within the radius and the bounds, starting from the model over the free parameters. */
export function boundedStep(
  problem: Problem,
  here: Position,
  scale: Float64Array,
  free: readonly number[],
  model: Quadratic,
  radius: number,
): Step {
  const placed = place(problem, here, scale, free, model, radius);
  if (placed.gain > 0 || placed.length === 0) return placed;
  return shortened(problem, here, scale, free, model, radius);
}

function place(
  problem: Problem,
  here: Position,
  scale: Float64Array,
  free: readonly number[],
  model: Quadratic,
  radius: number,
): Step {
  const move = new Float64Array(here.point.length);
  let [rest, current] = [free, model];
  for (;;) {
    const used = length(move.map((v, k) => v / scale[k]));
    const step = current.within(Math.sqrt(Math.max(radius ** 2 - used ** 2, 0)));
    const crossing = rest.filter((k, i) => crosses(problem, here.point[k] + step[i] * scale[k], k));
    if (crossing.length === 0) {
      rest.forEach((k, i) => {
        move[k] = step[i] * scale[k];
      });
      return measured(here, scale, move);
    }
    for (const k of crossing) {
      const low = here.point[k] + step[rest.indexOf(k)] * scale[k] < lowerOf(problem, k);
      move[k] = (low ? lowerOf(problem, k) : upperOf(problem, k)) - here.point[k];
    }
    rest = rest.filter((k) => !crossing.includes(k));
    if (rest.length === 0) return measured(here, scale, move);
    current = modelOf(here, scale, rest, move);
  }
}

/** The free step up to the first bound in its way; parameters already at a bound that it would cross stay. */
function shortened(
  problem: Problem,
  here: Position,
  scale: Float64Array,
  free: readonly number[],
  model: Quadratic,
  radius: number,
): Step {
  const step = model.within(radius);
  const room = free.map((k, i) => {
    const bound = step[i] < 0 ? lowerOf(problem, k) : upperOf(problem, k);
    return step[i] === 0 ? 1 : (bound - here.point[k]) / (step[i] * scale[k]);
  });
  const stuck = free.filter((_, i) => room[i] <= 0);
  if (stuck.length > 0 && stuck.length < free.length) {
    const rest = free.filter((k) => !stuck.includes(k));
    return shortened(problem, here, scale, rest, modelOf(here, scale, rest), radius);
  }
  const move = new Float64Array(here.point.length);
  const share = Math.min(1, ...room);
  free.forEach((k, i) => {
    move[k] = share * step[i] * scale[k];
  });
  return measured(here, scale, move);
}

const crosses = (problem: Problem, value: number, k: number): boolean =>
  value < lowerOf(problem, k) || value > upperOf(problem, k);

function measured(here: Position, scale: Float64Array, move: Float64Array): Step {
  const bend = dot(move, times(here.curvature, move));
  return {
    move,
    gain: dot(here.gradient, move) - bend / 2,
    length: length(move.map((v, k) => v / scale[k])),
  };
}
