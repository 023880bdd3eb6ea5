/**
 * Numbers that know what each person did to them. The influence ψ_i of person i on an estimate is how far it
 * moves when that person counts a little more; variances and covariances, also between groups that share
 * people, are Σ_i ψ_i ψ'_i. The coefficients have ψ = (−H)⁻¹ s_i, whose Σ ψ ψᵀ is the clustered sandwich; the
 * mean of m(β) over a group has Σ w (m − mean) / Σ w of its own choices, plus (∂ mean / ∂β) ψ.
 *
 * So the error of a group's number counts both who happened to be asked and that β is estimated.
 * Source: Huber (1967), Fifth Berkeley Symposium 1:221; Newey & McFadden (1994), Handbook of Econometrics
 * 4:2111, section 6 (two steps).
 */
import type { Sums } from "../../backends/index.ts";
import type { ChoiceData } from "../../data/index.ts";
import type { Expr } from "../../expr/index.ts";
import type { Fit } from "../../fit/index.ts";
import { submatrix, times } from "../../math/matrix.ts";
import { isByPerson } from "../../program/index.ts";
import { type Scene, sums } from "../scene.ts";

export interface Estimate {
  readonly value: number;
  /** Person → influence. */
  readonly influence: Float64Array;
}

/** Who the independent units are, and their influence on the coefficients. */
export interface Panel {
  readonly fit: Fit;
  readonly units: number;
  /** Situation of the fit's data → unit: the person, or itself. */
  unit(situation: number): number;
  /** Σ_k gradient_k ψ_k for every unit: the influence that goes through the coefficients. */
  through(gradient: Float64Array): Float64Array;
}

/** How the errors of the audit come about, as a note. */
export const errorsNote = ({ fit }: Panel): string =>
  fit.data.person
    ? "Errors are clustered by person and count that coefficients are estimated."
    : "Errors take choices as independent and count that coefficients are estimated.";

export async function panelOf(fit: Fit): Promise<Panel> {
  const { data } = fit;
  const unit = (s: number): number => data.person?.[s] ?? s;
  const units = data.person ? data.personCount : data.situations;
  const scores = await unitScores(fit, units, unit);
  const { program } = fit.compiled;
  const whole = fit.covariances.hessian ?? new Float64Array(program.parameters.length ** 2).fill(Number.NaN);
  const bread = submatrix(whole, program.free).map((value) => (Number.isNaN(value) ? 0 : value));
  return { fit, units, unit, through: (gradient) => times(scores, times(bread, gradient)) };
}

/** Units × K, row by row. */
async function unitScores(fit: Fit, units: number, unit: (s: number) => number): Promise<Float64Array> {
  const { program } = fit.compiled;
  const size = program.free.length;
  const out = new Float64Array(units * size);
  const unitOf = isByPerson(program) ? (term: number): number => term : unit;
  await fit.prepared
    .scores(fit.estimates, ({ from, scores }) => {
      for (const [k, column] of scores.entries())
        for (let s = 0; s < column.length; s++) out[unitOf(from + s) * size + k] += column[s];
    });
  return out;
}

/** Means of the outputs over the scene's situations, which are those of these numbers in the fit's data. */
export async function means(
  panel: Panel,
  scene: Scene,
  situations: Int32Array,
  outputs: readonly Expr[],
): Promise<Estimate[]> {
  const totals = await sums(scene, outputs);
  const values = await valuesOf(scene, outputs);
  return outputs.map((_, m) => meanOf(panel, scene.data, situations, values[m], part(totals, m)));
}

const part = ({ jacobian, values }: Sums, m: number): Float64Array => {
  const size = jacobian.length / values.length;
  return jacobian.subarray(m * size, (m + 1) * size);
};

export async function valuesOf(scene: Scene, outputs: readonly Expr[]): Promise<Float64Array[]> {
  const values = outputs.map(() => new Float64Array(scene.data.situations));
  await scene.prepared.each(outputs, scene.point(), ({ from, values: block }) => {
    block.forEach((column, m) => {
      values[m].set(column, from);
    });
  });
  return values;
}

/** @param gradient of Σ w x, in the free coefficients. */
export function meanOf(
  panel: Panel,
  data: ChoiceData,
  situations: Int32Array,
  values: Float64Array,
  gradient: Float64Array,
): Estimate {
  const weight = (i: number): number => data.weight?.[i] ?? 1;
  let [total, all] = [0, 0];
  values.forEach((value, i) => {
    total += weight(i) * value;
    all += weight(i);
  });
  const value = total / all;
  const influence = panel.through(gradient.map((slope) => slope / all));
  values.forEach((each, i) => {
    influence[panel.unit(situations[i])] += (weight(i) * (each - value)) / all;
  });
  return { value, influence };
}

export const standardError = ({ influence }: Estimate): number =>
  Math.sqrt(influence.reduce((total, each) => total + each * each, 0));

const combined = (a: Estimate, b: Estimate, value: number, da: number, db: number): Estimate => ({
  value,
  influence: a.influence.map((each, i) => da * each + db * b.influence[i]),
});
export const difference = (a: Estimate, b: Estimate): Estimate => combined(a, b, a.value - b.value, 1, -1);
/** ln (a / b), for numbers of one sign. */
export const logRatio = (a: Estimate, b: Estimate): Estimate =>
  combined(a, b, Math.log(a.value / b.value), 1 / a.value, -1 / b.value);
