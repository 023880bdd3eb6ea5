/**
 * Ratios of marginal utilities, −(∂V/∂x)/(∂V/∂cost), by alternative and latent class. One of parameters alone is known
 * from the estimates. One that depends on data or on draws is a mean: over the situations, and over the draws of
 * the class. Over the classes they are averaged by the shares of the classes.
 */
import { Complaint } from "../complaint/index.ts";
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
import { anywhere, type Range, rangeOf } from "../expr/range.ts";
import type { Fit } from "../fit/index.ts";
import { expectationOf } from "../program/index.ts";
import { ratioOf } from "./cancel.ts";
import { uncertainShares } from "./classShares.ts";
import { uncertain } from "./derived.ts";
import { utilitiesOf } from "./mixing.ts";
import { type Grip, type Scene, sceneOf, sums } from "./scene.ts";
import { over, part, plus, product, type Uncertain } from "./uncertain.ts";

export const everyAlternative = "all";
export const meanOfClasses = "mean";

export interface Ratio {
  readonly alternatives: readonly string[];
  /** "1", "2", …, or the mean over them; null where there are no latent classes. */
  readonly class: string | null;
  readonly value: Uncertain;
  /** What it varies with, where it is a mean. */
  readonly over: "data" | "people" | null;
  /** Both marginal utilities, where they depend on parameters alone. */
  readonly parts: readonly [Uncertain, Uncertain] | null;
}

/** Alternatives that share their ratios; null in a class that does not count the cost. */
interface Group {
  readonly alternatives: readonly string[];
  /** Where it stands among the alternatives, if it is one. */
  readonly place: number | null;
  readonly byClass: readonly (Expr | null)[];
}

/**
 * The ratio of every alternative that has both attributes; those that share one are one. In latent classes one for each
 * class that counts the cost and, where all do, their mean. Throws a Complaint where no utility holds both, and where
 * the coefficient of the cost is random and can be 0.
 */
export async function ratiosOf(fit: Fit, of: string, per: string): Promise<Ratio[]> {
  const grips = [of, per].map(
    (attribute, i): Grip => ({ parameter: `δ${i}`, attribute, place: null, as: add }),
  );
  const scene = await sceneOf(fit, {}, grips);
  const groups = groupsOf(scene, grips, per);
  if (groups.length === 0)
    throw new Complaint(`no utility holds both ${of} and ${per}`, {
      help: "name two attributes of the same alternative",
    });
  const each = await Promise.all(groups.map((group) => inClasses(fit, scene, group)));
  return each.flat();
}

function groupsOf(scene: Scene, grips: readonly Grip[], per: string): Group[] {
  const { resolved } = scene;
  const count = resolved.utilities.length;
  const classes = [...(resolved.classes?.all ?? [null]).keys()];
  const found = new Map<string, Group>();
  for (let j = 0; j < count; j++) {
    const byClass = classes.map((c) => ratioIn(scene, utilitiesOf(resolved, c)[j], grips, per));
    if (byClass.every((ratio) => ratio === null || ratio === num(0))) continue;
    const key = byClass.map((ratio) => ratio?.id ?? "none").join();
    const before = found.get(key)?.alternatives ?? [];
    const alternatives = [...before, resolved.labels?.[j] ?? everyAlternative];
    found.set(key, { alternatives, place: alternatives.length === 1 ? j : null, byClass });
  }
  const groups = [...found.values()];
  const isEveryone = groups.length === 1 && groups[0].alternatives.length === count;
  return isEveryone ? [{ ...groups[0], alternatives: [everyAlternative] }] : groups;
}

/** Null where the cost does not count. */
function ratioIn(scene: Scene, utility: Expr, grips: readonly Grip[], per: string): Expr | null {
  const [value, cost] = grips.map(({ parameter: name }) =>
    atZero(slopes(utility, [parameter(name)])[0], grips),
  );
  if (cost === num(0)) return null;
  if (value === num(0)) return value;
  if (mayVanish(scene, cost)) throw noMean(per);
  return neg(ratioOf(value, cost));
}

const atZero = (expr: Expr, grips: readonly Grip[]): Expr => {
  const leaves = new Set(grips.map(({ parameter: name }) => parameter(name)));
  return substitute([expr], topological([expr]), (node) => (leaves.has(node) ? num(0) : undefined))[0];
};

