/**
 * A temperature sweep: shares, entropy and log-likelihood from a perfect maximiser (left) to a coin (right). The
 * dashed line is the fit. Table: `tau` (relative to the fit), `entropy`, `log-likelihood`, `share of …`.
 */
import type { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart, type JsonObject } from "./chart.ts";
import { numbersOf } from "./read.ts";
import { channels, mostNamed, named, unnamed } from "./series.ts";
import { blue } from "./theme.ts";

const prefix = "share of ";

export function temperatureSweep(table: Table, options: ChartOptions = {}): Chart {
  const width = options.width ?? (options.theme === "print" ? 440 : 640);
  const shares = table.names.filter((name) => name.startsWith(prefix));
  return chart(
    {
      width: null,
      autosize: { type: "pad" },
      spacing: 12,
      vconcat: [
        shareChart(table, shares, width - 90),
        small(table, "entropy", "Entropy (nats)", width - 90, false),
        small(table, "log-likelihood", "Log-likelihood", width - 90, true),
      ],
    },
    "What the fitted utilities predict from a low temperature, where everybody takes the best alternative, to a high one, where utilities mean nothing. Temperatures are relative to the fit, which is the dashed line.",
    options,
  );
}

const tau = (title: string | null): JsonObject => ({
  field: "tau",
  type: "quantitative",
  title,
  scale: { type: "log", base: 2, nice: false },
  axis: {
    grid: true,
    labels: title !== null,
    ticks: title !== null,
    tickCount: 10,
    labelExpr: "datum.value < 1 ? '1/' + round(1 / datum.value) : datum.value",
  },
});

const atFit: JsonObject = {
  data: { values: [{}] },
  mark: { type: "rule", strokeDash: [4, 3], opacity: 0.7 },
  encoding: { x: { datum: 1 }, y: null, color: null, strokeDash: null },
};

/** Rows of positive, finite temperatures: an axis of logarithms has no room for the limits. */
function inside(table: Table): { tau: number; row: number }[] {
  return [...numbersOf(table, "tau")]
    .map((value, row) => ({ tau: value, row }))
    .filter(({ tau: value }) => value > 0 && Number.isFinite(value));
}

function shareChart(table: Table, columns: readonly string[], width: number): JsonObject {
  const all = columns.map((column) => ({
    name: column.slice(prefix.length),
    values: numbersOf(table, column),
  }));
  const rows = inside(table).flatMap(({ tau: at, row }) =>
    all.map(({ name, values }) => ({ tau: at, alternative: name, share: values[row] })),
  );
  const names = all.map(({ name }) => name);
  const size = new Map(all.map(({ name, values }) => [name, Math.max(...values)]));
  const shown = named(names, (name) => size.get(name)!);
  const y: JsonObject = {
    field: "share",
    type: "quantitative",
    title: "Share",
    scale: { domainMin: 0 },
    axis: { format: ".0%", grid: true, tickCount: 5 },
  };
  const line = (isShown: boolean): JsonObject => ({
    transform: [
      {
        filter: {
          not: { field: "alternative", oneOf: isShown ? names.filter((n) => !shown.includes(n)) : shown },
        },
      },
    ],
    mark: { type: "line", interpolate: "monotone", strokeWidth: 2.4, ...(isShown ? {} : unnamed) },
    encoding: {
      x: tau(null),
      y,
      ...(isShown
        ? channels("alternative", shown, true)
        : { detail: { field: "alternative", type: "nominal" } }),
    },
  });
  return {
    width,
    height: 200,
    data: { values: rows },
    layer: [...(names.length > mostNamed ? [line(false)] : []), line(true), atFit],
  };
}

function small(table: Table, column: string, title: string, width: number, last: boolean): JsonObject {
  const values = numbersOf(table, column);
  return {
    width,
    height: 90,
    data: { values: inside(table).map(({ tau: at, row }) => ({ tau: at, value: values[row] })) },
    layer: [
      {
        mark: { type: "line", interpolate: "monotone", strokeWidth: 2.4, color: blue, clip: true },
        encoding: {
          x: tau(last ? "Temperature, relative to the fit" : null),
          y: {
            field: "value",
            type: "quantitative",
            title,
            scale: last ? { domain: around(values), nice: false } : { zero: true },
            axis: { grid: true, tickCount: 4, format: column === "entropy" ? ".1f" : ",.0f" },
          },
        },
      },
      atFit,
    ],
  };
}

/** From the best log-likelihood down to as far below that of a coin as this is below the best. */
function around(values: Float64Array): [number, number] {
  const best = Math.max(...values);
  const fall = best - values[values.length - 1] || 1;
  return [best - 2 * fall, best + fall / 5];
}
