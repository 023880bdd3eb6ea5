/** Charts: a Table in, Vega-Lite JSON out. Rendering is in render.ts, PNG in png.node.ts. */
export type { Chart, ChartOptions, Json } from "./chart.ts";
export { type CoefficientOptions, coefficients } from "./coefficients.ts";
export { convergence, convergenceTable } from "./convergence.ts";
export { type DensityOptions, densities } from "./densities.ts";
export { diversion } from "./diversion.ts";
export { type ElasticityOptions, elasticities } from "./elasticities.ts";
export { type ProbabilityOptions, probabilities } from "./probabilities.ts";
export { profile } from "./profile.ts";
export { reliability } from "./reliability.ts";
export { toSvg } from "./render.ts";
export { shares } from "./shares.ts";
export { sideBySide } from "./sideBySide.ts";
export { subgroups } from "./subgroups.ts";
export { temperatureSweep } from "./temperatureSweep.ts";
