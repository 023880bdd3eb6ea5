/**
 * A reliability diagram: of the choices predicted with a probability, the share that was made. On the dashed
 * line the two agree; above it predictions were too low, below it too high. A panel per event.
 *
 * Table: `of`, `predicted`, `observed`, `share` (of the predictions in the bin), and `lower`, `upper` if known.
 */
import type { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart, type JsonObject } from "./chart.ts";
import { distinct, labelsOf, present, rowsOf } from "./read.ts";
import { blue } from "./theme.ts";

export function reliability(table: Table, options: ChartOptions = {}): Chart {
  const bounds = present(table, "lower", "upper");
  const events = distinct(labelsOf(table, "of"));
  const columns = Math.min(events.length, 2);
  const total = options.width ?? (options.theme === "print" ? 440 : 640);
  const side = Math.floor(total / columns) - 80;
  return chart(
    {
      data: { values: rowsOf(table, ["of", "predicted", "observed", "share", ...bounds]) },
      width: null,
      autosize: { type: "pad" },
      facet: {
        field: "of",
        type: "nominal",
        sort: events,
        title: null,
        header: { labelFontSize: 13, labelColor: options.theme === "print" ? "black" : "currentColor" },
      },
      columns,
      spacing: { column: 40, row: 28 },
      spec: {
        width: side,
        height: options.height ?? Math.min(side, 260),
        layer: [
          {
            data: { values: [{ from: 0, to: 1 }] },
            mark: { type: "rule", strokeDash: [4, 3], opacity: 0.6 },
            encoding: {
              x: axis("from", "Predicted"),
              y: axis("from", "Observed"),
              x2: { field: "to" },
              y2: { field: "to" },
            },
          },
          ...(bounds.length === 2
            ? [
                {
                  mark: { type: "rule", strokeWidth: 1.8, color: blue },
                  encoding: {
                    x: axis("predicted", "Predicted"),
                    y: axis("lower", "Observed"),
                    y2: { field: "upper" },
                  },
                },
              ]
            : []),
          {
            mark: { type: "point", filled: true, opacity: 1, color: blue },
            encoding: {
              x: axis("predicted", "Predicted"),
              y: axis("observed", "Observed"),
              size: {
                field: "share",
                type: "quantitative",
                legend: null,
                scale: { domain: [0, 1], range: [12, 320] },
              },
            },
          },
        ],
      },
    },
    `Observed share of choices over their predicted probability, by bin; a larger dot holds more predictions${bounds.length === 2 ? ", lines are 95% confidence intervals" : ""}. On the dashed line predictions are right.`,
    options,
  );
}

const axis = (field: string, title: string): JsonObject => ({
  field,
  type: "quantitative",
  title,
  scale: { domain: [0, 1] },
  axis: { format: ".0%", grid: true, values: [0, 0.25, 0.5, 0.75, 1] },
});
