/**
 * A logit fitted without weights to a choice-based sample, brought to the population: with a constant for all
 * alternatives but one, every coefficient but the constants is consistent as it is (and efficient), and
 * adding −ln(H_j / Q_j) to the utility of j corrects the constants exactly. H: share in the sample, Q: in the
 * population.
 *
 * Source: Manski & McFadden (1981), in Structural Analysis of Discrete Data; Train (2009), section 3.7.
 */
import { Complaint } from "../../complaint/index.ts";
import { sampleShares, sharesByLabel } from "../../data/index.ts";
import { Level, num, parameter, slopes } from "../../expr/index.ts";
import type { Fit } from "../../fit/index.ts";
import { labelsOf, shiftedFit } from "./shifted.ts";

/**
 * The fit with ln(Q_j / H_j) added to the utility of every alternative, that of the first taken off all.
 * @param population Q by alternative, as fractions that sum to 1.
 * Throws a Complaint unless the model is an unweighted logit with a full set of constants.
 */
export async function populationConstants(
  fit: Fit,
  population: Readonly<Record<string, number>>,
): Promise<Fit> {
  const labels = labelsOf(fit);
  checkExact(fit, labels);
  const target = sharesByLabel(fit.data, population);
  const sample = sampleShares(fit.data);
  const empty = labels.findIndex((_, j) => !(target[j] > 0 && sample[j] > 0));
  if (empty >= 0)
    throw new Complaint(`${labels[empty]} has no share to correct`, {
      rule: "every alternative has a share above 0 in the sample and in the population",
      value: `sample ${sample[empty]}, population ${target[empty]}`,
    });
  const shift = labels.map((_, j) => Math.log(target[j] / sample[j]));
  return shiftedFit(
    fit,
    Object.fromEntries(labels.slice(1).map((label, k) => [label, shift[k + 1] - shift[0]])),
    { message: "constants shifted by ln(sample share / population share)" },
  );
}

function checkExact(fit: Fit, labels: readonly string[]): void {
  const rule =
    "the shift is exact for a logit without weights that has a constant for every alternative but one";
  const help = "weight the choices with wesml instead, or set the shares with matchShares";
  if (fit.kernel !== "logit")
    throw new Complaint(`the constants of a ${fit.kernel} model cannot be shifted exactly`, { rule, help });
  if (fit.data.weighting === "choice")
    throw new Complaint("these choices are weighted already", { rule, help });
  const without = labels.filter((_, j) => !hasConstant(fit, j));
  if (without.length > 1) throw new Complaint(`${without.join(" and ")} have no constant`, { rule, help });
}

/** Whether a free parameter adds a number to this alternative and to no other. */
function hasConstant({ compiled: { program } }: Fit, j: number): boolean {
  const { utilities } = program.classes[0];
  return program.free.some((index) => {
    const leaf = parameter(program.parameters[index]);
    const each = utilities.map((utility) => slopes(utility, [leaf])[0]);
    return each.every((slope, i) =>
      i === j ? (slope.level & ~Level.parameters) === 0 && slope !== num(0) : slope === num(0),
    );
  });
}
