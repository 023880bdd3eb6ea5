/** Bins, their sums, and what is made of them, against arithmetic done by hand. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { random } from "../../../src/math/random.ts";
import { binned, binSums } from "../../../src/post/calibration/binned.ts";
import { binsOf } from "../../../src/post/calibration/bins.ts";
import { binaryScores, decomposed } from "../../../src/post/calibration/decomposition.ts";
import { calibrationError } from "../../../src/post/calibration/error.ts";
import type { Forecasts } from "../../../src/post/calibration/forecasts.ts";
import { isotonic, stepAt } from "../../../src/post/calibration/isotonic.ts";

function forecasts(
  probability: number[],
  happened: number[],
  cluster?: number[],
  weight?: number[],
): Forecasts {
  return {
    name: "rain",
    probability: Float64Array.from(probability),
    happened: Float64Array.from(happened),
    weight: Float64Array.from(weight ?? probability.map(() => 1)),
    cluster: Int32Array.from(cluster ?? probability.keys()),
    clusters: cluster ? Math.max(...cluster) + 1 : probability.length,
  };
}

const anyForecasts = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 99 }).map((n) => n / 100),
      fc.integer({ min: 0, max: 1 }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
    ),
    { minLength: 2, maxLength: 60 },
  )
  .map((rows) => {
    const [p, y, g, w] = [0, 1, 2, 3].map((k) => rows.map((row) => row[k]));
    return { ...forecasts(p, y, g, w), clusters: 6 };
  });

test("a bin of equal width is open at its lower end and closed at its upper", () => {
  const { of } = binsOf(forecasts([0, 0.2, 0.200001, 0.4, 1], [0, 0, 0, 0, 0]), { bins: 5 });
  expect([...of]).toEqual([0, 0, 1, 1, 4]);
});

test("bins of equal mass hold equally many predictions, and equal predictions stay together", () => {
  const spread = forecasts(
    Array.from({ length: 100 }, (_, i) => (i + 0.5) / 100),
    Array(100).fill(0),
  );
  const counts = binSums(binned(spread, { bins: 4, by: "mass" })).weight;
  expect([...counts]).toEqual([25, 25, 25, 25]);
  const tied = binsOf(forecasts([0.1, 0.3, 0.3, 0.3, 0.3, 0.9], [0, 0, 0, 0, 0, 0]), { bins: 3, by: "mass" });
  expect(new Set([...tied.of].slice(1, 5)).size).toBe(1);
});

test("bins that make no sense are complaints", () => {
  expect(() => binsOf(forecasts([0.5], [1]), { bins: 0 })).toThrow("number of bins");
  expect(() => binsOf(forecasts([0.5], [1]), { by: "height" as "mass" })).toThrow("no such bins");
});

test("expected, maximum and mean square error are those of the hand", () => {
  // Bin (0, 0.5]: predicted 0.3, observed 0.5; bin (0.5, 1]: predicted 0.8, observed 0.75, twice the weight.
  const error = calibrationError(
    binned(forecasts([0.2, 0.4, 0.8, 0.8, 0.8, 0.8], [0, 1, 1, 1, 1, 0]), { bins: 2 }),
    { draws: 0 },
  );
  expect(error.expected).toBeCloseTo((1 / 3) * 0.2 + (2 / 3) * 0.05, 12);
  expect(error.maximum).toBeCloseTo(0.2, 12);
  expect(error.root ** 2).toBeCloseTo((1 / 3) * 0.04 + (2 / 3) * 0.0025, 12);
  // Residuals −0.2 − 0.2 and 0.6 − 0.2; and 0.25 three times and −0.75, less what they average.
  const [first, second] = [(0.4 ** 2 + 0.4 ** 2) / (2 * 1), (3 * 0.25 ** 2 + 0.75 ** 2) / (4 * 3)];
  expect(error.debiasedSquare).toBeCloseTo((1 / 3) * (0.04 - first) + (2 / 3) * (0.0025 - second), 12);
});

test("a person who answers everything twice counts as one, and weight two is the same as two answers", () => {
  const [p, y] = [
    [0.2, 0.4, 0.7, 0.6, 0.9],
    [0, 1, 1, 0, 1],
  ];
  const once = calibrationError(binned(forecasts(p, y), { bins: 2 }));
  const twice = forecasts([...p, ...p], [...y, ...y], [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
  const heavy = forecasts(p, y, undefined, [2, 2, 2, 2, 2]);
  for (const other of [twice, heavy]) {
    const error = calibrationError(binned(other, { bins: 2 }));
    expect(error.debiasedSquare).toBeCloseTo(once.debiasedSquare, 12);
    expect([error.lower, error.upper, error.p]).toEqual([
      expect.closeTo(once.lower, 9),
      expect.closeTo(once.upper, 9),
      once.p,
    ]);
  }
});

test("uncertainty − resolution + reliability + within bins is the score", () => {
  fc.assert(
    fc.property(anyForecasts, fc.constantFrom("width" as const, "mass" as const), (each, by) => {
      for (const score of Object.values(binaryScores)) {
        const parts = decomposed(each, score, { bins: 5, by });
        const sum = parts.uncertainty - parts.resolution + parts.reliability + parts.within;
        expect(sum).toBeCloseTo(parts.score, 12);
        expect(parts.reliability).toBeGreaterThanOrEqual(-1e-12);
        expect(parts.resolution).toBeGreaterThanOrEqual(-1e-12);
      }
    }),
  );
});

test("the Brier score's reliability and resolution are Murphy's sums over bins", () => {
  const each = forecasts([0.2, 0.4, 0.8, 0.8, 0.8, 0.8], [0, 1, 1, 1, 1, 0]);
  const parts = decomposed(each, binaryScores["Brier score"], { bins: 2 });
  const mean = 4 / 6;
  expect(parts.uncertainty).toBeCloseTo(mean * (1 - mean), 12);
  expect(parts.reliability).toBeCloseTo((1 / 3) * 0.2 ** 2 + (2 / 3) * 0.05 ** 2, 12);
  expect(parts.resolution).toBeCloseTo((1 / 3) * (0.5 - mean) ** 2 + (2 / 3) * (0.75 - mean) ** 2, 12);
});

test("isotonic regression pools what decreases", () => {
  const { from, value } = isotonic(forecasts([0.1, 0.2, 0.3, 0.4, 0.5], [0, 1, 0, 1, 1]));
  expect([...from]).toEqual([0.1, 0.2, 0.4]);
  expect([...value]).toEqual([0, 0.5, 1]);
});

test("isotonic regression is the largest least mean over intervals", () => {
  fc.assert(
    fc.property(anyForecasts, (each) => {
      const steps = isotonic(each);
      const points = [...new Set(each.probability)].sort((a, b) => a - b);
      const sums = points.map((p) => {
        const at = [...each.probability.keys()].filter((i) => each.probability[i] === p);
        const weight = at.reduce((total, i) => total + each.weight[i], 0);
        return { weight, sum: at.reduce((total, i) => total + each.weight[i] * each.happened[i], 0) };
      });
      const mean = (a: number, b: number): number => {
        const part = sums.slice(a, b + 1);
        const weight = part.reduce((total, each) => total + each.weight, 0);
        return part.reduce((total, each) => total + each.sum, 0) / weight;
      };
      points.forEach((p, i) => {
        const left = points
          .slice(0, i + 1)
          .map((_, a) => Math.min(...points.slice(i).map((__, b) => mean(a, i + b))));
        expect(stepAt(steps, p)).toBeCloseTo(Math.max(...left), 12);
      });
    }),
  );
});

/** Events of persons who share their luck half of the time; true log odds are `slope` times what is said. */
function sample(persons: number, slope: number, seed: number): Forecasts {
  const { uniform, normal } = random(seed);
  const odds = (v: number): number => 1 / (1 + Math.exp(-v));
  const rows = Array.from({ length: persons }, (_, id) => {
    const luck = uniform();
    return Array.from({ length: 8 }, () => {
      const v = 1.5 * normal();
      const mine = uniform() < 0.5 ? luck : uniform();
      return { p: odds(v), y: mine < odds(slope * v) ? 1 : 0, id };
    });
  }).flat();
  const [p, y, id] = (["p", "y", "id"] as const).map((key) => rows.map((row) => row[key]));
  return forecasts(p, y, id);
}

