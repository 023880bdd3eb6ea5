import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hessianCovariance, sandwich, spread, standardErrors } from "../../src/inference/covariance.ts";
import { delta, deltaCovariance } from "../../src/inference/deltaMethod.ts";
import { type FiellerSet, fieller, type Ratio } from "../../src/inference/fieller.ts";
import { aic, bic, likelihoodRatio, rhoSquared } from "../../src/inference/fitStatistics.ts";
import { meat } from "../../src/inference/meat.ts";
import { jointWald, wald } from "../../src/inference/wald.ts";

const scores = Float64Array.of(1, 2, -1, 0, 0.5, -2, 2, 1, -2.5, -1);

describe("the sandwich", () => {
  it("sums the outer products of rows", () => {
    const sum = meat(2);
    sum.addScores(scores.subarray(0, 4));
    sum.addScores(scores.subarray(4));
    expect([...sum.matrix()]).toEqual([1 + 1 + 0.25 + 4 + 6.25, 5.5, 5.5, 4 + 0 + 4 + 1 + 1]);
    expect(sum.units()).toBe(5);
  });

  it("is the same by cluster when every row is its own cluster", () => {
    const [rows, clusters] = [meat(2), meat(2)];
    rows.addScores(scores);
    clusters.addScores(scores, Int32Array.of(7, 3, 4, 100, 0));
    expect([...clusters.matrix()]).toEqual([...rows.matrix()]);
  });

  it("sums a person's rows before squaring, in whichever block they come", () => {
    const sum = meat(2);
    sum.addScores(scores.subarray(0, 6), Int32Array.of(0, 1, 2));
    sum.addScores(scores.subarray(6), Int32Array.of(0, 1));
    const persons = meat(2);
    persons.addScores(Float64Array.of(3, 3, -3.5, -1, 0.5, -2));
    expect([...sum.matrix()]).toEqual([...persons.matrix()]);
    expect(sum.units()).toBe(3);
  });

  it("takes scores row by row or column by column, for any number of parameters, with clusters and without", () => {
    const block = fc.integer({ min: 1, max: 11 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        rows: fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size }), {
          minLength: 12,
          maxLength: 20,
        }),
      }),
    );
    fc.assert(
      fc.property(block, fc.boolean(), ({ size, rows }, clustered) => {
        const [byRow, byColumn] = [meat(size), meat(size)];
        const cluster = clustered ? Int32Array.from(rows, (_, i) => (i * 7) % 12) : undefined;
        byRow.addScores(Float64Array.from(rows.flat()), cluster);
        const columns = Array.from({ length: size }, (_, k) => Float64Array.from(rows, (row) => row[k]));
        byColumn.addColumns(columns, cluster);
        const sums = new Map<number, number[]>();
        for (const [i, row] of rows.entries()) {
          const unit = cluster ? cluster[i] : i;
          sums.set(
            unit,
            row.map((score, k) => score + (sums.get(unit)?.[k] ?? 0)),
          );
        }
        const plain = Array.from({ length: size * size }, (_, at) =>
          [...sums.values()].reduce((sum, row) => sum + row[Math.floor(at / size)] * row[at % size], 0),
        );
        expect([...byColumn.matrix()]).toEqual(plain);
        expect([...byRow.matrix()]).toEqual(plain);
        expect(byColumn.units()).toBe(sums.size);
      }),
    );
  });

  it("takes three copies of a person as that person with weight three", () => {
    const [copies, weighted] = [meat(2), meat(2)];
    copies.addScores(Float64Array.of(1, 2, 1, 2, 1, 2, 4, 1, -3, 3), Int32Array.of(0, 0, 0, 1, 2));
    weighted.addScores(Float64Array.of(3, 6, 4, 1, -3, 3), Int32Array.of(0, 1, 2));
    expect([...copies.matrix()]).toEqual([...weighted.matrix()]);
  });

  it("multiplies by G / (G − 1) only where asked", () => {
    const sum = meat(2);
    sum.addScores(scores);
    sum.matrix({ smallSample: true }).forEach((value, at) => {
      expect(value).toBeCloseTo((sum.matrix()[at] * 5) / 4, 12);
    });
  });

  it("refuses as many parameters as people", () => {
    const sum = meat(2);
    sum.addScores(scores, Int32Array.of(0, 1, 0, 1, 0));
    expect(() => sum.matrix()).toThrow("there are 2 clusters for 2 parameters");
  });

  it("is the Hessian's covariance where the scores vary as the Hessian says", () => {
    const hessian = Float64Array.of(-4, -1, -1, -3);
    const found = sandwich(
      hessian,
      hessian.map((value) => -value),
    );
    hessianCovariance(hessian).forEach((value, at) => {
      expect(found[at]).toBeCloseTo(value, 14);
    });
  });

  it("has no standard errors where the point is not a maximum", () =>
    expect(() => hessianCovariance(Float64Array.of(-1, 0, 0, 1))).toThrow("there are no standard errors"));

  it("has none for parameters that did not move", () => {
    const whole = spread(Float64Array.of(4, 1, 1, 9), [0, 2], 3);
    expect([...standardErrors(whole)]).toEqual([2, Number.NaN, 3]);
  });
});

