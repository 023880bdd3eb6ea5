/**
 * A subgroup dot plot: for each group and alternative how far its predicted share is from the observed one,
 * with the interval. Right of the dashed line too much is predicted, left of it too little; groups that fail
 * the audit are diamonds in another colour, so that the colour alone need not tell. A panel per alternative.
 *
 * Table: `by`, `group`, `alternative`, `gap`, `lower`, `upper`, `verdict`.
 */
import type { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart, type JsonObject } from "./chart.ts";
import { distinct, labelsOf, type Row, rowsOf } from "./read.ts";
import { blue, ink, vermillion } from "./theme.ts";

export function subgroups(table: Table, options: ChartOptions = {}): Chart {
  const rows = named(rowsOf(table, ["by", "group", "alternative", "gap", "lower", "upper", "verdict"]));
  const panels = distinct(labelsOf(table, "alternative"));
  const names = distinct(rows.map(({ name }) => String(name)));
  const text = options.theme === "print" ? "black" : "currentColor";
  const columns = panels.length === 4 ? 2 : Math.min(panels.length, 3);
  const total = options.width ?? (options.theme === "print" ? 440 : 640);
  const room = Math.min(180, 24 + 7 * Math.max(...names.map((name) => name.length)));
  return chart(
    {
      data: { values: rows },
      width: null,
      autosize: { type: "pad" },
      facet: {
        field: "alternative",
        type: "nominal",
        sort: panels,
        title: "Predicted − observed share",
        header: {
          labelFontSize: 13,
          titleFontSize: 13,
          titleFontWeight: "normal",
          labelColor: text,
          titleColor: text,
        },
      },
      columns,
      spacing: { column: 18, row: 28 },
      spec: {
        width: Math.floor((total - room) / columns) - 18,
        height: options.height ?? names.length * 24,
        encoding: { y: groups(names), ...looks(distinct(rows.map(({ verdict }) => String(verdict)))) },
        layer: [
          {
            data: { values: [{}] },
            mark: { type: "rule", strokeDash: [4, 3], opacity: 0.6 },
            encoding: { x: { datum: 0 }, y: null, color: null, shape: null },
          },
          {
            mark: { type: "rule", strokeWidth: 1.8 },
            encoding: { x: points("lower"), x2: { field: "upper" }, shape: null },
          },
          { mark: { type: "point", filled: true, opacity: 1, size: 48 }, encoding: { x: points("gap") } },
        ],
      },
    },
    "Predicted minus observed share by group, with 95% confidence intervals; groups that fail after correction for the number of tests are diamonds.",
    options,
  );
}

/** The column is named where there are several. */
function named(rows: readonly Row[]): Row[] {
  const several = distinct(rows.map(({ by }) => String(by))).length > 1;
  return rows.map((row) => ({
    ...row,
    name: several ? `${row.by}: ${row.group}` : String(row.group),
  }));
}

const groups = (names: readonly string[]): JsonObject => ({
  field: "name",
  type: "nominal",
  sort: names,
  title: null,
  axis: { ticks: false, domain: false, labelPadding: 8, grid: true, labelLimit: 170 },
});

const points = (field: string): JsonObject => ({
  field,
  type: "quantitative",
  title: null,
  axis: { tickCount: 3, labelExpr: "datum.value === 0 ? '0' : format(datum.value, '+.0%')" },
});

/** Verdict → colour and shape. */
const look: Readonly<Record<string, readonly [string, string]>> = {
  passes: [blue, "circle"],
  fails: [vermillion, "diamond"],
  "too few": [ink, "cross"],
};

function looks(verdicts: readonly string[]): JsonObject {
  const domain = Object.keys(look).filter((verdict) => verdicts.includes(verdict));
  const channel = (which: 0 | 1): JsonObject => ({
    field: "verdict",
    type: "nominal",
    scale: { domain, range: domain.map((verdict) => look[verdict][which]) },
    legend: { title: null, orient: "top" },
  });
  return { color: channel(0), shape: channel(1) };
}