async function inClasses(fit: Fit, scene: Scene, { alternatives, place, byClass }: Group): Promise<Ratio[]> {
  const isMixed = byClass.length > 1;
  const found: Ratio[] = [];
  for (const [c, ratio] of byClass.entries())
    if (ratio)
      found.push({
        alternatives,
        class: isMixed ? String(c + 1) : null,
        ...(ratio.level & ~Level.parameters
          ? { value: await meanOf(scene, ratio, place, c), over: variation(ratio), parts: null }
          : ratioAt(fit, ratio)),
      });
  if (!isMixed || found.length < byClass.length) return found;
  const shares = uncertainShares(fit);
  const value = found.map((each, c) => product(shares[c], each.value)).reduce(plus);
  return [...found, { alternatives, class: meanOfClasses, value, over: null, parts: null }];
}

const variation = ({ level }: Expr): "data" | "people" => ((level & Level.draw) === 0 ? "data" : "people");

/** Without those of single classes. */
export const overClasses = (ratios: readonly Ratio[]): Ratio[] =>
  ratios.filter((each) => each.class === null || each.class === meanOfClasses);

/** A ratio of parameters alone. What both marginal utilities share, such as a temperature, is in neither part. */
function ratioAt(fit: Fit, ratio: Expr): Pick<Ratio, "value" | "over" | "parts"> {
  const [above, below] = partsOf(ratio);
  return { value: uncertain(fit, ratio), over: null, parts: [uncertain(fit, above), uncertain(fit, below)] };
}

function partsOf(ratio: Expr): [Expr, Expr] {
  if (ratio.op === "neg") {
    const [above, below] = partsOf(ratio.args[0]);
    return [neg(above), below];
  }
  return ratio.op === "div" ? [ratio.args[0], ratio.args[1]] : [ratio, num(1)];
}

/** The mean in a class, over the situations in which the alternative is available or over all rows of the axis. */
async function meanOf(scene: Scene, ratio: Expr, place: number | null, c: number): Promise<Uncertain> {
  const { program, set } = scene.compiled;
  const isAxis = (ratio.level & Level.axis) !== 0;
  const available = isAxis
    ? set.all[0].available
    : place === null || set.axis
      ? num(1)
      : set.all[place].available;
  const value = select(available, ratio, num(0));
  const inClass = (expr: Expr): Expr => expectationOf(program, (k) => (k === c ? expr : num(0)));
  const outputs = isAxis ? [sum(value), sum(available)] : [value, available];
  const totals = await sums(scene, outputs.map(inClass));
  return over(part(totals, 0), part(totals, 1));
}

/** Whether a marginal utility that varies over people can be 0 for some, at the estimates. */
function mayVanish(scene: Scene, cost: Expr): boolean {
  if ((cost.level & Level.draw) === 0) return false;
  if (["neg", "mul", "div"].includes(cost.op)) return cost.args.some((arg) => mayVanish(scene, arg));
  const [low, high] = rangeOf(cost, leafRange(scene));
  const least = 1e-9 * Math.max(...[low, high].map(Math.abs).filter(Number.isFinite), 0);
  return cost.op !== "exp" && !(low > least || high < -least);
}

/** A parameter has its estimate, a column what stands in it, and a draw all that its distribution allows. */
function leafRange({ compiled: { program }, data, point }: Scene): (leaf: Expr) => Range {
  const at = new Map(program.parameters.map((name, k) => [name, point()[k]]));
  return (leaf) => {
    const value = leaf.op === "parameter" ? at.get(leaf.name) : undefined;
    if (value !== undefined) return [value, value];
    if (leaf.op === "draw")
      return program.draws!.dimensions[leaf.value].base === "uniform" ? [0, 1] : anywhere;
    const column = leaf.op === "data" ? data.column(leaf.name) : null;
    return column
      ? column.values.reduce<Range>(
          ([low, high], each) => [Math.min(low, each), Math.max(high, each)],
          [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
        )
      : anywhere;
  };
}

const noMean = (per: string): Complaint =>
  new Complaint(`there is no mean of a ratio to ${per}, whose coefficient is random and can be 0`, {
    rule: "a ratio of which the denominator comes close to 0 for some people has no mean and no variance",
    help: `give ${per} a lognormal coefficient, one between bounds that leave 0 out, or a fixed one; or write the utility in willingness-to-pay space`,
  });