describe("Wald's test", () => {
  it("says of 1.96 standard errors what tables say", () => {
    const found = wald(1.5, 0.25, 1);
    expect(found.z).toBe(2);
    expect(found.p).toBeCloseTo(0.0455002638963584, 14);
    expect(found.lower).toBeCloseTo(1.5 - 0.25 * 1.95996398454005, 13);
    expect(found.upper).toBeCloseTo(1.5 + 0.25 * 1.95996398454005, 13);
  });

  it("of a parameter without a standard error gives no number", () => {
    const { z, p, lower, upper } = wald(1, Number.NaN);
    for (const value of [z, p, lower, upper]) expect(value).toBeNaN();
  });

  it("of one parameter alone is the square of its z", () => {
    const joint = jointWald(Float64Array.of(3), Float64Array.of(4));
    expect(joint.statistic).toBeCloseTo(2.25, 14);
    expect(joint.p).toBeCloseTo(wald(3, 2).p, 14);
  });

  it("of several does not depend on their units", () => {
    const distance = Float64Array.of(1, 2);
    const covariance = Float64Array.of(2, 0.5, 0.5, 1);
    const plain = jointWald(distance, covariance).statistic;
    const dollars = jointWald(Float64Array.of(1e-5, 2), Float64Array.of(2e-10, 0.5e-5, 0.5e-5, 1)).statistic;
    expect(dollars).toBeCloseTo(plain, 12);
  });
});

