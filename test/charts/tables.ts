/** Made-up results of a travel-mode model, in the shape that the functions after the fit return. */
import { Table } from "../../src/data/table.ts";

export const modes = ["air", "train", "bus", "car"];

/** Logit probabilities over a generalised cost of the first alternative. */
export function curves(names: readonly string[] = modes, points = 25): Table {
  const x: number[] = [];
  const alternative: string[] = [];
  const probability: number[] = [];
  for (let i = 0; i < points; i++) {
    const cost = 40 + i * 10;
    const weights = names.map((_, j) => Math.exp(j === 0 ? 2.5 - 0.0185 * cost : Math.sin(3 * j) * 0.8));
    const total = weights.reduce((a, b) => a + b);
    names.forEach((name, j) => {
      x.push(cost);
      alternative.push(name);
      probability.push(weights[j] / total);
    });
  }
  const half = probability.map((p) => 0.3 * p * (1 - p));
  return Table.of({
    "generalised cost": x,
    alternative,
    probability,
    lower: probability.map((p, i) => p - half[i]),
    upper: probability.map((p, i) => p + half[i]),
  });
}

export const estimates = Table.of(
  {
    parameter: ["asc_air", "asc_train", "asc_bus", "generalised_cost", "terminal_time", "income_air"],
    estimate: [5.2074, 3.869, 3.163, -0.015501, -0.096125, 0.013287],
    standardError: [0.779, 0.4431, 0.4503, 0.004408, 0.01044, 0.010262],
    z: [6.68, 8.73, 7.02, -3.52, -9.21, 1.29],
    p: [2.3e-11, 1e-17, 2.1e-12, 0.00044, 1e-20, 0.1954],
    lower: [3.68, 3.0, 2.28, -0.02414, -0.11659, -0.006826],
    upper: [6.73, 4.74, 4.05, -0.00686, -0.07566, 0.0334],
  },
  {
    title: "Estimates",
    notes: ["Standard errors from the exact Hessian.", "210 situations; log-likelihood -199.128."],
    formats: { estimate: 4, standardError: 4, z: 2, p: "p", lower: 4, upper: 4 },
  },
);

export const observed = Table.of(
  {
    alternative: modes,
    observed: [0.27619, 0.3, 0.142857, 0.280952],
    predicted: [0.281, 0.292, 0.15, 0.277],
    lower: [0.23, 0.25, 0.11, 0.22],
    upper: [0.33, 0.34, 0.19, 0.33],
  },
  {
    title: "Shares",
    formats: { observed: "percent", predicted: "percent", lower: "percent", upper: "percent" },
  },
);

export function elasticityTable(names: readonly string[] = modes): Table {
  const alternative: string[] = [];
  const of: string[] = [];
  const elasticity: number[] = [];
  names.forEach((row, i) => {
    names.forEach((column, j) => {
      alternative.push(row);
      of.push(column);
      elasticity.push(i === j ? -1.9 + 0.35 * (i % 5) : 0.4 + 0.15 * Math.sin(i + 2 * j));
    });
  });
  return Table.of({ alternative, of, elasticity });
}

/** As an audit has it. */
export const audited = Table.of({
  by: ["age", "age", "age", "region", "region", "region"],
  group: ["below 30", "below 30", "below 30", "Zürich", "Zürich", "Zürich"],
  alternative: ["train", "bus", "car", "train", "bus", "car"],
  gap: [-0.144, 0.041, 0.103, 0.02, -0.3, 0.28],
  lower: [-0.168, 0.01, 0.079, -0.01, Number.NaN, Number.NaN],
  upper: [-0.12, 0.074, 0.126, 0.05, Number.NaN, Number.NaN],
  verdict: ["fails", "passes", "fails", "passes", "too few", "too few"],
});

export function sweep(names: readonly string[] = modes): Table {
  const tau = [0, 1 / 32, 1 / 8, 1 / 2, 1, 2, 8, 32, Number.POSITIVE_INFINITY];
  const warm = tau.map((each) => (each === Number.POSITIVE_INFINITY ? 1 : each / (1 + each)));
  return Table.of({
    tau,
    entropy: warm.map((each) => each * Math.log(names.length)),
    "log-likelihood": tau.map((each, i) =>
      i === 0 ? Number.NEGATIVE_INFINITY : -290 + 90 / (1 + Math.log(each) ** 2),
    ),
    ...Object.fromEntries(
      names.map((name, j) => [
        `share of ${name}`,
        warm.map((each) => each / names.length + (1 - each) * (j === 0 ? 1 : 0)),
      ]),
    ),
  });
}
