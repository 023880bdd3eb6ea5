/**
 * Logsums and consumer surplus. The logsum of a situation is the expected utility of its best alternative
 * (up to Euler's constant); divided by the marginal utility of money, its change under a scenario is the
 * change in consumer surplus. Source: Small & Rosen (1981), Econometrica 49:105; Train (2009), section 3.5.
 */
import { Complaint } from "../complaint/index.ts";
import { type ChoiceData, Table } from "../data/index.ts";
import { add, dependsOn, div, type Expr, Level, neg, num, parameter, slopes } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import type { ClassModel, Compiled } from "../program/index.ts";
import { refuseUndefined } from "./finite.ts";
import { meanOver, utilitiesOf } from "./mixing.ts";
import { scenarioNote } from "./scenario.ts";
import { type Circumstances, type Scenario, type Scene, sceneOf, sums, totalWeight } from "./scene.ts";
import { intervalColumns, minus, part, resultTable, scaled, type Uncertain } from "./uncertain.ts";

const logsumIn = ({ set }: Compiled, { model, options, parameter: named }: ClassModel): Expr =>
  model.logsum(set, named, options);

export const logsumExpr = ({ compiled }: Scene): Expr =>
  meanOver(compiled, (model) => logsumIn(compiled, model));

/** The logsum in money. What a unit of it is worth may differ from person to person, so it stands inside the mean. */
export const surplusExpr = ({ compiled }: Scene, money: readonly Expr[]): Expr =>
  meanOver(compiled, (model, c) => div(logsumIn(compiled, model), money[c]));

/** The mean logsum over the situations, in utils, with its interval. */
export async function logsums(fit: Fit, circumstances: Circumstances = {}): Promise<Table> {
  const scene = await sceneOf(fit, circumstances);
  const mean = scaled(part(await sums(scene, [logsumExpr(scene)]), 0), 1 / totalWeight(scene));
  return resultTable(
    fit,
    { quantity: ["mean logsum"], ...intervalColumns(fit, "value", [mean]) },
    {
      title: "Logsum",
      notes: ["Expected utility of the best alternative, up to a constant that every fit shares."],
    },
  );
}

/** The logsum of every situation. */
export async function situationLogsums(fit: Fit, circumstances: Circumstances = {}): Promise<Table> {
  const scene = await sceneOf(fit, circumstances);
  const { data } = scene;
  const logsum = new Float64Array(data.situations);
  await scene.prepared.each([logsumExpr(scene)], scene.point(), ({ from, values }) =>
    logsum.set(values[0], from),
  );
  if (!logsum.every(Number.isFinite)) await refuseUndefined(scene, scene.point());
  return Table.of({ situation: [...data.situationIds], logsum }, { title: "Logsum by situation" });
}

export interface SurplusOptions {
  readonly scenario: Scenario;
  /** Other choice data to ask about. Default: those of the fit. */
  readonly data?: ChoiceData;
  /** The attribute whose unit surplus is in: −∂V/∂cost is the marginal utility of money. */
  readonly per: string;
}

/** Mean and total change of consumer surplus under a scenario, in units of the attribute `per`. */
export async function surplus(fit: Fit, { scenario, data, per }: SurplusOptions): Promise<Table> {
  const [before, after] = [await sceneOf(fit, { data }), await sceneOf(fit, { data, scenario })];
  const money = await marginalUtility(fit, per);
  const total = async (scene: Scene): Promise<Uncertain> =>
    part(await sums(scene, [surplusExpr(scene, money)]), 0);
  const change = minus(await total(after), await total(before));
  const numbers = [scaled(change, 1 / totalWeight(before)), change];
  return resultTable(
    fit,
    { "change in surplus": ["per choice", "in all"], ...intervalColumns(fit, "value", numbers) },
    {
      title: `Change in consumer surplus, in ${per}`,
      notes: [
        scenarioNote(scenario),
        ...((await isLiked(before, money))
          ? [`More ${per} is liked in this fit: as money it makes no sense.`]
          : []),
      ],
    },
  );
}

/**
 * −∂V/∂cost in each class: the same for every alternative, whatever it costs. It may differ between situations, as
 * with a temperature by group or a cost divided by income, and between draws where its coefficient is random.
 */
export async function marginalUtility(fit: Fit, per: string): Promise<Expr[]> {
  const grip = { parameter: "δ0", attribute: per, place: null, as: add };
  const { resolved, compiled } = await sceneOf(fit, {}, [grip]);
  return compiled.classes.map((_, c) => inClass(utilitiesOf(resolved, c), per));
}

function inClass(utilities: readonly Expr[], per: string): Expr {
  const each = utilities.map((utility) => slopes(utility, [parameter("δ0")])[0]);
  const found = new Set(each.filter((slope) => slope !== num(0)));
  if (found.size === 0)
    throw new Complaint(`no utility uses ${per}`, { help: "name the attribute that costs" });
  const [first] = found;
  const bySituation = (first.level & ~(Level.parameters | Level.situation | Level.draw)) === 0;
  if (found.size === 1 && bySituation && !dependsOn([first], parameter("δ0"))) return neg(first);
  throw new Complaint(`the marginal utility of ${per} is not one number`, {
    rule: "consumer surplus needs a marginal utility of money that is the same for all alternatives, whatever they cost",
    help: "let cost enter all utilities linearly with one coefficient, or compare logsums",
  });
}

/** Whether the marginal utility of money is negative somewhere, so that paying is a pleasure. */
async function isLiked(scene: Scene, money: readonly Expr[]): Promise<boolean> {
  let found = false;
  await scene.prepared.each([meanOver(scene.compiled, (_, c) => money[c])], scene.point(), ({ values }) => {
    found ||= values[0].some((value) => value <= 0);
  });
  return found;
}
