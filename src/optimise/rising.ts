/**
 * BHHH while the maximum is far, Newton when it is near. Far from it the Hessian of a mixture is indefinite, and its
 * steps run to and fro between the hills of a simulated likelihood, at twice the price; close to it nothing is as
 * quick, and nothing but the exact Hessian says that it is one.
 */
import { bhhh } from "./bhhh.ts";
import { newton } from "./newton.ts";
import type { Solver } from "./solver.ts";

export const rising: Solver = {
  ...bhhh,
  // Two units of the log-likelihood away: there a Newton step leaves a tenth of the way or less. Where a column
  // separates the choices the scores are next to nothing, and what their products promise is far beyond the truth.
  near: { decrement: 4, steps: 6, least: 0.02, solver: newton },
};
