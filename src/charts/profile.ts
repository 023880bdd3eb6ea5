/**
 * A profile likelihood: the likelihood ratio against the best value, and the level below which values are
 * not rejected. Table: the parameter in the first column, `likelihood ratio`.
 */
import type { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart } from "./chart.ts";
import { numbersOf } from "./read.ts";
import { blue } from "./theme.ts";

/** χ²(1) at 95 %. */
const critical = 3.841458820694124;

export function profile(table: Table, options: ChartOptions = {}): Chart {
  const name = table.names[0];
  const [value, ratio] = [numbersOf(table, name), numbersOf(table, "likelihood ratio")];
  return chart(
    {
      data: { values: [...value].map((at, i) => ({ at, ratio: ratio[i] })) },
      height: options.height ?? 260,
      layer: [
        {
          mark: { type: "line", strokeWidth: 2.5, color: blue, interpolate: "monotone" },
          encoding: {
            x: { field: "at", type: "quantitative", title: name, scale: { zero: false, nice: false } },
            y: { field: "ratio", type: "quantitative", title: "Likelihood ratio", axis: { grid: true } },
          },
        },
        {
          data: { values: [{}] },
          mark: { type: "rule", strokeDash: [4, 3], opacity: 0.7 },
          encoding: { y: { datum: critical } },
        },
      ],
    },
    `Profile likelihood of ${name}: the 95% interval is where the curve lies below the dashed line.`,
    options,
  );
}
