/** Newton's method: the curvature is minus the exact Hessian, so the last steps double the correct digits. */
import type { Solver } from "./solver.ts";

export const newton: Solver = {
  want: "hessian",
  curvature: async (_, here) => here.hessian!.map((value) => -value),
};
