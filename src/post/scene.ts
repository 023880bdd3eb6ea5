/**
 * A fitted model looked at under some circumstances: its own data, other data, or a scenario in which names mean
 * something else. A grip lets a parameter δ take hold of an attribute; derivatives with respect to δ are effects
 * and elasticities.
 */
import { type Prepared, prepare, type Sums } from "../backends/index.ts";
import { Complaint } from "../complaint/index.ts";
import { type ChoiceData, checkUsed } from "../data/index.ts";
import { type Expr, parameter } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { modelOf } from "../models/index.ts";
import { type Compiled, compile } from "../program/index.ts";
import { type Resolved, resolveSpec } from "../spec/index.ts";
import { refuseNoNumber } from "./attributeValues.ts";
import { changed } from "./changed.ts";
import { refuseUndefined } from "./finite.ts";
import { once, sameArray } from "./kept.ts";
import { requireMaximum } from "./requireMaximum.ts";
import { withLevelsOf } from "./sameLevels.ts";
import { type Scenario, scenery } from "./scenario.ts";
import { specFor } from "./specFor.ts";

export { atPosition, type Option, optionsOf, probabilityExprs } from "./options.ts";
export { placeOf, readKey, type Scenario } from "./scenario.ts";

export interface Circumstances {
  /** Other choice data; choices may be missing there, and alternatives that nobody has. */
  readonly data?: ChoiceData;
  /** "attribute" or "attribute.alternative" → what it is instead, as an expression that may use the old value. */
  readonly scenario?: Scenario;
}

/** An attribute at one alternative (or at all) that a parameter takes hold of. */
export interface Grip {
  /** Name of the parameter; not one of the model's. */
  readonly parameter: string;
  readonly attribute: string;
  /** Index of the alternative, or null for every one. */
  readonly place: number | null;
  /** The attribute with the parameter in it. */
  readonly as: (value: Expr, grip: Expr) => Expr;
}

export interface Scene {
  readonly fit: Fit;
  /** As seen under the circumstances. */
  readonly data: ChoiceData;
  readonly resolved: Resolved;
  readonly compiled: Compiled;
  readonly prepared: Prepared;
  /** Estimates in the program's order, with every grip at the given value. */
  point(grips?: Readonly<Record<string, number>>): Float64Array;
}

/** Throws a Complaint where the fit is no maximum, and for names that are unknown or that no utility uses. */
export async function sceneOf(
  fit: Fit,
  { data = fit.data, scenario = {} }: Circumstances = {},
  grips: readonly Grip[] = [],
): Promise<Scene> {
  requireMaximum(fit);
  const isPlain = grips.length === 0 && Object.keys(scenario).length === 0;
  const isUsual = isPlain && data === fit.data && (fit.resolved.labels !== null || data.labels === null);
  const arranged = isUsual
    ? fit
    : await once(fit, data, scenario, grips, () => arrange(fit, data, scenario, grips));
  const { compiled } = arranged;
  const point = (held: Readonly<Record<string, number>> = {}): Float64Array => {
    const value = new Map(fit.parameters.map(({ name, estimate }) => [name, estimate]));
    return Float64Array.from(compiled.program.parameters, (name) => value.get(name) ?? held[name] ?? 0);
  };
  const { resolved, prepared } = arranged;
  return { fit, data: arranged.data, resolved, compiled, prepared, point };
}

async function arrange(fit: Fit, data: ChoiceData, scenario: Scenario, grips: readonly Grip[]) {
  const own = data === fit.data ? data : withLevelsOf(fit.data, data);
  const { meaning, unused } = scenery(scenario, own);
  const seen = changed(own, meaning);
  modelOf(fit.kernel).checkForecast?.(fit.model.options ?? {}, seen, fit.resolved.labels);
  const held = gripped(seen, grips);
  const resolved = resolveSpec(specFor(fit, data), held.data);
  const idle = [...unused(), ...(held.isUsed() ? [] : [grips[0].attribute])];
  if (idle.length > 0)
    throw new Complaint(`no utility uses ${idle.join(", ")}`, {
      help: "name an attribute that stands in a utility, at an alternative that uses it",
    });
  checkUsed(held.data, resolved.utilities);
  const parameters = [
    ...fit.resolved.parameters,
    ...grips.map(({ parameter: name }) => ({ name, fixed: true })),
  ];
  const compiled = compile(
    modelOf(fit.kernel),
    fit.model.options ?? {},
    { ...resolved, parameters },
    held.data,
  );
  const prepared = await prepare(compiled.program, held.data, fit.prepared.backend);
  return {
    data: held.data,
    resolved: { ...resolved, parameters: fit.resolved.parameters },
    compiled,
    prepared,
  };
}

/** The data with their attributes in the grips, and whether any utility met one. */
function gripped(before: ChoiceData, grips: readonly Grip[]): { data: ChoiceData; isUsed: () => boolean } {
  if (grips.length === 0) return { data: before, isUsed: () => true };
  let used = false;
  for (const { attribute } of grips) refuseNoNumber(attribute, before);
  const data = changed(before, (name, place) => {
    const all = grips.filter(
      (grip) => grip.attribute === name && (grip.place === null || grip.place === place),
    );
    const value = all.length > 0 ? before.resolve(name, place) : null;
    if (!value) return undefined;
    used = true;
    return all.reduce((so, grip) => grip.as(so, parameter(grip.parameter)), value);
  });
  return { data, isUsed: () => used };
}

/** Σ weight × output and its derivatives in the free parameters. Throws a Complaint where they are no numbers. */
export async function sums(
  scene: Scene,
  outputs: readonly Expr[],
  held: Readonly<Record<string, number>> = {},
): Promise<Sums> {
  const point = scene.point(held);
  const found = await scene.prepared.sums(sameArray(scene.fit, scene.prepared, outputs), point);
  if (!found.values.every(Number.isFinite)) await refuseUndefined(scene, point);
  return found;
}

/** Σ of the weights. */
export function totalWeight({ data }: Scene): number {
  return data.weight ? data.weight.reduce((total, weight) => total + weight, 0) : data.situations;
}
