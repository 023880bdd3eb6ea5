/**
 * Constants adjusted until the predicted shares are those given, exactly. A share is the derivative of the
 * mean logsum in its constant (Williams, Daly & Zachary), so the adjustments δ maximise
 *
 *   Σ_j S_j δ_j − Σ_i w_i logsum_i(δ) / Σ_i w_i,   S the given shares, δ of the first alternative 0,
 *
 * a concave function with one maximum, found by Newton steps with exact derivatives.
 *
 * Source: Train (2009), section 2.8; Berry (1994), RAND Journal of Economics 25:242.
 */
import { Complaint } from "../../complaint/index.ts";
import { sharesByLabel, Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { factor } from "../../math/matrix.ts";
import { type Evaluation, maximise } from "../../optimise/index.ts";
import { type Circumstances, optionsOf, type Scene, sceneOf, totalWeight } from "../scene.ts";
import { logsumExpr } from "../surplus.ts";
import { labelsOf, shiftedFit, shiftName } from "./shifted.ts";

export interface MatchOptions extends Circumstances {
  /** The shares to reach, by alternative, as fractions that sum to 1. */
  readonly shares: Readonly<Record<string, number>>;
}

export interface Matched {
  /** The fit with its constants adjusted: what it predicts under the same circumstances has the given shares. */
  readonly fit: Fit;
  /** A row per alternative: share before, share given, share after, adjustment of the utility. */
  readonly table: Table;
}

/**
 * Adjusts the constants to given market shares, on the fit's own choices, other data, or under a scenario.
 * Throws a Complaint where a share is 0, or an alternative that must have one is nowhere available.
 */
export async function matchShares(fit: Fit, { shares, ...circumstances }: MatchOptions): Promise<Matched> {
  const labels = labelsOf(fit);
  const target = sharesByLabel(circumstances.data ?? fit.data, shares);
  const zero = target.indexOf(0);
  if (zero >= 0)
    throw new Complaint(`no finite constant gives ${labels[zero]} a share of 0`, {
      help: "make it unavailable instead",
    });
  const [first, ...others] = labels;
  const none = new Float64Array(others.length * fit.compiled.program.free.length);
  const open = await shiftedFit(fit, Object.fromEntries(others.map((label) => [label, 0])), {
    follows: none,
  });
  const scene = await sceneOf(open, circumstances);
  const names = others.map((label) => shiftName(fit, label));
  const before = await sharesAt(scene, names, new Float64Array(others.length));
  const shifts = await solved(scene, names, target);
  const after = await sharesAt(scene, names, shifts);
  const matched = await shiftedFit(fit, Object.fromEntries(others.map((label, k) => [label, shifts[k]])), {
    follows: followed(after, others.length),
    message: "constants adjusted to given shares",
  });
  const errors = names.map((name) => matched.parameters.find((each) => each.name === name)!.standardError);
  const columns = { before: [...before.values], given: target, after: [...after.values] };
  return {
    fit: matched,
    table: Table.of(
      {
        alternative: [...labels],
        ...columns,
        adjustment: [0, ...shifts],
        "std. error": [Number.NaN, ...errors],
      },
      {
        title: "Constants adjusted to given shares",
        notes: [
          `adjustment: added to the utility of the alternative, that of ${first} held.`,
          "The adjustments follow the estimates, so that the shares hold exactly; their standard errors are those of what they follow.",
        ],
        formats: Object.fromEntries(Object.keys(columns).map((name) => [name, 4])),
      },
    ),
  };
}

/** At some adjustments: the mean logsum, the shares, and the derivatives of the shares. */
interface Shares {
  readonly logsum: number;
  readonly values: Float64Array;
  /** Of each share but the first, in the adjustments and in the free parameters of the fit: rows. */
  readonly byShift: readonly Float64Array[];
  readonly byParameter: readonly Float64Array[];
}

async function sharesAt(scene: Scene, names: readonly string[], shifts: Float64Array): Promise<Shares> {
  const { parameters, free } = scene.compiled.program;
  const at = new Map(names.map((name, k) => [name, shifts[k]]));
  const point = scene.point().map((value, i) => at.get(parameters[i]) ?? value);
  const probabilities = optionsOf(scene).map(({ probability }) => probability);
  const found = await scene.prepared.sums([logsumExpr(scene), ...probabilities], point);
  const weight = totalWeight(scene);
  const row = (j: number, wanted: boolean): Float64Array =>
    Float64Array.from(
      free.flatMap((index, k) =>
        at.has(parameters[index]) === wanted ? [found.jacobian[j * free.length + k] / weight] : [],
      ),
    );
  const rows = names.map((_, k) => k + 2);
  return {
    logsum: found.values[0] / weight,
    values: found.values.slice(1).map((value) => value / weight),
    byShift: rows.map((j) => row(j, true)),
    byParameter: rows.map((j) => row(j, false)),
  };
}

/** ∂δ/∂β = −(∂s/∂δ)⁻¹ ∂s/∂β, row by row: how the adjustments move so that the shares stay. */
function followed({ byShift, byParameter }: Shares, size: number): Float64Array {
  const solve = factor(Float64Array.from(byShift.flatMap((row) => [...row])))!;
  const count = byParameter[0].length;
  const out = new Float64Array(size * count);
  for (let k = 0; k < count; k++) {
    const moved = solve.solve(Float64Array.from(byParameter, (row) => -row[k]));
    for (let j = 0; j < size; j++) out[j * count + k] = moved[j];
  }
  return out;
}

async function solved(
  scene: Scene,
  names: readonly string[],
  target: readonly number[],
): Promise<Float64Array> {
  const evaluate = async (shifts: Float64Array): Promise<Evaluation> => {
    const { logsum, values, byShift } = await sharesAt(scene, names, shifts);
    return {
      value: shifts.reduce((sum, shift, k) => sum + target[k + 1] * shift, -logsum),
      gradient: shifts.map((_, k) => target[k + 1] - values[k + 1]),
      hessian: Float64Array.from(
        byShift.flatMap((row) => [...row]),
        (slope) => -slope,
      ),
    };
  };
  const objective = { dimension: names.length, evaluate };
  const found = await maximise(
    { objective, start: new Float64Array(names.length), names },
    { tolerance: 1e-12 },
  );
  const { values } = await sharesAt(scene, names, found.point);
  const worst = values.reduce((most, value, j) => Math.max(most, Math.abs(value - target[j])), 0);
  if (worst < 1e-8) return found.point;
  throw new Complaint("no constants give these shares", {
    rule: "an alternative can have at most the share of the situations in which it is available",
    value: `${(100 * worst).toFixed(2)} points of share are left`,
  });
}
