/** From the end of a search to its outcome: flat directions are looked for, and words are found. */
import { length, order, scaled, submatrix } from "../math/matrix.ts";
import { nullSpace } from "./flat.ts";
import type { Account, Found, Outcome, Problem, Status } from "./outcome.ts";
import { unitOf } from "./scaling.ts";
import type { Memory, View } from "./stopping.ts";
import { words } from "./words.ts";

/** Why and where the search ended; without a view it never began. */
export interface Ending {
  readonly status: Status;
  readonly view?: View;
  readonly memory?: Memory;
  readonly point?: Float64Array;
}

export function conclude(
  problem: Problem,
  ending: Ending,
  hessian: Float64Array | null,
  account: Account,
): Outcome {
  const found = ending.view ? arrived(ending, ending.view, hessian) : nowhere(ending, problem.start.length);
  return { ...found, ...account, ...words(problem.names, found, account) };
}

function arrived({ status, memory }: Ending, view: View, hessian: Float64Array | null): Found {
  const { here, held, free } = view;
  const size = here.point.length;
  const exact = hessian ?? new Float64Array(size * size).fill(Number.NaN);
  const scale = here.point.map((_, k) => unitOf(Math.abs(exact[k * size + k])));
  const { directions, conditioning } = flatness(exact, scale, free);
  const atRest = status === "converged" || (status === "stalled" && view.gradientNorm < 1e-6);
  const isFlat = directions.length > 0 && atRest;
  const { point, value, gradient } = here;
  return {
    status: isFlat ? "flat" : status,
    point,
    value,
    gradient,
    hessian: exact,
    gradientNorm: view.gradientNorm,
    atBound: held,
    scale,
    conditioning,
    nullDirections: isFlat ? directions : [],
    runaway: status === "unbounded" && memory ? flight(memory, point) : null,
  };
}

function nowhere({ status, point }: Ending, size: number): Found {
  const unknown = (count: number): Float64Array => new Float64Array(count).fill(Number.NaN);
  return {
    status,
    point: point ?? unknown(size),
    value: Number.NaN,
    gradient: unknown(size),
    hessian: unknown(size * size),
    gradientNorm: Number.NaN,
    atBound: Array.from({ length: size }, () => null),
    scale: new Float64Array(size).fill(1),
    conditioning: Number.NaN,
    nullDirections: [],
    runaway: null,
  };
}

/** Flat directions of the exact Hessian over the free parameters, in units of scale, with zeros elsewhere. */
function flatness(
  hessian: Float64Array,
  scale: Float64Array,
  free: readonly number[],
): { directions: Float64Array[]; conditioning: number } {
  if (free.length === 0 || !hessian.every(Number.isFinite))
    return { directions: [], conditioning: Number.NaN };
  const units = Float64Array.from(free, (k) => scale[k]);
  const curvature = scaled(submatrix(hessian, free), units).map((value) => -value);
  const { directions, least } = nullSpace(curvature);
  const whole = directions.map((direction) => {
    const out = new Float64Array(order(hessian));
    free.forEach((k, i) => {
      out[k] = direction[i];
    });
    return out;
  });
  return { directions: whole, conditioning: least };
}

/** The last step without the parameters it barely moved, with length 1 in the smallest units seen. */
function flight({ last, least }: Memory, point: Float64Array): Float64Array {
  const share = last.map((step, k) => Math.abs(step) / Math.max(Math.abs(point[k]), least[k]));
  const peak = Math.max(...share);
  const moving = last.map((step, k) => (share[k] > 0.1 * peak ? step : 0));
  const size = length(moving.map((step, k) => step / least[k]));
  return moving.map((step) => step / (size || 1));
}
