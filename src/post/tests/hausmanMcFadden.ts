/**
 * Hausman & McFadden: under independence of irrelevant alternatives (IIA) the coefficients do not depend on
 * which alternatives are there. One is taken away, the model is fitted to the choices among the others, and
 * with d the change of the coefficients H = dᵀ (V_r − V_f)⁻¹ d ~ χ². Only what the smaller choice sets
 * tell is compared: constants relative to each other, not the coefficient of what is gone.
 *
 * The difference V_r − V_f is a covariance in theory and need not be one in a sample. Where it is not
 * positive definite, and where choices are clustered or weighted, the variance of d is computed from the
 * scores of both fits together, which is always one: Var(d) = Σ_u (ψ_r − ψ_f)(ψ_r − ψ_f)ᵀ over independent
 * units u, ψ = C A⁻¹ score.
 *
 * Source: Hausman & McFadden (1984), Econometrica 52:1219; the joint variance: White (1982), Econometrica
 * 50:1, and Weesie (1999), Stata Technical Bulletin 52.
 */
import { Complaint } from "../../complaint/index.ts";
import type { ChoiceData, Table } from "../../data/index.ts";
import type { Part } from "../../data/rowsKept.ts";
import type { Fit } from "../../fit/index.ts";
import { chiSquareUpper } from "../../math/distributions.ts";
import { congruence, dot, factor, quadratic, submatrix } from "../../math/matrix.ts";
import { outerProducts } from "../../math/outerProducts.ts";
import { checkIndependent } from "./comparable.ts";
import { type Contrasts, contrasts, type Refit, refit, stageOf } from "./refit.ts";
import { byUnit, scoresOf } from "./scores.ts";
import { type TestOptions, testTable, verdict } from "./verdict.ts";
import { alternativesOf, checkAlternatives, withoutAlternative } from "./withoutAlternative.ts";

export interface IiaOptions extends TestOptions {
  /** The alternatives to take away, one at a time. Default: each of them. */
  readonly without?: readonly string[];
}

export interface HausmanOptions extends IiaOptions {
  /** "difference" as published, or "joint" from scores. Default: as published where the fit quotes Hessian errors. */
  readonly variance?: "difference" | "joint";
}

interface Row {
  readonly without: string;
  readonly choices: number;
  readonly variance: string;
  readonly statistic: number;
  readonly degrees: number;
  readonly p: number;
  readonly note?: string;
}

/** One row per alternative taken away. What could not be tested has no numbers, and a note says why. */
export async function hausmanMcFadden(fit: Fit, options: HausmanOptions = {}): Promise<Table> {
  checkIndependent(fit);
  const names = options.without ?? alternativesOf(fit.data);
  checkAlternatives(fit.data, names);
  const joint = options.variance === "joint" || (!options.variance && fit.covariance.kind !== "hessian");
  const rows: Row[] = [];
  for (const name of names) rows.push(await tested(fit, name, joint));
  const indefinite = rows.filter(({ variance }) => variance === "joint").length;
  return testTable(
    rows.map((row) => ({ ...row, test: `without ${row.without}` })),
    {
      title: "Independence of irrelevant alternatives (Hausman–McFadden)",
      besides: {
        choices: rows.map(({ choices }) => choices),
        variance: rows.map(({ variance }) => variance),
      },
      notes: [
        ...iiaVerdict(rows, options),
        ...rows.flatMap(({ note }) => note ?? []),
        ...(!joint && indefinite > 0
          ? [
              "Where variance says joint, V_r − V_f is not positive definite, and the variance comes from the scores of both fits together.",
            ]
          : []),
      ],
    },
  );
}

/** Rejected if the smallest p is, times the number of tests (Bonferroni). */
export function iiaVerdict(rows: readonly { readonly p: number }[], options: TestOptions): string[] {
  const known = rows.filter(({ p }) => !Number.isNaN(p));
  if (known.length === 0) return ["There is no verdict: no alternative could be taken away."];
  const p = Math.min(1, known.length * Math.min(...known.map((row) => row.p)));
  const found = verdict(
    p,
    {
      rejected: "choices depend on which other alternatives there are; try a nested or mixed logit",
      kept: "the coefficients are the same whichever alternative is taken away, as a logit says",
    },
    options,
  );
  return known.length === 1
    ? [found]
    : [found, `p of the verdict: the smallest, times ${known.length} tests (Bonferroni).`];
}

