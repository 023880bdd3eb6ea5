export { type Heated, heated } from "./heated.ts";
export { entropyExpr, type Potential, type PotentialName, potentialNames, potentials } from "./potentials.ts";
export { type SweepOptions, temperatureSweep } from "./sweep.ts";
export { situationThermodynamics, thermodynamics } from "./thermodynamics.ts";
