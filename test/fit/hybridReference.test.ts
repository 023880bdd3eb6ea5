/**
 * The simulated commuters against a program of its own in another language: numpy, 24 Gauss–Hermite nodes, every formula
 * written out, climbed by scipy's BFGS with gradients by differences; standard errors from a Hessian by differences.
 */
import { expect, test } from "vitest";
import study from "../../datasets/attitudes.json" with { type: "json" };
import { fit, type ModelSpec } from "../../src/fit/index.ts";
import { dataset } from "../../src/node.ts";
import { gaussHermite } from "../../src/spec/index.ts";

/** Estimate and Hessian standard error. */
const reference: Readonly<Record<string, readonly [number, number]>> = {
  asc_bus: [-0.8000738, 0.102159],
  asc_train: [-0.3445884, 0.079539],
  b_time: [-2.369496, 0.150997],
  b_cost: [-0.2104806, 0.018862],
  lambda_green: [0.6507173, 0.064539],
  gamma_green_female: [0.6210053, 0.123464],
  gamma_green_decades: [-0.2395587, 0.047462],
  loading_green_concern: [1.4269009, 0.171547],
  threshold_concern_1: [-3.0804434, 0.266529],
  threshold_concern_2: [-1.3233203, 0.18089],
  threshold_concern_3: [0.3524601, 0.165906],
  threshold_concern_4: [1.8876306, 0.208721],
  loading_green_freedom: [-1.2708016, 0.154868],
  loading_green_tax: [1.048035, 0.133905],
  loading_green_offset: [6.1536061, 0.507118],
  constant_offset: [15.4208163, 0.637925],
  sigma_offset: [7.558657, 0.382248],
};

test("a hybrid choice model has the maximum and the standard errors of an independent program", async () => {
  const { kernel, ...specification } = study.model;
  const model: ModelSpec = { kernel, specification: { ...specification, draws: gaussHermite(24) } };
  const found = await fit(model, await dataset("attitudes"), { covariance: "hessian" });
  expect(Math.abs(found.logLikelihood + 4914.749109553)).toBeLessThan(1e-6);
  for (const [name, [estimate, error]] of Object.entries(reference)) {
    const own = found.parameters.find((each) => each.name === name)!;
    expect(Math.abs(own.estimate - estimate), name).toBeLessThan(1e-6 * Math.max(1, Math.abs(estimate)));
    expect(Math.abs(own.standardError - error), name).toBeLessThan(3e-6);
  }
});
