import { describe, expect, it } from "vitest";
import { type Curve, fitCurve } from "../../src/optimise/leastSquares.ts";
import { uniform } from "./simulate.ts";

const line: Curve = { value: ([a, b], x) => a + b * x, gradient: (_, x) => [1, x], start: [0, 0] };
const decay: Curve = { value: ([a, b], x) => a * Math.exp(-b * x), start: [1, 0.1] };

describe("a curve through points", () => {
  it("that are on a line is that line, with the textbook's covariance", () => {
    // y = 1, 3, 2, 5 at x = 0, 1, 2, 3: slope 1.1, intercept 1.1, residual sum of squares 2.7 by hand.
    const found = fitCurve(line, { x: [0, 1, 2, 3], y: [1, 3, 2, 5] });
    expect(found.converged).toBe(true);
    expect(found.parameters[0]).toBeCloseTo(1.1, 8);
    expect(found.parameters[1]).toBeCloseTo(1.1, 8);
    expect(found.residualVariance).toBeCloseTo(2.7 / 2, 8);
    expect(found.covariance[3]).toBeCloseTo(2.7 / 2 / 5, 8);
    expect(found.covariance[0]).toBeCloseTo((2.7 / 2) * (1 / 4 + 1.5 ** 2 / 5), 8);
  });

  it("finds parameters whose units differ by ten orders of magnitude", () => {
    const next = uniform(5);
    const x = Array.from({ length: 40 }, (_, i) => i * 1e4);
    const y = x.map((at) => 3e5 * Math.exp(-2e-5 * at) * (1 + 0.01 * (next() - 0.5)));
    const found = fitCurve({ ...decay, start: [1e5, 1e-5] }, { x, y });
    expect(found.converged).toBe(true);
    expect(found.parameters[0] / 3e5).toBeCloseTo(1, 2);
    expect(found.parameters[1] / 2e-5).toBeCloseTo(1, 2);
  });

  it("weights a point twice as if it were there twice", () => {
    const twice = fitCurve(line, { x: [0, 1, 2, 3, 3], y: [1, 3, 2, 5, 5] });
    const weighted = fitCurve(line, { x: [0, 1, 2, 3], y: [1, 3, 2, 5], weights: [1, 1, 1, 2] });
    expect(weighted.parameters[0]).toBeCloseTo(twice.parameters[0], 8);
    expect(weighted.parameters[1]).toBeCloseTo(twice.parameters[1], 8);
  });

  it("stays within bounds", () => {
    const found = fitCurve({ ...line, upper: [10, 0.5] }, { x: [0, 1, 2, 3], y: [1, 3, 2, 5] });
    expect(found.parameters[1]).toBe(0.5);
    expect(found.parameters[0]).toBeCloseTo(2.75 - 0.75, 7);
    expect(found.converged).toBe(true);
  });

  it("says so when the best parameters are infinitely far away", () => {
    const shares: Curve = { value: ([a]) => 1 / (1 + Math.exp(-a)), start: [0] };
    const found = fitCurve(shares, { x: [1, 2, 3], y: [2, 2, 2] });
    expect(found.converged).toBe(false);
  });

  it("has no covariance where parameters do the same", () => {
    const twin: Curve = { value: ([a, b], x) => (a + b) * x, start: [1, 1] };
    const found = fitCurve(twin, { x: [1, 2, 3], y: [2, 4, 7] });
    for (const value of found.covariance) expect(value).toBeNaN();
  });

  it("complains of too few points and of points that are not numbers", () => {
    expect(() => fitCurve(line, { x: [1], y: [1] })).toThrow("there are 1 points for 2 parameters");
    expect(() => fitCurve(line, { x: [1, Number.NaN, 2], y: [1, 2, 3] })).toThrow("not a finite number");
    const root: Curve = { value: ([a], x) => Math.sqrt(a * x), start: [1] };
    expect(() => fitCurve(root, { x: [1, -1], y: [1, 2] })).toThrow("not defined at its starting values");
  });
});
