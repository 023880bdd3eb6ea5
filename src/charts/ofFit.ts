/**
 * Charts of a fit: each asks for the table it needs, draws it, and says in its caption what model and data it is of.
 * A table made by hand is drawn as it is.
 */
import { Table } from "../data/index.ts";
import { type Fit, summary } from "../fit/index.ts";
import { type AuditOptions, audit } from "../post/audit/index.ts";
import { type CalibrationOptions, reliability as reliabilityTable } from "../post/calibration/index.ts";
import {
  type CurveOptions,
  elasticities as elasticityTable,
  probabilityCurve,
  shares as shareTable,
} from "../post/index.ts";
import { profile as profileOf, type SimulatedOptions, simulatedValues } from "../post/intervals/index.ts";
import { type SweepOptions, temperatureSweep as sweepOf } from "../post/thermodynamics/index.ts";
import type { Chart, ChartOptions } from "./chart.ts";
import * as draw from "./index.ts";
import { showing } from "./showing.ts";
import { stated } from "./stated.ts";

type Of = Fit | Table;

/** The chart of a table, or of the table that a fit is asked for. */
async function drawn(
  from: Of,
  ask: (fit: Fit) => Table | Promise<Table>,
  paint: (table: Table) => Chart,
  options: ChartOptions,
): Promise<Chart> {
  if (from instanceof Table) return showing(paint(from));
  return stated(paint(await ask(from)), { "": from }, options);
}

/** Choice probabilities over an attribute, with a confidence band. */
export async function probabilities(from: Of, options: CurveOptions & ChartOptions): Promise<Chart> {
  const { over, of } = options;
  const axis = { ...options, over: of === undefined ? over : `${over} of ${of}` };
  const ask = (fit: Fit): Promise<Table> => probabilityCurve(fit, options);
  return drawn(from, ask, (table) => draw.probabilities(table, axis), options);
}

/** Estimates with their 95 % intervals. */
export async function coefficients(from: Of, options: draw.CoefficientOptions = {}): Promise<Chart> {
  return drawn(from, summary, (table) => draw.coefficients(table, options), options);
}

/** The estimates of several fits side by side, by name. */
export async function comparison(
  fits: Readonly<Record<string, Fit>>,
  options: draw.CoefficientOptions = {},
): Promise<Chart> {
  return stated(draw.coefficients(draw.sideBySide(fits), options), fits, options);
}

/** Observed and predicted shares. */
export async function shares(from: Of, options: ChartOptions = {}): Promise<Chart> {
  return drawn(
    from,
    (fit) => shareTable(fit),
    (table) => draw.shares(table, options),
    options,
  );
}

/** Elasticities as a heat map: who responds, and to whose attribute. */
export async function elasticities(
  from: Of,
  options: ChartOptions & { readonly of: string },
): Promise<Chart> {
  const ask = (fit: Fit): Promise<Table> => elasticityTable(fit, options);
  const paint = (table: Table): Chart => draw.elasticities(table, { ...options, attribute: options.of });
  return drawn(from, ask, paint, options);
}

/** Observed over predicted probability, in a panel per alternative. */
export async function reliability(from: Of, options: ChartOptions & CalibrationOptions = {}): Promise<Chart> {
  const ask = (fit: Fit): Promise<Table> => reliabilityTable(fit, options);
  return drawn(from, ask, (table) => draw.reliability(table, options), options);
}

/** The likelihood over the values of one parameter, the others at their best. */
export async function profile(from: Of, options: ChartOptions & { readonly of: string }): Promise<Chart> {
  const ask = async (fit: Fit): Promise<Table> => (await profileOf(fit, options)).curve;
  return drawn(from, ask, (table) => draw.profile(table, options), options);
}

/** Densities of expressions of the parameters, such as { "value of time": "60 * b_time / b_cost" }. */
export async function densities(from: Of, options: SimulatedOptions & draw.DensityOptions): Promise<Chart> {
  const ask = (fit: Fit): Table => simulatedValues(fit, options);
  return drawn(from, ask, (table) => draw.densities(table, options), options);
}

/** How the search came to the maximum. */
export async function convergence(from: Of, options: ChartOptions = {}): Promise<Chart> {
  const ask = ({ outcome }: Fit): Table => draw.convergenceTable(outcome.history);
  return drawn(from, ask, (table) => draw.convergence(table, options), options);
}

/** Predicted minus observed shares by group, with intervals. */
export async function subgroups(from: Of, options: ChartOptions & AuditOptions): Promise<Chart> {
  const ask = async (fit: Fit): Promise<Table> => (await audit(fit, options))[1];
  return drawn(from, ask, (table) => draw.subgroups(table, options), options);
}

/** Shares, entropy and log-likelihood from a low temperature to a high one. */
export async function temperatureSweep(from: Of, options: ChartOptions & SweepOptions = {}): Promise<Chart> {
  const ask = (fit: Fit): Promise<Table> => sweepOf(fit, options);
  return drawn(from, ask, (table) => draw.temperatureSweep(table, options), options);
}