describe("the delta method", () => {
  it("gives the published value of time in Swissmetro with its Hessian standard error", () => {
    // ../shared/reference/README.md: 70.74 CHF an hour, 4.17; covariance of logit_swissmetro4.json.
    const [time, cost] = [-1.2778602549023743, -1.0837906514861249];
    const covariance = Float64Array.of(
      0.0032357149689540097,
      0.0005499012609971458,
      0.0005499012609971458,
      0.0026863687705527294,
    );
    const found = delta((60 * time) / cost, Float64Array.of(60 / cost, (-60 * time) / cost ** 2), covariance);
    expect(found.estimate).toBeCloseTo(70.74, 2);
    expect(found.standardError).toBeCloseTo(4.17, 2);
  });

  it("of a linear function is exact", () => {
    const found = delta(1, Float64Array.of(1, -2), Float64Array.of(4, 1, 1, 9));
    expect(found.standardError ** 2).toBeCloseTo(4 - 4 + 36, 12);
  });

  it("does not ask for the variance of a parameter that plays no part", () => {
    const covariance = Float64Array.of(4, Number.NaN, Number.NaN, Number.NaN);
    expect(delta(1, Float64Array.of(3, 0), covariance).standardError).toBe(6);
    expect(delta(1, Float64Array.of(3, 1), covariance).standardError).toBeNaN();
    const both = deltaCovariance(Float64Array.of(3, 0, 3, 1), covariance);
    expect([...both]).toEqual([36, Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe("Fieller's set", () => {
  const ratio = (numerator: number, denominator: number, covariance = 0): Ratio => ({
    numerator,
    denominator,
    numeratorVariance: 1,
    denominatorVariance: 1,
    covariance,
  });
  const contains = (set: FiellerSet, value: number): boolean => {
    if (set.kind === "interval") return value >= set.lower && value <= set.upper;
    return set.kind === "everything" || value <= set.below || value >= set.above;
  };

  it("is an interval where the denominator is clear, not symmetric about the ratio", () => {
    const set = fieller(ratio(10, 5));
    expect(set.kind).toBe("interval");
    if (set.kind !== "interval") return;
    expect(set.upper - 2).toBeGreaterThan(2 - set.lower);
  });

  it("leaves out only a gap where the denominator may be zero", () => {
    const set = fieller(ratio(10, 1));
    expect(set.kind).toBe("outside");
    expect(set.words).toContain("may be zero");
  });

  it("is everything where nothing is clear", () => expect(fieller(ratio(1, 1)).kind).toBe("everything"));

  it("holds exactly those ratios that Wald's test of a − ρ b does not reject", () => {
    const number = fc.double({ min: -8, max: 8, noNaN: true });
    const share = fc.double({ min: -0.9, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(number, number, share, number, (a, b, covariance, rho) => {
        const variance = 1 - 2 * rho * covariance + rho * rho;
        const distance = Math.abs(a - rho * b) / Math.sqrt(variance) - 1.959963984540054;
        if (Math.abs(distance) < 1e-9) return;
        expect(contains(fieller(ratio(a, b, covariance)), rho)).toBe(distance < 0);
      }),
      { numRuns: 2000 },
    );
  });

  it("nears the delta method's interval as the denominator becomes clear", () => {
    const sharp = { ...ratio(2, 1), numeratorVariance: 1e-10, denominatorVariance: 1e-10 };
    const set = fieller(sharp);
    const error = Math.sqrt(1e-10 + 4e-10) * 1.959963984540054;
    expect(set.kind).toBe("interval");
    if (set.kind !== "interval") return;
    expect(set.lower).toBeCloseTo(2 - error, 8);
    expect(set.upper).toBeCloseTo(2 + error, 8);
  });
});

describe("fit statistics", () => {
  it("are those of Greene's travel-mode logit", () => {
    // logit_modechoice.json: lnL −199.1283687, equal shares −291.1218158, constants −283.7587684, K = 6, n = 210.
    const [L, equal, constants] = [-199.1283687159816, -291.121815835177, -283.7587684360074];
    expect(rhoSquared(L, equal, 6).rhoSquared).toBeCloseTo(0.316, 3);
    expect(rhoSquared(L, constants, 6).rhoSquared).toBeCloseTo(0.29825, 4);
    expect(rhoSquared(L, equal, 6).rhoSquaredAdjusted).toBeCloseTo(
      1 - 205.1283687159816 / 291.121815835177,
      12,
    );
    expect(aic(L, 6)).toBeCloseTo(410.2567374, 6);
    expect(bic(L, 6, 210)).toBeCloseTo(430.3393831, 4);
    const test = likelihoodRatio(
      { logLikelihood: constants, parameters: 3 },
      { logLikelihood: L, parameters: 6 },
    );
    expect(test.statistic).toBeCloseTo(169.2607994, 6);
    expect(test.degrees).toBe(3);
    expect(test.p).toBeGreaterThan(0);
    expect(test.p).toBeLessThan(1e-35);
  });

  it("have no ρ² where there was nothing to explain", () => expect(rhoSquared(0, 0, 0).rhoSquared).toBeNaN());

  it("refuse a likelihood ratio of models that are not nested", () => {
    const [small, large] = [
      { logLikelihood: -10, parameters: 2 },
      { logLikelihood: -12, parameters: 3 },
    ];
    expect(() => likelihoodRatio(small, large)).toThrow("fits better than the full one");
    expect(() => likelihoodRatio(large, small)).toThrow("no fewer parameters");
  });
});
