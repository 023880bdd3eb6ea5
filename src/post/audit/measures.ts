/** Everything that is measured of one group: shares, and how well, how surely and how warmly it is predicted. */
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, subset } from "../../data/index.ts";
import { type Expr, given, neg, num, Place, select, sub } from "../../expr/index.ts";
import { wald } from "../../inference/index.ts";
import { binned } from "../calibration/binned.ts";
import { calibrationError } from "../calibration/error.ts";
import { everyAlternative } from "../calibration/forecasts.ts";
import { logProbabilityOfChoice } from "../mixing.ts";
import { atPosition, optionsOf, type Scenario, type Scene, sceneOf } from "../scene.ts";
import { entropyExpr } from "../thermodynamics/potentials.ts";
import { predictionsOf } from "../validation/predictions.ts";
import type { Group } from "./groups.ts";
import { difference, type Estimate, means, type Panel, standardError, valuesOf } from "./influence.ts";
import { impliedWtp, refittedWtp, surplusChange } from "./money.ts";
import { groupScale, inverse } from "./temperature.ts";

export interface Share {
  readonly alternative: string;
  readonly observed: Estimate;
  readonly predicted: Estimate;
  /** Predicted minus observed. */
  readonly gap: Estimate;
  /** √(Σ w² P (1 − P)) / Σ w: the error of the observed share if the model is right and choices are independent. */
  readonly modelError: number;
}

export interface Measure {
  readonly measure: string;
  readonly value: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  /** Null where it is not compared between groups. */
  readonly estimate: Estimate | null;
}

export interface GroupReport {
  readonly group: Group;
  readonly choices: number;
  readonly persons: number | null;
  readonly shares: readonly Share[];
  readonly measures: readonly Measure[];
  readonly notes: readonly string[];
}

/** Persons of a group; choices, where no persons are declared. */
export const sizeOf = ({ persons, choices }: GroupReport): number => persons ?? choices;

export interface MeasureOptions {
  readonly wtp?: { readonly of: string; readonly per: string };
  readonly surplus?: { readonly scenario: Scenario; readonly per: string };
  /** Draws of the interval of the calibration error. Default 200. */
  readonly draws?: number;
}

export async function measured(panel: Panel, group: Group, options: MeasureOptions): Promise<GroupReport> {
  const data = subset(panel.fit.data, group.situations);
  const scene = await sceneOf(panel.fit, { data });
  const shares = await sharesOf(panel, scene, group.situations);
  const [loss, entropy] = await means(panel, scene, group.situations, [
    neg(logProbabilityOfChoice(scene.compiled)),
    entropyExpr(scene),
  ]);
  const money = await inMoney(panel, scene, group.situations, options);
  const temperature = await temperatureOf(panel, scene, group.situations);
  const measures = [
    await calibration(panel, data, options),
    plain("log loss", loss),
    plain("entropy", entropy),
    plain("log loss − entropy", difference(loss, entropy)),
    ...temperature.measures,
    ...money.map(({ measure, estimate }) => plain(measure, estimate)),
  ];
  const unfitted = options.wtp && !money.some(({ measure }) => measure.includes("fitted to the group"));
  return {
    group,
    choices: data.situations,
    persons: data.person ? data.personCount : null,
    shares,
    measures,
    notes: [
      ...temperature.notes.map((note) => `${group.by} ${group.name}: ${note}`),
      ...(unfitted ? [`${group.by} ${group.name}: these choices alone do not identify the model.`] : []),
    ],
  };
}

const plain = (measure: string, estimate: Estimate): Measure => ({
  measure,
  ...wald(estimate.value, standardError(estimate)),
  value: estimate.value,
  estimate,
});

async function sharesOf(panel: Panel, scene: Scene, situations: Int32Array): Promise<Share[]> {
  const options = optionsOf(scene);
  const chosen = chosenExprs(scene, options.length);
  const outputs = options.flatMap(({ probability }, j) => [
    chosen[j],
    probability,
    sub(probability, chosen[j]),
  ]);
  const found = await means(panel, scene, situations, outputs);
  const chances = await valuesOf(
    scene,
    options.map(({ probability }) => probability),
  );
  return options.map(({ name }, j) => ({
    alternative: name,
    observed: found[3 * j],
    predicted: found[3 * j + 1],
    gap: found[3 * j + 2],
    modelError: modelError(scene.data, chances[j]),
  }));
}

/** 1 where the alternative was chosen: by label, or by its place in the set. */
function chosenExprs({ compiled: { set } }: Scene, count: number): Expr[] {
  if (!set.axis) return set.all.map(({ available, chosen }) => select(available, chosen, num(0)));
  return Array.from({ length: count }, (_, p) => atPosition(given("chosen", Place.axis), p));
}

function modelError({ weight }: ChoiceData, chance: Float64Array): number {
  let [variance, all] = [0, 0];
  chance.forEach((p, i) => {
    const w = weight?.[i] ?? 1;
    variance += w * w * p * (1 - p);
    all += w;
  });
  return Math.sqrt(variance) / all;
}

async function calibration(
  { fit }: Panel,
  data: ChoiceData,
  { draws = 200 }: MeasureOptions,
): Promise<Measure> {
  const forecasts = everyAlternative(await predictionsOf(fit, { data }));
  const found = calibrationError(binned(forecasts, { bins: 10, by: "mass" }), { draws, seed: 1 });
  return {
    measure: "calibration error",
    value: found.debiased,
    standardError: Number.NaN,
    lower: found.lower,
    upper: found.upper,
    estimate: null,
  };
}

async function temperatureOf(
  panel: Panel,
  scene: Scene,
  situations: Int32Array,
): Promise<{ measures: Measure[]; notes: string[] }> {
  const scale = await groupScale(panel, scene, situations);
  if (!scale) return { measures: [], notes: ["its choices have no temperature: none is best."] };
  const { lower, upper } = wald(scale.value, standardError(scale));
  const ends = [1 / upper, lower > 0 ? 1 / lower : Number.POSITIVE_INFINITY];
  try {
    const tau = inverse(scale);
    return { measures: [{ ...plain("temperature", tau), lower: ends[0], upper: ends[1] }], notes: [] };
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    return { measures: [], notes: [error.what] };
  }
}

async function inMoney(panel: Panel, scene: Scene, situations: Int32Array, { wtp, surplus }: MeasureOptions) {
  return [
    ...(wtp ? await impliedWtp(panel, scene, wtp) : []),
    ...(wtp ? await refittedWtp(panel, scene, situations, wtp) : []),
    ...(surplus ? [await surplusChange(panel, scene, situations, surplus)] : []),
  ];
}
