/**
 * Choice probabilities over an attribute: a curve for each alternative, with its confidence band.
 *
 * Table: the attribute in the first column, `alternative`, `probability`, and `lower`, `upper` if there is
 * a band. Up to eight curves have bands and labels at their ends, more get a legend, and of very many the small
 * ones are drawn in grey behind the largest.
 */
import type { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart, type Json, type JsonObject } from "./chart.ts";
import { distinct, inRange, labelsOf, numbersOf, present, type Row, rowsOf } from "./read.ts";
import { channels, mostLabelled, named, unnamed } from "./series.ts";
import { spread } from "./spread.ts";
import { fontSize } from "./theme.ts";

export interface ProbabilityOptions extends ChartOptions {
  /** What the horizontal axis says: the attribute, with its unit. Default: the name of the first column. */
  readonly over?: string;
}

export function probabilities(table: Table, options: ProbabilityOptions = {}): Chart {
  const x = table.names[0];
  const bounds = present(table, "lower", "upper");
  const rows = rowsOf(table, [x, "alternative", "probability", ...bounds]).map((row) => read(row, x, bounds));
  const all = distinct(labelsOf(table, "alternative"));
  const peaks = highest(rows);
  const shown = named(all, (name) => peaks.get(name)!);
  const direct = shown.length <= mostLabelled && all.length === shown.length;
  const height = options.height ?? (options.theme === "print" ? 260 : 320);
  const top = ceiling(table);
  const known = new Set(shown);
  const [told, others] = [
    rows.filter((row) => known.has(String(row.alternative))),
    rows.filter((row) => !known.has(String(row.alternative))),
  ];
  const over = options.over ?? x;
  const hasBand = direct && table.columns.has("lower");
  return chart(
    {
      height,
      encoding: axes(over, top, all.length === 1 ? `Probability of ${all[0]}` : "Choice probability"),
      layer: [
        ...(others.length > 0 ? [line(others, { detail: nominal }, unnamed)] : []),
        ...(hasBand ? [band(told, shown)] : []),
        line(told, channels("alternative", shown, !direct)),
        ...(direct && all.length > 1 ? names(told, shown, height, top) : []),
      ],
    },
    caption(over, hasBand, all.length - shown.length),
    options,
  );
}

const nominal: Json = { field: "alternative", type: "nominal" };

const axes = (title: string, top: number, probability: string): JsonObject => ({
  x: {
    field: "x",
    type: "quantitative",
    title,
    scale: { zero: false, nice: false },
    axis: { tickCount: 7 },
  },
  y: {
    field: "probability",
    type: "quantitative",
    title: probability,
    scale: { domain: [0, top] },
    axis: { format: ".0%", grid: true, tickCount: 6 },
  },
});

const line = (rows: readonly Row[], encoding: JsonObject, mark: JsonObject = {}): JsonObject => ({
  data: { values: rows },
  mark: { type: "line", strokeWidth: 2.2, ...mark },
  encoding,
});

const band = (rows: readonly Row[], shown: readonly string[]): JsonObject => ({
  data: { values: rows },
  mark: { type: "area", opacity: 0.17 },
  encoding: {
    y: { field: "lower", type: "quantitative" },
    y2: { field: "upper" },
    color: channels("alternative", shown, false).color,
  },
});

/** A name at the end of each curve, moved apart where curves end close together, with a line that leads to it. */
function names(rows: readonly Row[], shown: readonly string[], height: number, top: number): JsonObject[] {
  const ends = shown.map((name) => rows.findLast((row) => row.alternative === name)!);
  const gap = ((fontSize + 2) / height) * top;
  const places = spread(
    ends.map((row) => Number(row.probability)),
    gap,
    0,
    top,
  );
  const values = ends.map((row, i) => ({ ...row, place: places[i] }));
  const y: Json = { field: "place", type: "quantitative" };
  return [
    {
      data: { values },
      mark: { type: "rule", strokeWidth: 1.5, xOffset: 3, x2Offset: 15 },
      encoding: { x2: { field: "x" }, y2: y, color: channels("alternative", shown, false).color },
    },
    {
      data: { values },
      mark: { type: "text", align: "left", dx: 19 },
      encoding: { y, text: { field: "alternative" } },
    },
  ];
}

/** The attribute goes by "x", for dots and brackets in its name would mean something to Vega-Lite. */
const read = (row: Row, x: string, bounds: readonly string[]): Row => ({
  x: row[x],
  alternative: row.alternative,
  probability: row.probability,
  ...Object.fromEntries(bounds.map((name) => [name, inRange(Number(row[name] ?? Number.NaN))])),
});

function highest(rows: readonly Row[]): Map<string, number> {
  const peaks = new Map<string, number>();
  for (const { alternative, probability } of rows)
    peaks.set(String(alternative), Math.max(peaks.get(String(alternative)) ?? 0, Number(probability)));
  return peaks;
}

/** The top of the axis: the next tenth above everything drawn. */
function ceiling(table: Table): number {
  let most = 0;
  for (const name of present(table, "probability", "upper"))
    for (const value of numbersOf(table, name)) if (value > most) most = value;
  return Math.min(1, Math.max(0.1, Math.ceil(most * 10 - 1e-9) / 10));
}

function caption(over: string, hasBand: boolean, others: number): string {
  const band = hasBand ? " Bands are 95% confidence intervals." : "";
  const rest = others > 0 ? ` ${others} alternatives with smaller probabilities are drawn in grey.` : "";
  return `Choice probabilities over ${over}.${band}${rest}`;
}
