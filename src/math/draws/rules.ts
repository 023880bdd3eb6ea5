/** The kinds of draws: one line each. Gauss–Hermite nodes are not drawn; see quadrature.ts. */
import { halton } from "./halton.ts";
import type { DrawRule } from "./kind.ts";
import { mlhs } from "./mlhs.ts";
import { pseudoRandom } from "./pseudoRandom.ts";
import { scrambledHalton } from "./scrambledHalton.ts";
import { shuffledHalton } from "./shuffledHalton.ts";
import { sobol } from "./sobol.ts";

export const drawRules = {
  sobol,
  halton,
  scrambledHalton,
  shuffledHalton,
  mlhs,
  random: pseudoRandom,
} satisfies Record<string, DrawRule>;
