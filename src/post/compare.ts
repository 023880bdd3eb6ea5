/** Several fits side by side: estimates with standard errors beneath each other, and how well each fits. */
import { Complaint } from "../complaint/index.ts";
import { alike } from "../data/decimals.ts";
import { Table } from "../data/index.ts";
import { type Fit, freeCount } from "../fit/index.ts";
import { aic, bic, rhoSquared } from "../inference/index.ts";
import { sampleNotes } from "./sameSample.ts";
import { type SpecificationOptions, specificationTable } from "./specificationTable.ts";

type Cells = Map<string, { readonly value: number; readonly error: number }>;

/**
 * One row per parameter that any fit has, then log-likelihood, parameters, ρ², AIC and BIC. For each fit
 * two columns: the value and its standard error. With options, the table of a paper instead: specificationTable.ts.
 */
export function compare(fits: Readonly<Record<string, Fit>>, options?: SpecificationOptions): Table {
  if (options) return specificationTable(fits, options);
  const names = Object.keys(fits);
  if (names.length === 0)
    throw new Complaint("there is nothing to compare", { help: "give at least one fit" });
  const cells = names.map((name) => cellsOf(fits[name]));
  const rows = [...new Set(cells.flatMap((each) => [...each.keys()]))];
  const estimates = rows.filter((row) => !(row in statistics));
  const ordered = [...estimates, ...Object.keys(statistics).filter((row) => rows.includes(row))];
  const columns: Record<string, string[] | number[]> = { "": ordered };
  names.forEach((name, i) => {
    columns[name] = ordered.map((row) => cells[i].get(row)?.value ?? Number.NaN);
    columns[`${name} se`] = ordered.map((row) => cells[i].get(row)?.error ?? Number.NaN);
  });
  const kinds = names.map((name) => `${name}: ${fits[name].covariance.kind}`).join(", ");
  const notes = [
    `Standard errors: ${kinds}.`,
    ...names.flatMap((name) =>
      fits[name].converged ? [] : [`${name} is no maximum, so it has no estimates: ${fits[name].message}.`],
    ),
    ...sampleNotes(Object.values(fits)),
  ];
  const formats = alike(Object.keys(columns).slice(1), "statistic");
  return Table.of(columns, { title: "Comparison", notes, formats });
}

const statistics: Readonly<Record<string, (fit: Fit) => number>> = {
  "log-likelihood": (fit) => fit.logLikelihood,
  "free parameters": freeCount,
  choices: (fit) => fit.situations,
  "rho²": (fit) => rhoSquared(fit.logLikelihood, fit.nullLogLikelihood, freeCount(fit)).rhoSquared,
  AIC: (fit) => aic(fit.logLikelihood, freeCount(fit)),
  BIC: (fit) => bic(fit.logLikelihood, freeCount(fit), fit.situations),
};

function cellsOf(fit: Fit): Cells {
  const estimates = fit.parameters.map(
    ({ name, estimate, standardError }) =>
      [name, { value: fit.converged ? estimate : Number.NaN, error: standardError }] as const,
  );
  const fitted = Object.entries(statistics).map(
    ([name, of]) => [name, { value: of(fit), error: Number.NaN }] as const,
  );
  return new Map([...estimates, ...fitted]);
}
