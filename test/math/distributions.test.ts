import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquareUpper, normalLower, normalUpper, twoSided } from "../../src/math/distributions.ts";
import { gammaTails, logGamma } from "../../src/math/gamma.ts";
import { normalQuantile } from "../../src/math/normalQuantile.ts";
import { normalQuantiles } from "../../src/math/quantileTable.ts";

const close = (found: number, wanted: number, relative: number): void => {
  expect(Math.abs(found - wanted), `${found}, not ${wanted}`).toBeLessThanOrEqual(
    relative * Math.abs(wanted),
  );
};

// Wanted values: 40-digit arithmetic, mpmath 1.3.0 (erfc, gammainc, findroot), except where a table is named.

describe("the normal law", () => {
  it.each([
    [-3, 0.998650101968369905],
    [0, 0.5],
    [0.5, 0.308537538725986896],
    [1.96, 0.0249978951482204341],
    [5, 2.86651571879193912e-7],
    [10, 7.61985302416052607e-24],
    [20, 2.7536241186062337e-89],
    [37, 5.72557122252457682e-300],
  ])("is above %s with the exact probability, far in the tail too", (z, wanted) => {
    close(normalUpper(z), wanted, 5e-14);
    close(normalLower(-z), wanted, 5e-14);
  });

  it("is outside ±1.959963984540054 with probability one in twenty", () => {
    close(twoSided(1.959963984540054), 0.05, 1e-14);
    close(twoSided(-1.959963984540054), 0.05, 1e-14);
  });

  it.each([
    [1e-300, -37.0470962993611992],
    [1e-100, -21.2734535609653243],
    [1e-10, -6.3613409024040562],
    [0.001, -3.09023230616781354],
    [0.05, -1.64485362695147271],
    [0.3, -0.524400512708040784],
    [0.6, 0.253347103135799799],
    [0.975, 1.95996398454005424],
  ])("has %s below the exact quantile", (p, wanted) => close(normalQuantile(p), wanted, 1e-15));

  it("has quantiles that lead back to their probability", () => {
    fc.assert(
      fc.property(fc.double({ min: -290, max: -1e-9, noNaN: true }), (exponent) => {
        const p = 10 ** exponent;
        close(normalLower(normalQuantile(p)), p, 1e-12);
      }),
    );
  });

  it("has no quantile of what is not a probability, and infinite ones at 0 and 1", () => {
    expect(normalQuantile(-0.1)).toBeNaN();
    expect(normalQuantile(1.1)).toBeNaN();
    expect(normalQuantile(Number.NaN)).toBeNaN();
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  });

  it("has quantiles by table that are those of the formula to 15 digits", () => {
    const edges = [0, 1, 0.075, 0.925, 0.5, Number.NaN, -0.1, 1.1, 1e-300, 2 ** -53, 1 - 2 ** -53];
    const beside = [0.5 - 2 ** -54, 0.5 + 2 ** -53, 0.5 - 1e-9, 0.003921, 0.003922, 0.99607, 0.99608];
    const even = fc.integer({ min: 1, max: 2 ** 30 - 1 }).map((n) => n / 2 ** 30);
    const any = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(even, { minLength: 1000, maxLength: 1000 }), fc.array(any), (some, more) => {
        const all = Float64Array.of(...some, ...more, ...edges, ...beside);
        const each = all.map(normalQuantile);
        normalQuantiles(all);
        const off = all.findIndex((z, i) => !(Object.is(z, each[i]) || Math.abs(z / each[i] - 1) <= 1.5e-15));
        expect(off).toBe(-1);
      }),
    );
  });

  it.each([
    [0.05, -1.64485362695147271],
    [0.3, -0.524400512708040784],
    [0.6, 0.253347103135799799],
    [0.975, 1.95996398454005424],
  ])("has %s below the exact quantile by table too", (p, wanted) => {
    const one = Float64Array.of(p);
    normalQuantiles(one);
    close(one[0], wanted, 1e-15);
  });

  it("says NaN of NaN rather than a probability", () => {
    expect(normalUpper(Number.NaN)).toBeNaN();
    expect(chiSquareUpper(Number.NaN, 1)).toBeNaN();
    expect(chiSquareUpper(1, Number.NaN)).toBeNaN();
  });
});

describe("the chi-square law", () => {
  it.each([
    [0.001, 1, 0.974772879369960389],
    [100, 1, 1.52397060483210521e-23],
    [1000, 3, 1.79942087653144766e-216],
    [50, 100, 0.999993046694752384],
    [124.342, 100, 0.0500007157699717601],
    [400, 200, 1.84389364971157415e-15],
    [1e-8, 2, 0.999999995000000012],
    [5, 0.5, 0.00921374847954003271],
  ])("is above %s with %s degrees of freedom with the exact probability", (x, degrees, wanted) =>
    close(chiSquareUpper(x, degrees), wanted, 1e-13),
  );

  // Abramowitz & Stegun, Handbook of Mathematical Functions, table 26.8.
  it.each([
    [3.84146, 1],
    [5.99146, 2],
    [18.307, 10],
    [43.773, 30],
  ])("exceeds the tabulated %s with %s degrees of freedom one time in twenty", (x, degrees) =>
    close(chiSquareUpper(x, degrees), 0.05, 2e-5),
  );

  it("with two degrees of freedom is the exponential law", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1400, noNaN: true }), (x) =>
        close(chiSquareUpper(x, 2), Math.exp(-x / 2), 2e-13),
      ),
    );
  });

  it("is certain to be above a negative number", () => expect(chiSquareUpper(-1, 3)).toBe(1));
});

describe("the gamma function", () => {
  it("counts arrangements", () => {
    let log = 0;
    for (let n = 1; n <= 170; n++) {
      expect(Math.abs(logGamma(n + 1) - (log += Math.log(n)))).toBeLessThan(1e-12 * Math.max(1, log));
    }
  });

  it("has tails that sum to one", () => {
    const positive = fc.double({ min: 1e-3, max: 500, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (a, x) => {
        const { lower, upper } = gammaTails(a, x);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeGreaterThanOrEqual(0);
        expect(lower + upper).toBeCloseTo(1, 14);
      }),
    );
  });
});
