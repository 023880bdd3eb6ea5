/**
 * Observed and predicted shares: a bar for what people chose, a dot with its interval for the model.
 *
 * Table: `alternative`, `observed`, `predicted`, and `lower`, `upper` of the prediction if known.
 */
import type { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart, type JsonObject } from "./chart.ts";
import { distinct, inRange, labelsOf, numbersOf, present } from "./read.ts";
import { blue, ink } from "./theme.ts";

export function shares(table: Table, options: ChartOptions = {}): Chart {
  const bounds = present(table, "lower", "upper");
  const names = distinct(labelsOf(table, "alternative"));
  return chart(
    {
      data: { values: rows(table, ["observed", "predicted", ...bounds]) },
      height: options.height ?? names.length * (names.length > 25 ? 18 : 34),
      encoding: {
        y: {
          field: "alternative",
          type: "nominal",
          sort: names,
          title: null,
          axis: { ticks: false, domain: false, labelPadding: 8 },
        },
      },
      layer: [
        {
          mark: { type: "bar", height: { band: 0.62 }, color: ink, opacity: 0.25 },
          encoding: { x: share("observed") },
        },
        ...(bounds.length === 2
          ? [
              {
                mark: { type: "rule", strokeWidth: 2.2, color: blue },
                encoding: { x: share("lower"), x2: { field: "upper" } },
              },
            ]
          : []),
        {
          mark: { type: "point", filled: true, opacity: 1, size: 75, color: blue },
          encoding: { x: share("predicted") },
        },
      ],
    },
    `Observed shares (bars) and predicted shares (dots${bounds.length === 2 ? " with 95% confidence intervals" : ""}).`,
    options,
  );
}

const share = (field: string): JsonObject => ({
  field,
  type: "quantitative",
  title: "Share of choices: observed (bar) and predicted (dot)",
  axis: { format: ".0%", grid: true, tickCount: 6 },
});

function rows(table: Table, names: readonly string[]): JsonObject[] {
  const columns = names.map((name) => numbersOf(table, name));
  return labelsOf(table, "alternative").map((alternative, row) => ({
    alternative,
    ...Object.fromEntries(names.map((name, i) => [name, inRange(columns[i][row])])),
  }));
}
