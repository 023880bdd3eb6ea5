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
import {
  add,
  type Expr,
  Level,
  neg,
  num,
  parameter,
  select,
  slopes,
  substitute,
  sum,
  topological,
} from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { type FiellerSet, fieller } from "../inference/index.ts";
import { modelOf } from "../models/index.ts";
import { ratioOf } from "./cancel.ts";
import { uncertain } from "./derived.ts";
import { type Grip, type Scene, sceneOf, sums } from "./scene.ts";
import { covarianceOf, intervalColumns, over, part, resultTable, type Uncertain } from "./uncertain.ts";

export interface WtpOptions {
  /** The attribute that is valued. */
  readonly of: string;
  /** The attribute that is paid. */
  readonly per: string;
}

const everyAlternative = "all";

interface Ratio {
  readonly alternatives: string[];
  readonly value: Uncertain;
  /** Both marginal utilities, where they depend on parameters alone. */
  readonly parts: readonly [Uncertain, Uncertain] | null;
}

/**
 * A row for each attribute of `of`, and for each group of alternatives that share a ratio (column `alternative`,
 * left out where all share one). Throws a Complaint for an unknown
 * name, and where no utility holds both attributes.
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
    ...intervalColumns(
      fit,
      "wtp",
      ratios.map(({ value }) => value),
    ),
    "Fieller lower": ends.map(([lower]) => lower),
    "Fieller upper": ends.map(([, upper]) => upper),
  };
  const words = sets.flatMap((set, i) =>
    set && set.words !== "" ? [`Fieller, ${ratios[i].alternatives.join(", ")}: ${wordsOf(set)}.`] : [],
  );
  const notes = [
    `What is paid in ${per} for one more ${isOne ? asked[0] : "unit"}; negative: for one less.`,
    ...(ratios.some(({ parts }) => parts === null)
      ? ["The marginal utilities vary with the data: the mean of the ratio wherever it can be had."]
      : []),
    ...words,
  ];
  const what = isOne ? ` for ${asked[0]}` : "";
  return resultTable(fit, columns, { title: `Willingness to pay${what} in ${per}`, notes, digits: 3 });
}

/** The ratio of every alternative that has both attributes; those that share one are one row. */
export async function ratiosOf(fit: Fit, of: string, per: string): Promise<Ratio[]> {
  const names: Grip[] = [of, per].map((attribute, i) => ({
    parameter: `δ${i}`,
    attribute,
    place: null,
    as: add,
  }));
  const scene = await sceneOf(fit, {}, names);
  const pairs = new Map<Expr, { alternatives: string[]; first: number }>();
  const { utilities } = scene.resolved;
  utilities.forEach((utility, j) => {
    const [value, cost] = names.map(({ parameter: name }) =>
      atZero(slopes(utility, [parameter(name)])[0], names),
    );
    if (value === num(0) || cost === num(0)) return;
    if (mayVanish(cost)) throw noMean(per);
    const ratio = neg(ratioOf(value, cost));
    const known = pairs.get(ratio) ?? { alternatives: [], first: j };
    known.alternatives.push(scene.resolved.labels?.[j] ?? everyAlternative);
    pairs.set(ratio, known);
  });
  if (pairs.size === 0)
    throw new Complaint(`no utility holds both ${of} and ${per}`, {
      help: "name two attributes of the same alternative",
    });
  const all = [...pairs.values()];
  const everyone = all.length === 1 && all[0].alternatives.length === utilities.length;
  return Promise.all(
    [...pairs].map(async ([ratio, { alternatives, first }]) => ({
      alternatives: everyone ? [everyAlternative] : alternatives,
      ...(ratio.level & ~Level.parameters
        ? { value: await meanOf(scene, ratio, alternatives.length === 1 ? first : null), parts: null }
        : ratioAt(fit, ratio)),
    })),
  );
}

/** Whether a marginal utility that varies over people can be 0 for some, as far as its form tells. */
function mayVanish({ op, args, level }: Expr): boolean {
  if ((level & Level.draw) === 0 || op === "exp") return false;
  return op === "neg" || op === "mul" || op === "div" ? args.some(mayVanish) : true;
}

const noMean = (per: string): Complaint =>
  new Complaint(`there is no mean of a ratio to ${per}, whose coefficient is random and can be 0`, {
    rule: "a ratio of which the denominator comes close to 0 for some people has no mean and no variance",
    help: `give ${per} a lognormal coefficient or a fixed one, or write the utility in willingness-to-pay space`,
  });

const atZero = (expr: Expr, grips: readonly Grip[]): Expr => {
  const leaves = new Set(grips.map(({ parameter: name }) => parameter(name)));
  return substitute([expr], topological([expr]), (node) => (leaves.has(node) ? num(0) : undefined))[0];
};

/** A ratio of parameters alone. What both marginal utilities share, such as a temperature, is in neither part. */
function ratioAt(fit: Fit, ratio: Expr): Pick<Ratio, "value" | "parts"> {
  const [above, below] = partsOf(ratio);
  return { value: uncertain(fit, ratio), parts: [uncertain(fit, above), uncertain(fit, below)] };
}

function partsOf(ratio: Expr): [Expr, Expr] {
  if (ratio.op === "neg") {
    const [above, below] = partsOf(ratio.args[0]);
    return [neg(above), below];
  }
  return ratio.op === "div" ? [ratio.args[0], ratio.args[1]] : [ratio, num(1)];
}

/** The mean over the situations in which the alternative is available, or over all rows of the axis. */
async function meanOf(scene: Scene, ratio: Expr, alternative: number | null): Promise<Uncertain> {
  const isAxis = (ratio.level & Level.axis) !== 0;
  const { all } = scene.compiled.set;
  const available = isAxis ? all[0].available : alternative === null ? num(1) : all[alternative].available;
  const value = select(available, ratio, num(0));
  const totals = await sums(scene, isAxis ? [sum(value), sum(available)] : [value, available]);
  return over(part(totals, 0), part(totals, 1));
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
