/**
 * BHHH: the curvature is the sum of the outer products of the scores, A = Σ_i s_i s_iᵀ, which at the truth
 * has the same expectation as minus the Hessian and is never indefinite.
 *
 * Source: Berndt, Hall, Hall & Hausman (1974), Annals of Economic and Social Measurement 3:653.
 */
import { outerProducts } from "../math/outerProducts.ts";
import type { Objective } from "./objective.ts";
import type { Solver } from "./solver.ts";

export const bhhh: Solver = {
  want: "gradient",
  async curvature(objective: Objective, here) {
    const sum = outerProducts(objective.dimension);
    await objective.scores?.(here.point, (block) => sum.add(block));
    return sum.matrix();
  },
};
