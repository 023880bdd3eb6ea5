/**
 * Curves through points by nonlinear least squares, and the only door to ml-levenberg-marquardt. The package
 * steps; what it does not say is added here: whether it converged, the residual variance, the covariance.
 *
 * minimise Σ_i w_i (y_i − f(x_i; θ))²;  σ² = Σ_i w_i r_i² / (n − K);  Cov θ = σ² (Jᵀ W J)⁻¹.
 * Converged: the residuals stand at right angles to every column of the Jacobian.
 * Source: Marquardt (1963), SIAM Journal 11:431; Bates & Watts (1988), Nonlinear Regression, chapter 2.
 */
import { levenbergMarquardt } from "ml-levenberg-marquardt";
import { Complaint } from "../complaint/index.ts";
import { derivative } from "../math/differences.ts";
import { factor } from "../math/matrix.ts";
import { outerProducts } from "../math/outerProducts.ts";

export interface Curve {
  /** f(x; θ), or NaN where it is not defined. */
  readonly value: (parameters: readonly number[], x: number) => number;
  /** ∂f/∂θ; by differences where it is not given. */
  readonly gradient?: (parameters: readonly number[], x: number) => number[];
  readonly start: readonly number[];
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
}

export interface Points {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Each point's weight in the sum of squares. Default 1. */
  readonly weights?: ArrayLike<number>;
}

export interface CurveFit {
  readonly converged: boolean;
  readonly parameters: Float64Array;
  /** σ²; NaN with as many parameters as points. */
  readonly residualVariance: number;
  /** K × K; NaN throughout where the parameters are not separately identified. */
  readonly covariance: Float64Array;
  /** Largest cosine between the residuals and a column of the Jacobian. */
  readonly slope: number;
  readonly iterations: number;
}

/** @throws Complaint where there are fewer points than parameters, or a point or the curve at its start is not finite. */
export function fitCurve(curve: Curve, points: Points): CurveFit {
  check(curve, points);
  const scale = unitsAt(curve, curve.start, points);
  let parameters = [...curve.start];
  let iterations = 0;
  let slope = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20 && !(slope <= 1e-8); round++) {
    const free = cosines(curve, parameters, points).flatMap((cosine, k) => (cosine === null ? [] : [k]));
    if (free.length === 0) break;
    const found = improve(curve, points, parameters, scale, free);
    iterations += found.iterations;
    parameters = found.parameters;
    slope = Math.max(0, ...cosines(curve, parameters, points).map((cosine) => cosine ?? 0));
  }
  return { converged: slope <= 1e-6, slope, iterations, ...spreadAt(curve, parameters, points) };
}

/**
 * A run of the package over the free parameters (it clips a step at bounds but does not solve it again), in
 * units in which the columns of the Jacobian have length 1.
 */
function improve(
  curve: Curve,
  { x, y, weights }: Points,
  from: readonly number[],
  scale: readonly number[],
  free: readonly number[],
): { parameters: number[]; iterations: number } {
  const own = (scaled: readonly number[]): number[] =>
    free.reduce((all, k, i) => all.with(k, scaled[i] * scale[k]), [...from]);
  const units = (bounds: readonly number[] | undefined, none: number): number[] =>
    free.map((k) => (bounds?.[k] ?? none) / scale[k]);
  const found = levenbergMarquardt({ x, y }, (scaled) => (at) => curve.value(own(scaled), at), {
    initialValues: units(from, 0),
    minValues: units(curve.lower, Number.NEGATIVE_INFINITY),
    maxValues: units(curve.upper, Number.POSITIVE_INFINITY),
    weights: weights ? Array.from(weights, Math.sqrt) : 1,
    errorTolerance: 0,
    maxIterations: 50,
    jacobianFunction: (scaled) => (at) => {
      const slopes = gradientOf(curve, own(scaled), at);
      return free.map((k) => slopes[k] * scale[k]);
    },
  });
  return { parameters: own(found.parameterValues), iterations: found.iterations };
}

function gradientOf(curve: Curve, parameters: readonly number[], x: number): number[] {
  if (curve.gradient) return curve.gradient(parameters, x);
  return parameters.map((value, k) =>
    derivative((moved) => curve.value(parameters.with(k, moved), x), value, 1e-3 * (Math.abs(value) || 1)),
  );
}

/** Rows √w ∂f/∂θ and residuals √w (y − f). */
function linearised(curve: Curve, parameters: readonly number[], { x, y, weights }: Points) {
  return Array.from(x, (at, i) => {
    const root = Math.sqrt(weights?.[i] ?? 1);
    const row = Float64Array.from(gradientOf(curve, parameters, at), (d) => d * root);
    return { row, residual: root * (y[i] - curve.value(parameters, at)) };
  });
}

const unitsAt = (curve: Curve, parameters: readonly number[], points: Points): number[] => {
  const rows = linearised(curve, parameters, points);
  return parameters.map((_, k) => 1 / (Math.hypot(...rows.map(({ row }) => row[k])) || 1));
};

/** Of the angle between the residuals and each column of the Jacobian; null at a bound they push against, 1 where it is empty. */
function cosines(curve: Curve, parameters: readonly number[], points: Points): (number | null)[] {
  const rows = linearised(curve, parameters, points);
  const left = Math.hypot(...rows.map(({ residual }) => residual));
  const isExact = left <= 1e-13 * Math.hypot(...Array.from(points.y));
  return parameters.map((value, k) => {
    const along = rows.reduce((sum, { row, residual }) => sum + row[k] * residual, 0);
    if (held(curve, k, value, along)) return null;
    const size = Math.hypot(...rows.map(({ row }) => row[k]));
    if (size === 0) return 1;
    return isExact ? 0 : Math.abs(along) / (left * size);
  });
}

/** At a bound that the residuals push against. */
const held = ({ lower, upper }: Curve, k: number, value: number, along: number): boolean =>
  (value <= (lower?.[k] ?? Number.NEGATIVE_INFINITY) && along <= 0) ||
  (value >= (upper?.[k] ?? Number.POSITIVE_INFINITY) && along >= 0);

function spreadAt(curve: Curve, parameters: readonly number[], points: Points) {
  const rows = linearised(curve, parameters, points);
  const size = parameters.length;
  const squares = rows.reduce((sum, { residual }) => sum + residual ** 2, 0);
  const residualVariance = rows.length > size ? squares / (rows.length - size) : Number.NaN;
  const information = outerProducts(size);
  for (const { row } of rows) information.add(row);
  const solved = factor(information.matrix());
  const known = solved && solved.pivot > 1e-12;
  const bread = known ? solved.inverse() : new Float64Array(size * size).fill(Number.NaN);
  return {
    parameters: Float64Array.from(parameters),
    residualVariance,
    covariance: bread.map((value) => value * residualVariance),
  };
}

function check(curve: Curve, { x, y, weights }: Points): void {
  const { start } = curve;
  const all = [...Array.from(x), ...Array.from(y), ...Array.from(weights ?? [])];
  const bad = all.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new Complaint("a point of the curve is not a finite number", { value: bad });
  const rule = "a curve needs at least two points and at least as many as parameters";
  if (x.length < Math.max(2, start.length))
    throw new Complaint(`there are ${x.length} points for ${start.length} parameters`, { rule });
  if (x.length !== y.length) throw new Complaint(`there are ${x.length} x for ${y.length} y`);
  const lost = Array.from(x).find((at) => !Number.isFinite(curve.value(start, at)));
  if (lost !== undefined)
    throw new Complaint("the curve is not defined at its starting values", { where: `x = ${lost}` });
}
