/**
 * Weights by what was chosen. A choice-based sample (interviews aboard trains) holds alternatives in other
 * shares H than the population's Q; weighting every choice by Q / H of the chosen alternative makes the
 * estimates consistent (WESML), and the sandwich covariance is then the only right one, which `fit` sees to.
 *
 * Source: Manski & Lerman (1977), Econometrica 45:1977; Ben-Akiva & Lerman (1985), section 8.4.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { ChoiceData } from "./choiceData.ts";

type ByLabel = Readonly<Record<string, number>>;

/** The data with weight Q_j / H_j of the chosen alternative j, times the weights they have. `population`: Q by alternative, summing to 1. */
export function wesml(data: ChoiceData, population: ByLabel): ChoiceData {
  const target = sharesByLabel(data, population);
  const sample = sampleShares(data);
  const missing = sample.findIndex((share, j) => share === 0 && target[j] > 0);
  if (missing >= 0)
    throw new Complaint(`nobody in the sample chose ${data.labels![missing]}`, {
      rule: "a share of the population can only be made up from choices that are there",
      value: target[missing],
    });
  return byChosen(
    data,
    target.map((share, j) => (sample[j] > 0 ? share / sample[j] : 0)),
    [],
  );
}

/**
 * The data with a weight for each chosen alternative; "balanced" gives all alternatives the same total.
 * That is no sampling design: constants of a logit move by about ln of the weight, which the warning says.
 */
export function classWeights(data: ChoiceData, weights: ByLabel | "balanced"): ChoiceData {
  const labels = labelsOf(data);
  const sample = sampleShares(data);
  const each =
    weights === "balanced"
      ? sample.map((share) => (share > 0 ? 1 / (share * sample.filter((other) => other > 0).length) : 0))
      : byLabel(labels, weights);
  return byChosen(data, each, [
    "class weights move the constants (by about ln of the weights in a logit), and with them all shares: predictions are those of a population in which the classes are as weighted",
  ]);
}

/** The weighted share of each alternative among the choices, in the order of the labels. */
export function sampleShares(data: ChoiceData): number[] {
  const totals = labelsOf(data).map(() => 0);
  let all = 0;
  chosenLabels(data).forEach((j, s) => {
    const weight = data.weight?.[s] ?? 1;
    totals[j] += weight;
    all += weight;
  });
  return totals.map((total) => total / all);
}

/** Shares given by alternative, in the order of the labels. Complains unless each is given and they sum to 1. */
export function sharesByLabel(data: ChoiceData, shares: ByLabel): number[] {
  const found = byLabel(labelsOf(data), shares);
  const total = found.reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) <= 1e-6) return found.map((share) => share / total);
  throw new Complaint("the shares do not sum to 1", {
    value: total,
    help: "give them as fractions, 0.25 for 25 %",
  });
}

function byLabel(labels: readonly string[], given: ByLabel): number[] {
  const unknown = Object.keys(given).find((label) => !labels.includes(label));
  if (unknown !== undefined)
    throw new Complaint(`there is no alternative ${unknown}`, { help: suggest(unknown, labels) });
  return labels.map((label) => {
    const value = given[label];
    if (typeof value === "number" && value >= 0 && Number.isFinite(value)) return value;
    throw new Complaint(`${label} needs a number, 0 or more`, { value });
  });
}

function labelsOf(data: ChoiceData): readonly string[] {
  if (data.labels) return data.labels;
  throw new Complaint("shares of alternatives need labels", { help: "name the alternative column" });
}

/** Situation → index of the chosen label. */
function chosenLabels(data: ChoiceData): Int32Array {
  if (!data.chosen) throw new Complaint("these data hold no choices", { help: "name the choice column" });
  if (data.outcome?.kind !== "choice")
    throw new Complaint("weights by what was chosen need single choices", {
      rule: "a ranking, or best and worst, has no one alternative that it counts for",
    });
  return data.chosen.map((row) => data.alternative![row]);
}

function byChosen(data: ChoiceData, each: readonly number[], warnings: readonly string[]): ChoiceData {
  const weight = Float64Array.from(chosenLabels(data), (j, s) => each[j] * (data.weight?.[s] ?? 1));
  if (weight.every((value) => value === 0)) throw new Complaint("all weights are 0");
  return new ChoiceData({
    ...data.parts,
    weight,
    weighting: "choice",
    warnings: [...data.warnings, ...warnings],
  });
}
