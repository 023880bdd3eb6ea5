import { expect, it } from "vitest";
import { derivative, gradientByDifferences, hessianByDifferences } from "../../src/math/differences.ts";

const f = ([x, y]: Float64Array): number => Math.exp(x) * Math.sin(y) + x * y * y;
const gradient = ([x, y]: Float64Array): Float64Array =>
  Float64Array.of(Math.exp(x) * Math.sin(y) + y * y, Math.exp(x) * Math.cos(y) + 2 * x * y);
const point = Float64Array.of(0.7, -1.3);

it("finds the slope of the exponential function to ten digits", () =>
  expect(derivative(Math.exp, 1, 0.1)).toBeCloseTo(Math.E, 10));

it("finds gradients to ten digits", () =>
  gradientByDifferences(f, point).forEach((slope, k) => {
    expect(slope).toBeCloseTo(gradient(point)[k], 10);
  }));

it("finds Hessians from gradients to nine digits", () => {
  const [x, y] = point;
  const cross = Math.exp(x) * Math.cos(y) + 2 * y;
  const wanted = [Math.exp(x) * Math.sin(y), cross, cross, -Math.exp(x) * Math.sin(y) + 2 * x];
  hessianByDifferences(gradient, point).forEach((value, at) => {
    expect(value).toBeCloseTo(wanted[at], 9);
  });
});

it("notices a gradient that is wrong in the sixth digit", () => {
  const wrong = gradient(point)[0] * (1 + 1e-6);
  expect(Math.abs(gradientByDifferences(f, point)[0] - wrong)).toBeGreaterThan(1e-7);
});
