/**
 * Chow: that segments share their coefficients. Every segment is fitted by itself, and
 * 2 (Σ_g L_g − L) ~ χ²(Σ_g K_g − K), where K_g counts what segment g tells of the parameters.
 *
 * Source: Chow (1960), Econometrica 28:591; for choice models Ben-Akiva & Lerman (1985), section 7.5.
 */
import { Complaint } from "../../complaint/index.ts";
import { subset, type Table } from "../../data/index.ts";
import { type Fit, freeCount } from "../../fit/index.ts";
import { chiSquareUpper } from "../../math/distributions.ts";
import { groupsBy } from "../audit/groups.ts";
import { checkConverged } from "./comparable.ts";
import { refit } from "./refit.ts";
import { independenceNotes, type TestOptions, testTable, verdict } from "./verdict.ts";

export interface SegmentOptions extends TestOptions {
  /** The column (or an expression of columns) whose values are the segments; one with many values is cut into four. */
  readonly by: string;
}

export interface Segment {
  readonly name: string;
  readonly choices: number;
  readonly logLikelihood: number;
  /** How many parameters the segment tells. */
  readonly parameters: number;
}

/** The model fitted to every segment. Rejects with a Complaint that names the segment without a maximum. */
export async function fitSegments(fit: Fit, by: string, mostLevels = 8): Promise<Segment[]> {
  if (fit.resolved.temperature?.asked.by !== undefined)
    throw new Complaint("within a segment nothing tells a temperature by group", {
      help: "test the same utilities fitted without one",
    });
  const groups = groupsBy(fit.data, by, { mostLevels });
  const grouped = groups.reduce((sum, { situations }) => sum + situations.length, 0);
  if (grouped < fit.situations)
    throw new Complaint(`${by} is missing in some choices`, {
      rule: "every choice belongs to one segment",
      value: `${fit.situations - grouped} choices`,
      help: "leave these choices out of all fits, or give them a value of their own",
    });
  const found: Segment[] = [];
  for (const { name, situations } of groups) {
    const { prepared, logLikelihood, rank } = await refit(
      fit,
      subset(fit.data, situations),
      `in segment ${name}`,
    );
    prepared.dispose();
    found.push({ name, choices: situations.length, logLikelihood, parameters: rank });
  }
  return found;
}

/** 2 (Σ L_g − L) and its degrees of freedom. */
export function againstSegments(
  segments: readonly Segment[],
  { logLikelihood, parameters }: { readonly logLikelihood: number; readonly parameters: number },
): { statistic: number; degrees: number; p: number } {
  const sum = (of: (segment: Segment) => number): number =>
    segments.reduce((total, each) => total + of(each), 0);
  const degrees = sum((each) => each.parameters) - parameters;
  if (degrees <= 0)
    throw new Complaint("the segments have no more parameters than the model has for all of them", {
      value: `${degrees + parameters} and ${parameters}`,
      rule: "a test across segments needs coefficients that may differ between them",
      help: "leave interactions with the segments out of the model",
    });
  const statistic = Math.max(0, 2 * (sum((each) => each.logLikelihood) - logLikelihood));
  return { statistic, degrees, p: chiSquareUpper(statistic, degrees) };
}

/** One row: that all segments share their coefficients, whatever their scale. */
export async function chowTest(fit: Fit, { by, ...options }: SegmentOptions): Promise<Table> {
  checkConverged(fit);
  const segments = await fitSegments(fit, by);
  const { logLikelihood } = fit;
  const row = againstSegments(segments, { logLikelihood, parameters: freeCount(fit) });
  const each = segments.map(
    ({ name, choices, logLikelihood: own }) =>
      `${name} (${choices} choices, log-likelihood ${own.toFixed(3)})`,
  );
  return testTable([{ test: `equal coefficients by ${by}`, ...row }], {
    title: "Chow test across segments",
    notes: [
      verdict(
        row.p,
        {
          rejected: `the segments of ${by} do not share their coefficients; swaitLouviere tells whether a temperature is all that differs`,
          kept: `one set of coefficients serves all segments of ${by}`,
        },
        options,
      ),
      `Segments: ${each.join("; ")}.`,
      ...independenceNotes([fit]),
    ],
  });
}
