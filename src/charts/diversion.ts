/**
 * Diversion ratios as a heat map: of the choices that an alternative loses, the share that each other one
 * gains. Table: `from` (loses), `to` (gains), `diversion`.
 */
import type { Table } from "../data/table.ts";
import type { Chart, ChartOptions } from "./chart.ts";
import { heatMap } from "./heatMap.ts";

export function diversion(table: Table, options: ChartOptions = {}): Chart {
  const map = {
    row: "from",
    column: "to",
    value: "diversion",
    rowTitle: "of the choices lost by",
    columnTitle: "this share goes to",
    caption: "Diversion ratios: where the choices go that an alternative loses.",
  };
  return heatMap(table, map, options);
}
