/** A bootstrap as a table: how the estimates of every parameter vary over the replicates. */
import { alike, decimalsFor } from "../../data/decimals.ts";
import { Table } from "../../data/index.ts";
import { type Fit, standardErrors } from "../../fit/index.ts";
import type { Bootstrap } from "./bootstrap.ts";
import { quantile } from "./percentiles.ts";

/**
 * One row per parameter: estimate, the standard deviation of its replicates beside the standard error that the fit
 * quotes, and the 2.5 and 97.5 percentiles. Replicates without a maximum are left out, counted and said why.
 */
export function bootstrapTable(fit: Fit, { points, failed, words }: Bootstrap): Table {
  const of = fit.parameters.map((_, k) => Float64Array.from(points, (point) => point[k]).sort());
  const estimates = fit.parameters.map(({ estimate }) => estimate);
  const spreads = of.map((values, k) => (fit.parameters[k].fixed ? Number.NaN : deviation(values)));
  const at = (share: number): number[] =>
    of.map((values, k) => (Number.isNaN(spreads[k]) ? Number.NaN : quantile(values, share)));
  const quoted = fit.parameters.map(({ standardError }) => standardError);
  const columns = {
    parameter: fit.parameters.map(({ name }) => name),
    estimate: estimates,
    bootstrap: spreads,
    [fit.covariance.kind]: quoted,
    lower: at(0.025),
    upper: at(0.975),
  };
  const numbers = Object.keys(columns).slice(1);
  return Table.of(columns, {
    title: "Bootstrap of the estimates",
    formats: alike(numbers, decimalsFor(estimates, [...spreads, ...quoted])),
    notes: [
      `${words}.`,
      "bootstrap: standard deviation of the replicates; lower and upper: their 2.5 and 97.5 percentiles.",
      ...reasons(failed.map(({ reason }) => reason)),
      ...(points.length < 200 ? ["Fewer than 200 replicates are too few to quote."] : []),
      ...(standardErrors(fit).display.notes ?? []),
    ],
  });
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function reasons(all: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const reason of all) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `Left out: ${count}, ${reason}.`);
}
