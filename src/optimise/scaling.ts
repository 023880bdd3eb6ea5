/**
 * Units in which a step of one parameter is like a step of another: s_k = 1/√A_kk, near the standard error.
 * Income in dollars and a 0/1 column then look alike to the radius and to every test of size.
 *
 * Where probabilities are saturated A_kk vanishes while the slope does not; there the curvature is taken as
 * that at which the promised gain is all of |f|, so that the unit cannot run away.
 */
import { order } from "../math/matrix.ts";
import { type Position, roughCurvature } from "./solver.ts";

/** s_k for the radius: never larger than the slope allows. */
export const stepUnits = (here: Position): Float64Array =>
  units(here, (k) => roughCurvature(here.gradient[k], here.value));

/** s_k for tests: the curvature alone. */
export const pureUnits = (here: Position): Float64Array => units(here, () => 0);

function units({ curvature, point }: Position, least: (k: number) => number): Float64Array {
  const size = order(curvature);
  return point.map((_, k) => {
    return unitOf(Math.max(Math.abs(curvature[k * size + k]), least(k)));
  });
}

/** 1/√bend; 1 where there is no curvature to speak of, since powers of such a unit would overflow. */
export const unitOf = (bend: number): number => (bend > 1e-100 ? 1 / Math.sqrt(bend) : 1);
