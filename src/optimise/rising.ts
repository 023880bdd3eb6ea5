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
  // Two units of the log-likelihood away: there a Newton step leaves a tenth of the way or less.
  near: { decrement: 4, steps: 6, solver: newton },
};
