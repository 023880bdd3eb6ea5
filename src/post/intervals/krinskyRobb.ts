/**
 * Parameters drawn from N(estimates, covariance): what is computed at each draw has the distribution that
 * sampling error gives it, without linearising. Source: Krinsky & Robb (1986), Review of Economics and
 * Statistics 68:715.
 */
import { Complaint } from "../../complaint/index.ts";
import type { Fit } from "../../fit/index.ts";
import { eigen, submatrix } from "../../math/matrix.ts";
import { random } from "../../math/random.ts";
import type { ParameterDraws } from "./parameterDraws.ts";

export interface KrinskyRobbOptions {
  /** Default 1000. */
  readonly draws?: number;
  readonly seed?: number;
}

/** Parameters that are fixed or at a bound stay where they are. Throws a Complaint where there is no covariance. */
export function krinskyRobb(fit: Fit, { draws = 1000, seed = 1 }: KrinskyRobbOptions = {}): ParameterDraws {
  const size = fit.parameters.length;
  const { matrix, kind } = fit.covariance;
  const moving = fit.parameters.flatMap((_, i) => (Number.isFinite(matrix[i * size + i]) ? [i] : []));
  if (!fit.converged || moving.length === 0) {
    throw new Complaint("there is no covariance to draw parameters from", {
      where: fit.message,
      help: fit.advice,
    });
  }
  const { values, vectors } = eigen(submatrix(matrix, moving));
  const root = values.map((value) => Math.sqrt(Math.max(0, value)));
  const { normal } = random(seed);
  const points = Array.from({ length: draws }, () => {
    const steps = root.map((length) => length * normal());
    const point = fit.estimates.slice();
    moving.forEach((index, i) => {
      steps.forEach((step, d) => {
        point[index] += vectors[d][i] * step;
      });
    });
    return point;
  });
  return { words: `${draws} Krinsky–Robb draws from the ${kind} covariance, seed ${seed}`, points };
}