test("the plug-in error of a perfect model is positive, the debiased one is zero on average", () => {
  const errors = Array.from({ length: 200 }, (_, seed) =>
    calibrationError(binned(sample(100, 1, seed + 1), { bins: 10 }), { draws: 0 }),
  );
  expect(Math.min(...errors.map(({ expected }) => expected))).toBeGreaterThan(0.01);
  const squares = errors.map(({ debiasedSquare }) => debiasedSquare);
  const mean = squares.reduce((sum, value) => sum + value, 0) / 200;
  const error = Math.sqrt(squares.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 199 / 200);
  expect(Math.abs(mean / error)).toBeLessThan(3);
  const plugIn = errors.reduce((sum, { root }) => sum + root ** 2, 0) / 200;
  expect(plugIn / error).toBeGreaterThan(20);
});

test.each([
  ["a perfect model", 1],
  ["over-confident predictions", 0.7],
])("for %s with clustered choices, intervals and the test hold what they promise", (_, slope) => {
  const truth =
    slope === 1
      ? 0
      : calibrationError(binned(sample(60_000, slope, 99), { bins: 10 }), { draws: 0 }).debiased;
  const errors = Array.from({ length: 150 }, (__, seed) =>
    calibrationError(binned(sample(150, slope, seed + 1), { bins: 10 }), { draws: 200, seed }),
  );
  const covered = errors.filter(({ lower, upper }) => lower <= truth && truth <= upper).length;
  // 150 trials at 95 %: fewer than 134 has probability 0.002.
  expect(covered).toBeGreaterThanOrEqual(134);
  const rejected = errors.filter(({ p }) => p < 0.05).length;
  // At 5 %: more than 16 has probability 0.001.
  if (slope === 1) expect(rejected).toBeLessThanOrEqual(16);
  else expect(rejected).toBeGreaterThan(75);
});
