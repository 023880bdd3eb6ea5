/** What a group would pay, and what a change is worth to it, as estimates that know their people. */
import { Complaint } from "../../complaint/index.ts";
import { type Fit, fit as fitModel } from "../../fit/index.ts";
import { overClasses, ratiosOf } from "../ratios.ts";
import { type Scenario, type Scene, sceneOf, sums } from "../scene.ts";
import { marginalUtility, surplusExpr } from "../surplus.ts";
import type { WtpOptions } from "../wtp.ts";
import { type Estimate, meanOf, type Panel, panelOf, valuesOf } from "./influence.ts";

export interface Named {
  readonly measure: string;
  readonly estimate: Estimate;
}

/** The mean willingness to pay that the model gives the group; a row for every ratio that differs between alternatives. */
export async function impliedWtp(panel: Panel, scene: Scene, options: WtpOptions): Promise<Named[]> {
  const ratios = overClasses(await ratiosOf({ ...panel.fit, data: scene.data }, options.of, options.per));
  return ratios.map(({ alternatives, value: { value, gradient } }) => ({
    measure: named("willingness to pay", alternatives),
    estimate: { value, influence: panel.through(gradient) },
  }));
}

/** The same from the model fitted to the group alone; empty where the group does not identify it. */
export async function refittedWtp(
  panel: Panel,
  scene: Scene,
  situations: Int32Array,
  options: WtpOptions,
): Promise<Named[]> {
  const own = await refitted(panel.fit, scene);
  if (!own) return [];
  const there = await panelOf(own);
  const home = new Int32Array(there.units);
  situations.forEach((s, i) => {
    home[there.unit(i)] = panel.unit(s);
  });
  const ratios = overClasses(await ratiosOf(own, options.of, options.per));
  return ratios.map(({ alternatives, value: { value, gradient } }) => {
    const influence = new Float64Array(panel.units);
    there.through(gradient).forEach((each, u) => {
      influence[home[u]] = each;
    });
    return {
      measure: named("willingness to pay, fitted to the group", alternatives),
      estimate: { value, influence },
    };
  });
}

async function refitted(fit: Fit, { data }: Scene): Promise<Fit | null> {
  try {
    const own = await fitModel(fit.model, data, { backend: fit.backend });
    return own.converged ? own : null;
  } catch (error) {
    if (error instanceof Complaint) return null;
    throw error;
  }
}

const named = (what: string, alternatives: readonly string[]): string =>
  alternatives.length === 1 && alternatives[0] === "all" ? what : `${what} (${alternatives.join(", ")})`;

/** Mean change in consumer surplus of the group's choices under a scenario, in units of `per`. */
export async function surplusChange(
  panel: Panel,
  scene: Scene,
  situations: Int32Array,
  { scenario, per }: { readonly scenario: Scenario; readonly per: string },
): Promise<Named> {
  const money = await marginalUtility(panel.fit, per);
  const after = await sceneOf(panel.fit, { data: scene.data, scenario });
  const [before, then] = await Promise.all(
    [scene, after].map(async (each) => {
      const output = surplusExpr(each, money);
      const [values] = await valuesOf(each, [output]);
      return { values, gradient: (await sums(each, [output])).jacobian };
    }),
  );
  const values = then.values.map((value, i) => value - before.values[i]);
  const gradient = then.gradient.map((slope, k) => slope - before.gradient[k]);
  return {
    measure: "change in surplus",
    estimate: meanOf(panel, scene.data, situations, values, gradient),
  };
}
