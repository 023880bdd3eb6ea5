/**
 * How large the latent classes are: the mean over persons of the membership probabilities,
 *
 *   s_c = Σ_i v_i w_c(z_i) / Σ_i v_i,    v_i the weight of person i,
 *
 * with the derivatives of that mean in the parameters of membership. Source: Train (2009), section 14.2.2.
 */
import { Complaint } from "../complaint/index.ts";
import type { Table } from "../data/index.ts";
import { exp, gradient, parameter } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { freeNames } from "../program/index.ts";
import { meansOverPersons } from "../spec/index.ts";
import { requireMaximum } from "./requireMaximum.ts";
import { intervalColumns, resultTable, type Uncertain } from "./uncertain.ts";

/**
 * One row per class: share, standard error, 95 % interval.
 * Throws a Complaint where the fit has no latent classes, or only one.
 */
export async function classShares(fit: Fit): Promise<Table> {
  const shares = uncertainShares(fit);
  const { asked } = fit.resolved.classes!;
  const columns = {
    class: shares.map((_, c) => String(c + 1)),
    ...intervalColumns(fit, "share", shares),
  };
  const who = fit.data.person ? "persons" : "choices";
  const notes = asked.membership
    ? [`Means over ${who} of the probabilities of membership (${asked.membership}).`]
    : [];
  return resultTable(fit, columns, { title: "Class shares", notes });
}

/** The share of each class with its derivatives in the free parameters. */
export function uncertainShares(fit: Fit): Uncertain[] {
  const all = fit.resolved.classes?.all ?? [];
  if (all.length < 2)
    throw new Complaint(
      all.length === 0
        ? "this fit has no latent classes"
        : "this fit has one class, and everybody belongs to it",
      { help: "ls.latentClass(model, { classes: 2 })" },
    );
  requireMaximum(fit);
  const { program } = fit.compiled;
  const names = freeNames(program);
  const values = new Map(program.parameters.map((name, k) => [name, fit.estimates[k]]));
  const exprs = all.flatMap(({ logWeight }) => {
    const share = exp(logWeight);
    return [share, ...gradient(share, names.map(parameter))];
  });
  const means = meansOverPersons(exprs, fit.data, values);
  const size = 1 + names.length;
  return all.map((_, c) => ({
    value: means[c * size],
    gradient: means.slice(c * size + 1, (c + 1) * size),
  }));
}
