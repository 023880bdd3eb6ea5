/**
 * Every covariance that the data allow: inverse Hessian, sandwich by situation (by person in a mixture, where a
 * person's situations share draws or class), sandwich by person.
 */
import type { Prepared } from "../backends/index.ts";
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { hessianCovariance, meat, sandwich, spread } from "../inference/index.ts";
import { submatrix } from "../math/matrix.ts";
import type { Outcome } from "../optimise/index.ts";
import { type Compiled, isByPerson } from "../program/index.ts";
import type { CovarianceKind } from "./result.ts";

export interface Estimated {
  readonly compiled: Compiled;
  readonly prepared: Prepared;
  readonly data: ChoiceData;
  readonly outcome: Outcome;
  readonly estimates: Float64Array;
}

export interface CovarianceOptions {
  readonly covariance?: CovarianceKind;
  readonly smallSample?: boolean;
}

export interface Covariances {
  readonly covariances: Readonly<Partial<Record<CovarianceKind, Float64Array>>>;
  readonly warnings: readonly string[];
}

/**
 * Over all parameters, with NaN for those fixed or held at a bound. One that cannot be had is left out with
 * a warning, unless it is the one asked for: then it is a Complaint.
 */
export async function covariancesOf(found: Estimated, options: CovarianceOptions): Promise<Covariances> {
  const { program } = found.compiled;
  const moving = program.free.flatMap((_, k) => (found.outcome.atBound[k] === null ? [k] : []));
  const hessian = submatrix(found.outcome.hessian, moving);
  const whole = (matrix: Float64Array): Float64Array =>
    spread(
      matrix,
      moving.map((k) => program.free[k]),
      program.parameters.length,
    );
  const covariances: Partial<Record<CovarianceKind, Float64Array>> = {
    hessian: whole(hessianCovariance(hessian)),
  };
  const warnings: string[] = [];
  const sums = await scoreSums(found, moving);
  for (const kind of ["robust", "cluster"] as const) {
    const sum = sums[kind];
    if (!sum) continue;
    try {
      const smallSample = kind === "cluster" && (options.smallSample ?? false);
      covariances[kind] = whole(sandwich(hessian, sum.matrix({ smallSample })));
    } catch (error) {
      if (!(error instanceof Complaint) || options.covariance === kind) throw error;
      warnings.push(`no ${kind} standard errors: ${error.what}`);
    }
  }
  return { covariances, warnings };
}

/** The terms of the likelihood are situations, or persons in a mixture: then both sums are by person. */
async function scoreSums({ compiled, prepared, data, estimates }: Estimated, moving: readonly number[]) {
  const robust = meat(moving.length);
  const cluster = data.person ? meat(moving.length) : null;
  const byPerson = isByPerson(compiled.program);
  if (!cluster && !byPerson && prepared.scoreProducts) {
    robust.addProducts(submatrix(await prepared.scoreProducts(estimates), moving), data.situations);
    return { robust, cluster };
  }
  await prepared.scores(estimates, ({ from, terms, scores }) => {
    const columns = moving.map((k) => scores[k]);
    robust.addColumns(columns);
    const person = byPerson
      ? Int32Array.from({ length: terms }, (_, s) => from + s)
      : data.person?.subarray(from, from + terms);
    cluster?.addColumns(columns, person);
  });
  return { robust, cluster };
}
