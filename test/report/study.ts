/** A made-up report of a travel-mode study, with everything that a page can hold. */

import type { Chart } from "../../src/charts/chart.ts";
import { coefficients, elasticities, probabilities, shares, toSvg } from "../../src/charts/index.ts";
import { Table } from "../../src/data/table.ts";
import { parse } from "../../src/expr/index.ts";
import type { Figure, Page } from "../../src/report/page.ts";
import { curves, elasticityTable, estimates, modes, observed } from "../charts/tables.ts";

export const wide = Table.of(
  {
    parameter: ["b_cost", "b_time", "asc_car"],
    estimate: [-0.0155, -0.096125, 1.2e-7],
    hessian: [0.0044, 0.0104, 2.2e-8],
    robust: [0.0048, 0.0112, 2.1e-8],
    cluster: [0.0051, 0.012, 2.6e-8],
    z: [-3.52, -9.21, 5.45],
    p: [0.0004, 1e-20, 0.05],
    lower: [-0.0241, -0.1166, Number.NEGATIVE_INFINITY],
    upper: [-0.0069, -0.0757, Number.POSITIVE_INFINITY],
    share: [0.123, 0.5, Number.NaN],
  },
  {
    title: "All standard errors",
    formats: { z: 2, p: "p", share: "percent", hessian: 4, robust: 4, cluster: 4 },
  },
);

const figure = async (spec: Chart): Promise<Figure> => ({
  svg: await toSvg(spec),
  caption: spec.usermeta.caption,
  spec,
});

export async function travelPage(): Promise<Page> {
  return {
    title: "How travellers choose between air, train, bus & car",
    subtitle: "210 non-business trips between Sydney, Canberra and Melbourne; multinomial logit",
    sections: [
      {
        heading: "Data",
        paragraphs: [
          "Each of 210 travellers chose one of four modes. Generalised cost is in Australian dollars.",
        ],
        table: observed,
      },
      {
        heading: "Specification",
        paragraphs: [
          "Utilities are linear in cost and terminal time, with a constant for each mode but the car.",
        ],
        formulas: modes.map((label) => ({
          name: "V",
          label,
          expr: parse(
            `asc_${label} + b_cost * cost / 100 + b_time * log(terminal_time) + if(size > 1, b_size * (size - 1) ^ 2, 0) - sqrt(abs(delay))`,
          ),
        })),
        code: modes
          .map((label) => `${label}: asc_${label} + b_cost * cost / 100 + b_time * log(terminal_time)`)
          .join("\n"),
      },
      { heading: "Estimates", table: [estimates, wide], figure: await figure(coefficients(estimates)) },
      {
        heading: "Probabilities",
        figure: [
          await figure(probabilities(curves(), { over: "generalised cost of air (AUD)" })),
          await figure(shares(observed)),
        ],
      },
      {
        heading: "Elasticities",
        table: elasticityTable(),
        figure: await figure(elasticities(elasticityTable(), { attribute: "generalised cost" })),
      },
    ],
    study: { data: { file: "travel-mode.csv" }, note: "</script><b>" },
    footer: "Made with logsum 0.1.0.",
  };
}
