/**
 * Willingness to pay: what a person would pay, in the attribute that costs, for one more unit of another,
 * −(∂V/∂x)/(∂V/∂cost), with the delta interval and Fieller's, which may be unbounded and says so. Where a
 * marginal utility depends on the data (nonlinear utilities), the mean of the ratio over the situations.
 *
 * Source: Train (2009), section 2.2; Fieller (1954); Daly, Hess & de Jong (2012), Transportation Research B 46:333.
 */
import { Complaint } from "../complaint/index.ts";
import { formatCell } from "../data/format.ts";
import type { Table } from "../data/index.ts";
import type { Fit } from "../fit/index.ts";
import { type FiellerSet, fieller } from "../inference/index.ts";
import { modelOf } from "../models/index.ts";
import { everyAlternative, type Ratio, ratiosOf } from "./ratios.ts";
import { covarianceOf, intervalColumns, resultTable, type Uncertain } from "./uncertain.ts";

export interface WtpOptions {
  /** The attribute that is valued. */
  readonly of: string;
  /** The attribute that is paid. */
  readonly per: string;
}

/**
 * A row for each attribute of `of`, and for each group of alternatives that share a ratio (column `alternative`,
 * left out where all share one); in latent classes for each class, and for their mean by the shares of the classes. Throws
 * a Complaint for an unknown name, and where no utility holds both attributes.
 */
export async function wtp(
  fit: Fit,
  { of, per }: Omit<WtpOptions, "of"> & { readonly of: string | readonly string[] },
): Promise<Table> {
  if (modelOf(fit.kernel).split)
    throw new Complaint(`willingness to pay is no ratio of coefficients in the model ${fit.kernel}`, {
      rule: "what an attribute is worth depends there on the other alternatives",
      help: "ask for elasticities, or compare shares under scenarios",
    });
  const asked = [of].flat() as string[];
  const each = await Promise.all(asked.map((name) => ratiosOf(fit, name, per)));
  const ratios = each.flat();
  const isOne = asked.length === 1;
  const differs = ratios.some(({ alternatives }) => alternatives[0] !== everyAlternative);
  const sets = ratios.map(({ parts }) => (parts ? fiellerSet(fit, parts) : null));
  const ends = sets.map((set) =>
    set?.kind === "interval" ? [set.lower, set.upper] : [Number.NaN, Number.NaN],
  );
  const columns = {
    ...(isOne && differs ? {} : { of: each.flatMap((found, i) => found.map(() => asked[i])) }),
    ...(differs ? { alternative: ratios.map(({ alternatives }) => alternatives.join(", ")) } : {}),
    ...(ratios.some((ratio) => ratio.class !== null)
      ? { class: ratios.map((ratio) => ratio.class ?? "") }
      : {}),
    ...intervalColumns(
      fit,
      "wtp",
      ratios.map(({ value }) => value),
    ),
    "Fieller lower": ends.map(([lower]) => lower),
    "Fieller upper": ends.map(([, upper]) => upper),
  };
  const words = sets.flatMap((set, i) =>
    set && set.words !== "" ? [`Fieller, ${whose(ratios[i])}: ${wordsOf(set)}.`] : [],
  );
  const notes = [
    `What is paid in ${per} for one more ${isOne ? asked[0] : "unit"}; negative: for one less.`,
    ...overWhat(ratios),
    ...inClasses(ratios, fit.resolved.classes?.all.length ?? 0, per),
    ...words,
  ];
  const what = isOne ? ` for ${asked[0]}` : "";
  return resultTable(fit, columns, { title: `Willingness to pay${what} in ${per}`, notes, digits: 3 });
}

const whose = ({ alternatives, class: which }: Ratio): string =>
  `${alternatives.join(", ")}${which === null ? "" : `, class ${which}`}`;

const means = {
  data: "The marginal utilities vary with the data: the mean of the ratio wherever it can be had.",
  people: "The marginal utilities vary over people: the mean of the ratio over them.",
} as const;

const overWhat = (ratios: readonly Ratio[]): string[] =>
  [...new Set(ratios.flatMap(({ over }) => over ?? []))].map((over) => means[over]);

/** What the mean over the classes is, or why there is none. */
function inClasses(ratios: readonly Ratio[], count: number, per: string): string[] {
  if (count < 2) return [];
  const absent = Array.from({ length: count }, (_, c) => String(c + 1)).filter(
    (name) => !ratios.some((ratio) => ratio.class === name),
  );
  if (absent.length === 0) return ["Mean: of the classes, by their shares."];
  return [`No ratio in class ${absent.join(", ")}, which does not count ${per}, and so no mean.`];
}

/** Said in words where it is no interval with two ends. */
function wordsOf(set: FiellerSet): string {
  if (set.kind !== "outside") return set.words;
  return `${formatCell(set.below)} or less, or ${formatCell(set.above)} or more; ${set.words}`;
}

/** Null where one of the two has no variance to speak of. */
function fiellerSet(fit: Fit, [numerator, denominator]: readonly [Uncertain, Uncertain]): FiellerSet | null {
  const [numeratorVariance, covariance, , denominatorVariance] = covarianceOf(fit, [numerator, denominator]);
  if (Number.isNaN(numeratorVariance + covariance + denominatorVariance)) return null;
  return fieller({
    numerator: numerator.value,
    denominator: denominator.value,
    numeratorVariance,
    denominatorVariance,
    covariance,
  });
}