async function tested(fit: Fit, name: string, joint: boolean): Promise<Row> {
  let part: Part;
  let restricted: Refit;
  try {
    part = withoutAlternative(fit.data, name);
    restricted = await refit(fit, part.data, `without ${name}`);
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    const why = error.parts.where ? `${error.what}: ${error.parts.where}` : error.what;
    return {
      without: name,
      choices: 0,
      variance: "",
      statistic: Number.NaN,
      degrees: Number.NaN,
      p: Number.NaN,
      note: `Without ${name}: ${why}.`,
    };
  }
  const told = contrasts(restricted.information);
  const change = restricted.program.free.map((index) => restricted.point[index] - fit.estimates[index]);
  const d = Float64Array.from(told.rows, (row) => dot(row, change));
  const published = joint ? null : difference(fit, restricted, told);
  const variance = published ?? (await jointVariance(fit, part, restricted, told));
  restricted.prepared.dispose();
  const solved = factor(variance);
  const statistic = solved ? quadratic(d, solved.inverse()) : Number.NaN;
  const degrees = d.length;
  return {
    without: name,
    choices: part.situations.length,
    variance: published ? "difference" : "joint",
    statistic,
    degrees,
    p: degrees === 0 ? Number.NaN : chiSquareUpper(statistic, degrees),
    ...(degrees === 0 ? { note: `Without ${name} nothing of the model is left to compare.` } : {}),
  };
}

/** C (V_r − V_f) Cᵀ, or null where that is no covariance. */
function difference(fit: Fit, restricted: Refit, told: Contrasts): Float64Array | null {
  const hessian = submatrix(fit.covariances.hessian!, restricted.program.free);
  const full = congruence(Float64Array.from(told.rows.flatMap((row) => [...row])), hessian);
  const size = told.rows.length;
  const matrix = full.map(
    (value, at) => (at % (size + 1) === 0 ? 1 / told.curvature[at / (size + 1)] : 0) - value,
  );
  const solved = factor(matrix);
  return solved && solved.pivot > 1e-6 ? matrix : null;
}

/** From what each person (or choice) contributes to both fits. */
async function jointVariance(
  fit: Fit,
  part: Part,
  restricted: Refit,
  told: Contrasts,
): Promise<Float64Array> {
  const whole = await stageOf(fit, fit.data);
  const size = restricted.program.free.length;
  const [mine, all] = [await scoresOf(restricted, restricted.point), await scoresOf(whole, fit.estimates)];
  whole.prepared.dispose();
  const hessian = submatrix(fit.covariances.hessian!, restricted.program.free);
  const fromAll = byUnit(all, size, fit.data);
  const fromMine = inUnits(mine, size, fit.data, part);
  const through = told.rows.map((row) => congruenceRow(row, hessian));
  const sum = outerProducts(told.rows.length);
  const scale = told.rows.map((row, i) => ({
    row: withinTold(row, restricted),
    curvature: told.curvature[i],
  }));
  for (let from = 0; from < fromAll.length; from += size) {
    const [ofAll, ofMine] = [fromAll.subarray(from, from + size), fromMine.subarray(from, from + size)];
    sum.add(
      Float64Array.from(
        scale,
        ({ row, curvature }, i) => dot(row, ofMine) / curvature - dot(through[i], ofAll),
      ),
    );
  }
  return sum.matrix();
}

/** Scores of the situations of a part, summed within the persons (or choices) of the whole. */
function inUnits(
  rows: Float64Array,
  size: number,
  { person, personCount, situations }: ChoiceData,
  part: Part,
): Float64Array {
  const sums = new Float64Array((person ? personCount : situations) * size);
  part.situations.forEach((s, i) => {
    const unit = person ? person[s] : s;
    for (let k = 0; k < size; k++) sums[unit * size + k] += rows[i * size + k];
  });
  return sums;
}

/** V row: what a contrast of the full estimates takes from each score. */
function congruenceRow(row: Float64Array, covariance: Float64Array): Float64Array {
  const size = row.length;
  return row.map((_, k) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += row[j] * covariance[j * size + k];
    return sum;
  });
}

/** The contrast turned to scores: S v where the contrast of estimates is S⁻¹ v. */
function withinTold(row: Float64Array, { information }: Refit): Float64Array {
  const size = row.length;
  return row.map((value, k) => {
    const curvature = Math.abs(information[k * (size + 1)]);
    return curvature > 0 ? value / curvature : value;
  });
}
