/**
 * How the errors of a model vary together, as far as choices tell: variances, covariances and correlations of
 * their differences against one alternative, in units of its scale, with standard errors by the delta method.
 */
import { Complaint } from "../complaint/index.ts";
import type { Table } from "../data/index.ts";
import { div, type Expr, mul, sqrt } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { models } from "../models/index.ts";
import { uncertain } from "./derived.ts";
import { requireMaximum } from "./requireMaximum.ts";
import { type Statistic, statisticTable, type Uncertain } from "./uncertain.ts";

/** Throws a Complaint for a fit whose errors have no covariance of their own, and for one that is no maximum. */
export async function errorCovariances(fit: Fit): Promise<Table> {
  requireMaximum(fit);
  const { classes } = fit.compiled;
  const rows = classes.flatMap((_, c) => rowsOf(fit, c, classes.length > 1 ? `, class ${c + 1}` : ""));
  if (rows.length === 0)
    throw new Complaint("the errors of this fit are independent by assumption", {
      value: fit.kernel,
      help: `models with a covariance of errors: ${Object.values(models)
        .filter(({ errors }) => errors)
        .map(({ name }) => name)
        .join(", ")}`,
    });
  return statisticTable(fit, "errors", rows, {
    title: "Covariances of errors",
    notes: [
      "Of differences against one alternative: errors alike and independent have variance 1, covariance 0.5.",
    ],
  });
}

function rowsOf(fit: Fit, c: number, where: string): Statistic[] {
  const { compiled, resolved } = fit;
  const { model, options, parameter } = compiled.classes[c];
  const found = model.errors?.(parameter, options, resolved.labels!);
  if (!found) return [];
  const { base, others, covariance } = found;
  const number = (value: Expr): Uncertain => uncertain(fit, value);
  const name = (k: number): string => `${others[k]} − ${base}`;
  return covariance.flatMap((row, k) =>
    row.flatMap((value, l): Statistic[] => {
      if (l === k) return [{ of: name(k) + where, statistic: "variance", number: number(value) }];
      const of = `${name(l)}, ${name(k)}${where}`;
      const scale = sqrt(mul(covariance[k][k], covariance[l][l]));
      return [
        { of, statistic: "covariance", number: number(value) },
        { of, statistic: "correlation", number: number(div(value, scale)) },
      ];
    }),
  );
}
