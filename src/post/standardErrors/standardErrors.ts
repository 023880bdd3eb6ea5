/**
 * Every standard error of a fit side by side, and which one to quote: inverse Hessian; outer product of the scores (Berndt,
 * Hall, Hall & Hausman 1974, Annals of Economic and Social Measurement 3:653); the sandwich by choice, by person and by
 * other clusters; bootstrap by person.
 */

import { Complaint } from "../../complaint/index.ts";
import { alike, decimalsFor } from "../../data/decimals.ts";
import { Table } from "../../data/index.ts";
import { type Fit, standardErrors as ofFit } from "../../fit/index.ts";
import { meat, standardErrors as rootDiagonal, sandwich, spread } from "../../inference/index.ts";
import { type Multiway, multiwayMeat } from "../../inference/multiway.ts";
import { inverse, submatrix } from "../../math/matrix.ts";
import { bootstrap } from "../intervals/bootstrap.ts";
import { clustersBy } from "./clusters.ts";
import { type Scores, scoresOf } from "./scores.ts";
import { whichToQuote } from "./whichToQuote.ts";

export interface StandardErrorOptions {
  /** Columns to cluster by, together: ["person", "region"] lets both the choices of a person and those of a region depend on each other. */
  readonly cluster?: string | readonly string[];
  /** G/(G − 1) on clustered errors. Default off. */
  readonly smallSample?: boolean;
  /** Bootstrap replicates by person. Default: no bootstrap. */
  readonly bootstrap?: number;
  readonly seed?: number;
}

/**
 * A row for every parameter, a column for every kind; the notes say which to quote and why. NaN where there is none: fixed, or at a
 * bound. Throws a Complaint where clusters that are asked for are no more than parameters.
 */
export async function standardErrors(fit: Fit, options: StandardErrorOptions = {}): Promise<Table> {
  if (!fit.converged) return ofFit(fit);
  const scores = await scoresOf(fit);
  const { cluster = [], smallSample = false } = options;
  const by = [cluster].flat();
  const ways = by.length > 0 ? multiwayOf(fit, scores, by, smallSample) : null;
  const kinds: Record<string, number[]> = {
    hessian: errorsOf(fit.covariances.hessian),
    ...outerProduct(fit, scores),
    ...(fit.covariances.robust ? { robust: errorsOf(fit.covariances.robust) } : {}),
    ...byPersons(fit, scores, smallSample),
    ...(ways ? { [`by ${by.join(" and ")}`]: ways.errors } : {}),
    ...(options.bootstrap ? { bootstrap: await bootstrapped(fit, options) } : {}),
  };
  const estimate = fit.parameters.map((each) => each.estimate);
  const names = Object.keys(kinds);
  return Table.of(
    { parameter: fit.parameters.map(({ name }) => name), estimate, ...kinds },
    {
      title: "Standard errors side by side",
      notes: whichToQuote(fit, { kinds, by, smallSample, multiway: ways?.found ?? null, ...options }),
      formats: alike(["estimate", ...names], decimalsFor(estimate, Object.values(kinds).flat())),
    },
  );
}

const errorsOf = (covariance: Float64Array | undefined): number[] =>
  covariance ? [...rootDiagonal(covariance)] : [];

/** Over all parameters, from a matrix over those that move. */
const whole = ({ compiled: { program } }: Fit, { moving }: Scores, matrix: Float64Array): Float64Array =>
  spread(
    matrix,
    moving.map((k) => program.free[k]),
    program.parameters.length,
  );

/** Empty where there are no more units than parameters. */
function outerProduct(fit: Fit, scores: Scores): Record<string, number[]> {
  const size = scores.moving.length;
  const sum = meat(size);
  sum.addScores(scores.values);
  if (sum.units() <= size) return {};
  const found = inverse(sum.matrix());
  return found ? { "outer product": errorsOf(whole(fit, scores, found)) } : {};
}

/** By person, as the fit has it; with the small-sample factor only where that is asked for here. */
function byPersons(fit: Fit, scores: Scores, smallSample: boolean): Record<string, number[]> {
  if (!fit.covariances.cluster) return {};
  const persons = scores.persons;
  const sum = multiwayMeat(scores.values, scores.moving.length, [persons!], { smallSample });
  return { cluster: errorsOf(whole(fit, scores, sandwich(hessianOf(fit, scores), sum.matrix))) };
}

const hessianOf = ({ outcome }: Fit, { moving }: Scores): Float64Array => submatrix(outcome.hessian, moving);

function multiwayOf(
  fit: Fit,
  scores: Scores,
  by: readonly string[],
  smallSample: boolean,
): { errors: number[]; found: Multiway } {
  if (new Set(by).size < by.length) throw new Complaint("a cluster is named twice", { value: by.join(", ") });
  const ways = by.map((column) => clustersBy(fit, column));
  const found = multiwayMeat(scores.values, scores.moving.length, ways, { smallSample });
  return { errors: errorsOf(whole(fit, scores, sandwich(hessianOf(fit, scores), found.matrix))), found };
}

/** Standard deviations over the replicates. */
async function bootstrapped(fit: Fit, options: StandardErrorOptions): Promise<number[]> {
  const { points } = await bootstrap(fit, { replications: options.bootstrap, seed: options.seed ?? 1 });
  if (points.length < 2)
    throw new Complaint("a bootstrap needs two replicates or more", { value: points.length });
  return fit.parameters.map(({ fixed, atBound }, k) => {
    if (fixed || atBound !== null) return Number.NaN;
    const mean = points.reduce((sum, point) => sum + point[k], 0) / points.length;
    return Math.sqrt(points.reduce((sum, point) => sum + (point[k] - mean) ** 2, 0) / (points.length - 1));
  });
}
