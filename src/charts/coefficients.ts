/**
 * Coefficients as dots with their confidence intervals.
 *
 * Table: names in the first column, `estimate`, `lower`, `upper`; a column `model` puts several models side
 * by side. Coefficients of different size share one axis by powers of ten, which their labels say
 * ("income × 1000"), or are drawn as they are (`scale: "none"`).
 */
import type { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart, type Json, type JsonObject } from "./chart.ts";
import { distinct, labelsOf, numbersOf } from "./read.ts";
import { channels } from "./series.ts";
import { blue } from "./theme.ts";

export interface CoefficientOptions extends ChartOptions {
  /** "tens": small coefficients times a power of ten; "none": as they are. Default "tens". */
  readonly scale?: "tens" | "none";
  /** The value of no effect, marked by a line. Default 0. */
  readonly neutral?: number;
}

interface Interval {
  readonly name: string;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly model: string;
}

export function coefficients(table: Table, options: CoefficientOptions = {}): Chart {
  const { scale = "tens", neutral = 0 } = options;
  const read = intervals(table).filter((row) => Number.isFinite(row.estimate));
  const rows = scale === "tens" ? byTens(read) : read;
  const names = distinct(rows.map((row) => row.name));
  const models = distinct(rows.map((row) => row.model));
  const values = within(rows);
  return chart(
    {
      data: { values },
      height: options.height ?? names.length * step(names.length, models.length),
      encoding: encoding(names, models),
      layer: [
        {
          data: { values: [{}] },
          mark: { type: "rule", strokeDash: [4, 3], opacity: 0.6 },
          encoding: { x: { datum: neutral }, y: null, yOffset: null, color: null },
        },
        {
          mark: { type: "rule", strokeWidth: 2.2, ...single(models) },
          encoding: { x: number("lower"), x2: { field: "upper" } },
        },
        {
          mark: { type: "point", filled: true, opacity: 1, size: 70, ...single(models) },
          encoding: { x: number("estimate") },
        },
      ],
    },
    caption(names.some((name) => name.includes(times))),
    options,
  );
}

const single = (models: readonly string[]): JsonObject => (models.length > 1 ? {} : { color: blue });
const number = (field: string): JsonObject => ({
  field,
  type: "quantitative",
  title: "Estimate",
  axis: { tickCount: 8 },
  scale: { zero: false },
});

function encoding(names: readonly string[], models: readonly string[]): JsonObject {
  const y: Json = {
    field: "name",
    type: "nominal",
    sort: names,
    title: null,
    axis: { ticks: false, domain: false, labelPadding: 8, grid: true },
  };
  if (models.length < 2) return { y };
  const legend: Json = { title: null, orient: "top", symbolType: "circle" };
  const color = { ...(channels("model", models, true).color as JsonObject), legend };
  return { y, color, yOffset: { field: "model", sort: models } };
}

const step = (names: number, models: number): number => (names > 40 ? 17 : 26) + 12 * (models - 1);

function intervals(table: Table): Interval[] {
  const names = labelsOf(table, table.names[0]);
  const models = table.columns.has("model") ? labelsOf(table, "model") : names.map(() => "");
  const [estimate, lower, upper] = ["estimate", "lower", "upper"].map((name) => numbersOf(table, name));
  return names.map((name, i) => ({
    name,
    estimate: estimate[i],
    lower: lower[i],
    upper: upper[i],
    model: models[i],
  }));
}

const times = " × ";
const caption = (scaled: boolean): string =>
  `Estimates with 95% confidence intervals; the dashed line is the value of no effect.${
    scaled ? " Small coefficients are shown times a power of ten." : ""
  }`;

const finite = (values: readonly number[]): number[] => values.filter(Number.isFinite);
const reach = ({ estimate, lower, upper }: Interval): number =>
  Math.max(...finite([estimate, lower, upper]).map(Math.abs));

/** Multiplies what is small by the power of ten that brings it to a tenth of the largest, or more. */
function byTens(rows: readonly Interval[]): Interval[] {
  const largest = Math.max(...rows.map(reach), 0);
  const size = new Map<string, number>();
  for (const row of rows) size.set(row.name, Math.max(size.get(row.name) ?? 0, reach(row)));
  return rows.map((row) => {
    const own = size.get(row.name)!;
    const power = own > 0 ? Math.max(0, Math.floor(Math.log10(largest / own) + 1e-9)) : 0;
    return power === 0 ? row : raise(row, power);
  });
}

const raise = (row: Interval, power: number): Interval => ({
  ...row,
  name: `${row.name}${times}${power <= 6 ? 10 ** power : `1e${power}`}`,
  estimate: row.estimate * 10 ** power,
  lower: row.lower * 10 ** power,
  upper: row.upper * 10 ** power,
});

/** Unbounded intervals end where the widest bounded one does; a fixed coefficient has none. */
function within(rows: readonly Interval[]): JsonObject[] {
  const all = rows.flatMap(({ estimate, lower, upper }) => finite([estimate, lower, upper]));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const ends = (value: number): number | null =>
    Number.isNaN(value) ? null : Math.min(Math.max(value, low), high);
  return rows.map((row) => ({ ...row, lower: ends(row.lower), upper: ends(row.upper) }));
}
