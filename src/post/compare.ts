/** Several fits side by side: estimates with standard errors, then what they are judged by. */
import { Complaint } from "../complaint/index.ts";
import { type Format, Table } from "../data/index.ts";
import { type Fit, freeCount } from "../fit/index.ts";
import { aic, bic } from "../inference/index.ts";

/**
 * A row per parameter of any fit and a pair of columns per fit, under the names given: compare({ base, nested }).
 * Throws a Complaint when there is nothing to compare.
 */
export function compare(fits: Readonly<Record<string, Fit>>): Table {
  const all = Object.entries(fits);
  if (all.length === 0)
    throw new Complaint("there is no fit to compare", { help: "compare({ base, nested })" });
  const names = [...new Set(all.flatMap(([, fit]) => fit.parameters.map(({ name }) => name)))];
  const columns: Record<string, string[] | number[]> = {
    "": [...names, ...statistics.map(({ name }) => name)],
  };
  const formats: Record<string, Format> = {};
  for (const [title, fit] of all) {
    const parameters = names.map((name) => fit.parameters.find((parameter) => parameter.name === name));
    const value = parameters.map((parameter) => parameter?.estimate ?? Number.NaN);
    const error = parameters.map((parameter) =>
      fit.converged ? (parameter?.standardError ?? Number.NaN) : Number.NaN,
    );
    columns[title] = [...value, ...statistics.map(({ of }) => of(fit))];
    columns[`${title} s.e.`] = [...error, ...statistics.map(() => Number.NaN)];
    formats[title] = "general";
  }
  return Table.of(columns, { title: "Models side by side", notes: notesOf(all), formats });
}

const statistics: readonly { name: string; of: (fit: Fit) => number }[] = [
  { name: "log-likelihood", of: ({ logLikelihood }) => logLikelihood },
  { name: "free parameters", of: freeCount },
  { name: "AIC", of: (fit) => aic(fit.logLikelihood, freeCount(fit)) },
  { name: "BIC", of: (fit) => bic(fit.logLikelihood, freeCount(fit), fit.situations) },
  { name: "choices", of: ({ situations }) => situations },
];

const words = { hessian: "exact Hessian", robust: "robust", cluster: "clustered by person" };

function notesOf(all: readonly (readonly [string, Fit])[]): string[] {
  const kinds = new Set(all.map(([, fit]) => fit.covariance.kind));
  const told =
    kinds.size === 1
      ? [`Standard errors: ${words[[...kinds][0]]}.`]
      : all.map(([name, fit]) => `Standard errors of ${name}: ${words[fit.covariance.kind]}.`);
  const failed = all.filter(([, fit]) => !fit.converged).map(([name]) => `${name} is NOT at a maximum.`);
  const sizes = new Set(all.map(([, fit]) => fit.situations));
  const apart =
    sizes.size > 1
      ? ["The fits have different numbers of choices: likelihoods, AIC and BIC do not compare."]
      : [];
  return [...told, ...failed, ...apart];
}
