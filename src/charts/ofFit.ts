/** Charts of a fit: each asks for the table it needs and draws it. A table made by hand is drawn as it is. */
import { Table } from "../data/index.ts";
import { type Fit, summary } from "../fit/index.ts";
import { type CalibrationOptions, reliability as reliabilityTable } from "../post/calibration/index.ts";
import {
  type CurveOptions,
  elasticities as elasticityTable,
  probabilityCurve,
  shares as shareTable,
} from "../post/index.ts";
import type { Chart, ChartOptions } from "./chart.ts";
import * as draw from "./index.ts";
import { showing } from "./showing.ts";

/** Choice probabilities over an attribute, with a confidence band. */
export async function probabilities(from: Fit | Table, options: CurveOptions & ChartOptions): Promise<Chart> {
  const table = from instanceof Table ? from : await probabilityCurve(from, options);
  const { over, of } = options;
  return showing(
    draw.probabilities(table, { ...options, over: of === undefined ? over : `${over} of ${of}` }),
  );
}

/** Estimates with their 95 % intervals. */
export async function coefficients(from: Fit | Table, options: draw.CoefficientOptions = {}): Promise<Chart> {
  return showing(draw.coefficients(from instanceof Table ? from : summary(from), options));
}

/** Observed and predicted shares. */
export async function shares(from: Fit | Table, options: ChartOptions = {}): Promise<Chart> {
  return showing(draw.shares(from instanceof Table ? from : await shareTable(from), options));
}

/** Elasticities as a heat map: who responds, and to whose attribute. */
export async function elasticities(
  from: Fit | Table,
  options: ChartOptions & { readonly of: string },
): Promise<Chart> {
  const table = from instanceof Table ? from : await elasticityTable(from, options);
  return showing(draw.elasticities(table, { ...options, attribute: options.of }));
}

/** Observed over predicted probability, in a panel per alternative. */
export async function reliability(
  from: Fit | Table,
  options: ChartOptions & CalibrationOptions = {},
): Promise<Chart> {
  const table = from instanceof Table ? from : await reliabilityTable(from, options);
  return showing(draw.reliability(table, options));
}
