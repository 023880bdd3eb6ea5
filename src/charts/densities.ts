/**
 * Densities of simulated quantities, such as willingness to pay at draws of the parameters.
 *
 * Table: `quantity` and `value`, one row per draw. The outermost half per cent on each side is left out:
 * ratios have tails without end.
 */
import type { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart, type JsonObject } from "./chart.ts";
import { distinct, labelsOf, numbersOf } from "./read.ts";
import { channels } from "./series.ts";

export interface DensityOptions extends ChartOptions {
  /** Title of the horizontal axis. */
  readonly over?: string;
}

const trimmed = 0.005;

export function densities(table: Table, options: DensityOptions = {}): Chart {
  const quantities = distinct(labelsOf(table, "quantity"));
  const values = quantities.flatMap((quantity) => within(table, quantity));
  return chart(
    {
      data: { values },
      height: options.height ?? 240,
      transform: [{ density: "value", groupby: ["quantity"], steps: 200 }],
      mark: { type: "area", opacity: 0.25, line: { strokeWidth: 2 } },
      encoding: {
        x: { field: "value", type: "quantitative", title: options.over ?? "Value" },
        y: { field: "density", type: "quantitative", title: null, axis: null, stack: null },
        ...(quantities.length > 1
          ? {
              color: {
                ...(channels("quantity", quantities, true).color as JsonObject),
                legend: { title: null, orient: "top" },
              },
            }
          : {}),
      },
    },
    "Densities over draws of the parameters; the outermost half per cent on each side is not drawn.",
    options,
  );
}

function within(table: Table, quantity: string): JsonObject[] {
  const [names, numbers] = [labelsOf(table, "quantity"), numbersOf(table, "value")];
  const own = numbers.filter((value, i) => names[i] === quantity && Number.isFinite(value)).sort();
  const cut = Math.floor(trimmed * own.length);
  return [...own.subarray(cut, own.length - cut)].map((value) => ({ quantity, value }));
}
