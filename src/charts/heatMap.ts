/**
 * A heat map with the numbers in it. Orange is below 0 and blue above, and the depth of the colour grows
 * with the square root, so that small values show beside large ones.
 */
import type { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart, type JsonObject } from "./chart.ts";
import { distinct, labelsOf, numbersOf } from "./read.ts";
import { blue, fontSize, vermillion } from "./theme.ts";

export interface HeatMap {
  /** Columns of the table: labels down the side, labels along the top, and the number in the cell. */
  readonly row: string;
  readonly column: string;
  readonly value: string;
  readonly rowTitle: string;
  readonly columnTitle: string;
  readonly caption: string;
}

/** More columns than this are drawn small and without numbers. */
const readable = 20;

export function heatMap(table: Table, map: HeatMap, options: ChartOptions): Chart {
  const rows = distinct(labelsOf(table, map.row));
  const named = distinct(labelsOf(table, map.column));
  // Names on both sides stand in the same order on both, so that the diagonal is one.
  const columns = distinct([...rows.filter((name) => named.includes(name)), ...named]);
  const small = columns.length > readable;
  const size = small ? 24 : 58;
  const numbers = {
    mark: { type: "text" },
    encoding: { text: { field: "value", type: "quantitative", format: ".2f" } },
  };
  return chart(
    {
      data: { values: cells(table, map) },
      width: { step: size },
      height: { step: small ? 24 : 36 },
      autosize: "pad",
      encoding: {
        x: {
          field: "column",
          type: "nominal",
          sort: columns,
          title: map.columnTitle,
          axis: { orient: "top", ticks: false, domain: false, ...angle(columns, size) },
        },
        y: {
          field: "row",
          type: "nominal",
          sort: rows,
          title: map.rowTitle,
          axis: { ticks: false, domain: false, labelPadding: 8 },
        },
      },
      layer: [
        {
          mark: { type: "rect" },
          encoding: {
            fill: { condition: { test: "datum.value < 0", value: vermillion }, value: blue },
            fillOpacity: { field: "depth", type: "quantitative", scale: null, legend: null },
          },
        },
        ...(small ? [] : [numbers]),
      ],
    },
    map.caption,
    options,
  );
}

/** The deepest colour still lets the text be read, on white and on black. */
const deepest = 0.6;

function cells(table: Table, map: HeatMap): JsonObject[] {
  const [rows, columns] = [labelsOf(table, map.row), labelsOf(table, map.column)];
  const values = numbersOf(table, map.value);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0) || 1;
  return rows.map((row, i) => ({
    row,
    column: columns[i],
    value: Number.isFinite(values[i]) ? values[i] : null,
    depth: deepest * Math.sqrt(Math.min(1, Math.abs(values[i] || 0) / largest)),
  }));
}

/** Names that are wider than their column are written upwards. */
const angle = (names: readonly string[], size: number): JsonObject =>
  Math.max(...names.map((name) => name.length)) * fontSize * 0.55 > size
    ? { labelAngle: -50, labelAlign: "left" }
    : { labelAngle: 0 };
