/** Information criteria of several models side by side, with Akaike weights, and which each of them would choose. */
import { Complaint } from "../../complaint/index.ts";
import { Table } from "../../data/index.ts";
import { type Fit, freeCount } from "../../fit/index.ts";
import { aic, bic } from "../../inference/index.ts";
import { aicCorrected, caic, hannanQuinn } from "../../inference/informationCriteria.ts";
import { checkSameChoices } from "./comparable.ts";

export interface CriteriaOptions {
  /** What n counts. Default: choices. Persons are the stricter count where a person's choices are alike. */
  readonly observations?: "choices" | "persons";
}

const criteria: Readonly<Record<string, (L: number, K: number, n: number) => number>> = {
  AIC: aic,
  AICc: aicCorrected,
  BIC: bic,
  CAIC: caic,
  HQ: hannanQuinn,
};

/**
 * A row per fit: log-likelihood, free parameters, every criterion (less is better), and the Akaike weight
 * exp(−ΔAIC/2) / Σ exp(−ΔAIC/2). Throws a Complaint where the fits do not use the same choices.
 *
 * Source of the weights: Burnham & Anderson (2002), Model Selection and Multimodel Inference, section 2.9.
 */
export function informationCriteria(
  fits: Readonly<Record<string, Fit>>,
  { observations = "choices" }: CriteriaOptions = {},
): Table {
  const names = Object.keys(fits);
  if (names.length === 0)
    throw new Complaint("there is nothing to compare", { help: "give at least one fit" });
  const all = Object.values(fits);
  for (const fit of all) checkSameChoices(all[0], fit);
  const persons = all[0].persons;
  if (observations === "persons" && persons === null)
    throw new Complaint("no persons are declared", { help: "count choices, or name the person column" });
  const n = observations === "persons" ? persons! : all[0].situations;
  const values = Object.entries(criteria).map(
    ([name, of]) => [name, all.map((fit) => of(fit.logLikelihood, freeCount(fit), n))] as const,
  );
  const weights = akaikeWeights(values[0][1]);
  const chosen = values.map(([name, column]) => `${name} ${names[smallest(column)]}`);
  return Table.of(
    {
      model: names,
      "log-likelihood": all.map(({ logLikelihood }) => logLikelihood),
      K: all.map(freeCount),
      ...Object.fromEntries(values),
      weight: weights,
    },
    {
      title: "Information criteria",
      notes: [
        `Less is better. Chosen: ${chosen.join(", ")}.`,
        `n = ${n} ${observations}. Weight: how far AIC leans to each model.`,
      ],
      formats: {
        "log-likelihood": 3,
        ...Object.fromEntries(values.map(([name]) => [name, 2])),
        weight: 3,
      },
    },
  );
}

export function akaikeWeights(values: readonly number[]): number[] {
  const least = Math.min(...values);
  const odds = values.map((value) => Math.exp((least - value) / 2));
  const total = odds.reduce((sum, value) => sum + value, 0);
  return odds.map((value) => value / total);
}

const smallest = (values: readonly number[]): number =>
  values.reduce((best, value, i) => (value < values[best] ? i : best), 0);
