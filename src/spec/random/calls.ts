/** Distributions and draws as a user writes them: ls.lognormal({ sign: -1 }), ls.sobol(1000). */
import { drawsCall } from "./drawOptions.ts";
import { of } from "./random.ts";

export const normal = of("normal");
export const lognormal = of("lognormal");
export const truncatedNormal = of("truncatedNormal");
export const censoredNormal = of("censoredNormal");
export const johnsonSb = of("johnsonSb");
export const uniform = of("uniform");
export const triangular = of("triangular");

export const sobol = drawsCall("sobol");
export const halton = drawsCall("halton");
export const scrambledHalton = drawsCall("scrambledHalton");
export const shuffledHalton = drawsCall("shuffledHalton");
export const mlhs = drawsCall("mlhs");
export const pseudoRandom = drawsCall("random");
export const gaussHermite = drawsCall("gaussHermite");
