/**
 * The search for the maximum: the distance to the final log-likelihood and the relative gradient at every
 * step, on logarithmic axes, where quadratic convergence is a curve that bends down.
 *
 * Table: `iteration`, `distance`, `gradient` (see `convergenceTable`).
 */
import { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart, type JsonObject } from "./chart.ts";
import { numbersOf } from "./read.ts";
import { blue, vermillion } from "./theme.ts";

/** The steps of a search as a table; distances below rounding are left out. */
export function convergenceTable(
  history: readonly { readonly iteration: number; readonly value: number; readonly gradientNorm: number }[],
): Table {
  const last = history.at(-1)?.value ?? Number.NaN;
  return Table.of(
    {
      iteration: history.map(({ iteration }) => iteration),
      "log-likelihood": history.map(({ value }) => value),
      distance: history.map(({ value }) => last - value),
      gradient: history.map(({ gradientNorm }) => gradientNorm),
    },
    { title: "Convergence" },
  );
}

export function convergence(table: Table, options: ChartOptions = {}): Chart {
  const [iteration, distance, gradient] = ["iteration", "distance", "gradient"].map((name) =>
    numbersOf(table, name),
  );
  const points = (values: Float64Array, series: string): JsonObject[] =>
    [...iteration].flatMap((step, i) =>
      values[i] > 0 ? [{ iteration: step, value: values[i], series }] : [],
    );
  const names = ["log-likelihood still to gain", "relative gradient"];
  return chart(
    {
      data: { values: [...points(distance, names[0]), ...points(gradient, names[1])] },
      height: options.height ?? 260,
      mark: { type: "line", point: { filled: true, size: 50 }, strokeWidth: 2 },
      encoding: {
        x: {
          field: "iteration",
          type: "quantitative",
          title: "Iteration",
          axis: { tickMinStep: 1, format: "d" },
        },
        y: {
          field: "value",
          type: "quantitative",
          title: null,
          scale: { type: "log" },
          axis: { format: ".0e", tickCount: 8, grid: true },
        },
        color: {
          field: "series",
          type: "nominal",
          title: null,
          sort: names,
          scale: { domain: names, range: [blue, vermillion] },
          legend: { orient: "top" },
        },
      },
    },
    "The search for the maximum: what was still to gain in log-likelihood, and the relative gradient, at every iteration.",
    options,
  );
}
