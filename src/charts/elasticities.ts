/**
 * Elasticities as a heat map with the numbers in it: a row for each alternative whose probability responds,
 * a column for each alternative whose attribute changes. Own elasticities stand on the diagonal.
 *
 * Table: `alternative` (responds), `of` (changes), `elasticity`. Orange falls, blue rises, and the depth of
 * the colour grows with the square root, so that small cross elasticities show beside large own ones.
 */
import type { Table } from "../data/table.ts";
import { type Chart, type ChartOptions, chart, type JsonObject } from "./chart.ts";
import { distinct, labelsOf, numbersOf } from "./read.ts";
import { blue, fontSize, vermillion } from "./theme.ts";

export interface ElasticityOptions extends ChartOptions {
  /** The attribute, for the title of the horizontal axis. */
  readonly attribute?: string;
}

export function elasticities(table: Table, options: ElasticityOptions = {}): Chart {
  const rows = distinct(labelsOf(table, "alternative"));
  const columns = distinct(labelsOf(table, "of"));
  const size = columns.length > 20 ? 24 : 58;
  const attribute = options.attribute ?? "attribute";
  return chart(
    {
      data: { values: cells(table) },
      width: { step: size },
      height: { step: columns.length > 20 ? 24 : 36 },
      autosize: "pad",
      encoding: {
        x: {
          field: "of",
          type: "nominal",
          sort: columns,
          title: `when the ${attribute} of this alternative rises by 1%`,
          axis: { orient: "top", ticks: false, domain: false, ...angle(columns, size) },
        },
        y: {
          field: "alternative",
          type: "nominal",
          sort: rows,
          title: "% change in the probability of",
          axis: { ticks: false, domain: false, labelPadding: 8 },
        },
      },
      layer: [
        {
          mark: { type: "rect" },
          encoding: {
            fill: { condition: { test: "datum.elasticity < 0", value: vermillion }, value: blue },
            fillOpacity: { field: "depth", type: "quantitative", scale: null, legend: null },
          },
        },
        ...(columns.length > 20
          ? []
          : [
              {
                mark: { type: "text" },
                encoding: { text: { field: "elasticity", type: "quantitative", format: ".2f" } },
              },
            ]),
      ],
    },
    `Elasticities of the choice probabilities with respect to ${attribute}, own on the diagonal, cross elsewhere.`,
    options,
  );
}

/** The deepest colour still lets the text be read, on white and on black. */
const deepest = 0.6;

function cells(table: Table): JsonObject[] {
  const [alternative, of] = [labelsOf(table, "alternative"), labelsOf(table, "of")];
  const elasticity = numbersOf(table, "elasticity");
  const largest = elasticity.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0) || 1;
  return alternative.map((name, i) => ({
    alternative: name,
    of: of[i],
    elasticity: Number.isFinite(elasticity[i]) ? elasticity[i] : null,
    depth: deepest * Math.sqrt(Math.min(1, Math.abs(elasticity[i] || 0) / largest)),
  }));
}

/** Names that are wider than their column are written upwards. */
const angle = (names: readonly string[], size: number): JsonObject =>
  Math.max(...names.map((name) => name.length)) * fontSize * 0.55 > size
    ? { labelAngle: -50, labelAlign: "left" }
    : { labelAngle: 0 };
