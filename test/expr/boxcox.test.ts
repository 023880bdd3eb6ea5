import { describe, expect, it } from "vitest";
import { type Expr, evaluator, gradient, nameLeaf, num, parse, push } from "../../src/expr/index.ts";
import { double, exp, fixed, log, one, over, times } from "../precise.ts";

const leaves = [nameLeaf("x"), nameLeaf("l")];
const at = (roots: readonly Expr[]) => (x: number, l: number) =>
  evaluator(roots)((leaf) => (leaf === leaves[0] ? x : l));
const [inX, inL] = [0, 1];

/** φ(z) = (e^z − 1)/z and its first two derivatives, by their series Σ z^k / (k! (k + 1 + d)). */
function phi(z: bigint, derivatives: bigint): bigint {
  let [power, sum] = [one, 0n];
  for (let k = 0n; power !== 0n && power !== -1n; k++) {
    sum += power / (k + 1n + derivatives);
    power = times(power, z) / (k + 1n);
  }
  return sum;
}

/** (x^λ − 1)/λ, its slopes in x and λ, and the second derivatives xx, xλ, λλ. */
function exact(x: number, l: number): number[] {
  const [big, lambda] = [fixed(x), fixed(l)];
  const logarithm = log(big);
  const z = times(lambda, logarithm);
  const power = exp(times(lambda - one, logarithm));
  const squared = times(logarithm, logarithm);
  return [
    times(logarithm, phi(z, 0n)),
    power,
    times(squared, phi(z, 1n)),
    times(over(lambda - one, big), power),
    times(logarithm, power),
    times(times(logarithm, squared), phi(z, 2n)),
  ].map(double);
}

/**
 * What rounding is relative to: the value itself, but for slopes in x the terms that cancel in them. With
 * L = ln x, x^λ is 1 + λ L φ(λL), so near 0 and far out little is left of (φ + λ L φ')/x.
 */
function sizesOf(x: number, [value, slope, inLambda, , cross, curved]: readonly number[]): number[] {
  const logarithm = Math.abs(Math.log(x));
  const [phi0, phi1] = [Math.abs(value), Math.abs(inLambda) / logarithm].map((each) => each / logarithm);
  const first = Math.max(slope, phi0 / x, 1e-300);
  return [value, first, inLambda, first / x, Math.max(cross, (phi1 * logarithm) / x), curved].map(Math.abs);
}

/** The same of the toolkit; `cross` takes both mixed derivatives. */
const root = parse("boxcox(x, l)");
const slopes = gradient(root, leaves);
const second = slopes.map((slope) => gradient(slope, leaves));
const forward = push(slopes, new Map([[leaves[inL], num(1)]]));
const graphs = [root, ...slopes, second[inX][inX], second[inX][inL], second[inL][inL]];
const mixed = [second[inL][inX], forward[inX]];

const lambdas = [
  0, 1e-300, 1e-17, -1e-12, 1e-8, -1e-5, 1e-3, 0.05, 0.1, -0.2, 0.25, 0.33, 0.5, 0.9, 1, -1, 1.7, 2, -3,
];
const values = [1e-6, 0.01, 0.3, 0.999, 1 + 1e-12, 1.5, Math.E, 7, 12.5, 148.4, 1e3, 2.5e6];

describe("boxcox(x, λ), against numbers to 90 digits", () => {
  it.each(lambdas)("λ = %f: value, slopes and second derivatives", (l) => {
    for (const x of values) {
      const wanted = exact(x, l);
      const found = at(graphs)(x, l);
      const sizes = sizesOf(x, wanted);
      for (const [i, value] of wanted.entries())
        expect(Math.abs(found[i] - value), `order ${i} at x = ${x}`).toBeLessThanOrEqual(4e-13 * sizes[i]);
      for (const value of at(mixed)(x, l))
        expect(Math.abs(value - wanted[4])).toBeLessThanOrEqual(4e-13 * sizes[4]);
    }
  });

  it("is smooth where the series hands over to the formula", () => {
    const step = 2 ** -52;
    const edge = 0.5 / Math.log(7);
    const [below, above] = [at(graphs)(7, edge * (1 - step)), at(graphs)(7, edge * (1 + step))];
    for (const i of below.keys())
      expect(Math.abs(below[i] - above[i])).toBeLessThan(1e-13 * Math.abs(above[i]));
  });

  it("is the logarithm at λ = 0, and the number less one at λ = 1", () => {
    expect(at([root])(7, 0)[0]).toBe(Math.log(7));
    expect(at([root])(7, 1)[0]).toBeCloseTo(6, 14);
  });
});
