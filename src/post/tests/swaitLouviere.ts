/**
 * Swait & Louviere: whether groups differ in their tastes or only in their temperature. First that the
 * coefficients are equal up to a temperature per group, 2 (Σ_g L_g − L_τ) ~ χ²(Σ_g K_g − K − G + 1); where that
 * holds, that the temperatures are equal too, 2 (L_τ − L) ~ χ²(G − 1). Coefficients that look different
 * between groups may be the same ones in utilities of another scale.
 *
 * Source: Swait & Louviere (1993), Journal of Marketing Research 30:305.
 */
import { Complaint } from "../../complaint/index.ts";
import type { Table } from "../../data/index.ts";
import { fit as estimate, type Fit, freeCount } from "../../fit/index.ts";
import { likelihoodRatio } from "../../inference/index.ts";
import { tempered } from "../../spec/index.ts";
import { againstSegments, fitSegments } from "./chow.ts";
import { checkConverged } from "./comparable.ts";
import { independenceNotes, type TestOptions, testTable, verdict } from "./verdict.ts";

export interface SwaitLouviereOptions extends TestOptions {
  /** The column whose values are the groups, at most 50 of them. */
  readonly by: string;
}

/** Two rows. Rejects with a Complaint where the fit has a temperature already, and where a group has no maximum. */
export async function swaitLouviere(fit: Fit, { by, ...options }: SwaitLouviereOptions): Promise<Table> {
  checkConverged(fit);
  if (fit.resolved.temperature)
    throw new Complaint("the fit has a temperature already", {
      help: "fit the same utilities without one: the test adds one per group",
    });
  const scaled = await temperedFit(fit, by);
  const segments = await fitSegments(fit, by, 50);
  const { logLikelihood } = scaled;
  const tastes = againstSegments(segments, { logLikelihood, parameters: freeCount(scaled) });
  const temperatures = likelihoodRatio(
    { logLikelihood: fit.logLikelihood, parameters: freeCount(fit) },
    { logLikelihood, parameters: freeCount(scaled) },
  );
  const level = options.level ?? 0.05;
  const differ = `the groups of ${by} differ in their coefficients, and not only in their temperature`;
  const taus = scaled.parameters.filter(({ role }) => role === "temperature");
  const estimates = taus.map(({ name, estimate: tau, standardError }) => {
    const error = Number.isFinite(standardError) ? ` (${standardError.toPrecision(3)})` : "";
    return `${name} = ${tau.toPrecision(4)}${error}`;
  });
  const second =
    tastes.p < level
      ? "Equal temperatures cannot be tested: where coefficients differ, a temperature alone means nothing."
      : verdict(
          temperatures.p,
          {
            rejected: "the coefficients are the same, the temperatures are not",
            kept: "one model without temperatures serves all groups",
          },
          options,
        );
  scaled.prepared.dispose();
  return testTable(
    [
      { test: "equal coefficients up to temperature", ...tastes },
      { test: "equal temperatures, given that", ...temperatures },
    ],
    {
      title: `Swait–Louviere test by ${by}`,
      notes: [
        verdict(
          tastes.p,
          { rejected: differ, kept: "the coefficients are equal up to temperature" },
          options,
        ),
        second,
        `With a temperature per group: ${estimates.join(", ")}.`,
        ...independenceNotes([fit]),
      ],
    },
  );
}

async function temperedFit(fit: Fit, by: string): Promise<Fit> {
  const model = { ...fit.model, specification: tempered(fit.model.specification, { by }) };
  const start = Object.fromEntries(fit.parameters.map(({ name, estimate: value }) => [name, value]));
  const scaled = await estimate(model, fit.data, { start });
  if (scaled.converged) return scaled;
  throw new Complaint("the model with a temperature per group has no maximum", {
    where: scaled.message,
    help: scaled.advice,
  });
}
