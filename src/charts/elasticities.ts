/**
 * Elasticities as a heat map: a row for each alternative whose probability responds, a column for each
 * alternative whose attribute changes. Own elasticities stand on the diagonal.
 *
 * Table: `alternative` (responds), `of` (changes), `elasticity`.
 */
import type { Table } from "../data/table.ts";
import type { Chart, ChartOptions } from "./chart.ts";
import { heatMap } from "./heatMap.ts";

export interface ElasticityOptions extends ChartOptions {
  /** The attribute, for the title of the horizontal axis. */
  readonly attribute?: string;
}

export function elasticities(table: Table, options: ElasticityOptions = {}): Chart {
  const attribute = options.attribute ?? "attribute";
  const map = {
    row: "alternative",
    column: "of",
    value: "elasticity",
    rowTitle: "% change in the probability of",
    columnTitle: `when the ${attribute} of this alternative rises by 1%`,
    caption: `Elasticities of the choice probabilities with respect to ${attribute}, own on the diagonal, cross elsewhere.`,
  };
  return heatMap(table, map, options);
}
