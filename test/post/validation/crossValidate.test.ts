/** Predictions of persons that the model has not seen, against refits done by hand. */
import { expect, test } from "vitest";
import { byPerson, cell, subset, type Table } from "../../../src/data/index.ts";
import { type Fit, fit as fitted, logit } from "../../../src/fit/index.ts";
import { compareOutOfSample, crossValidate, holdOut, outOfFold } from "../../../src/post/index.ts";
import { foldsOf, heldOut } from "../../../src/post/validation/folds.ts";
import { predictionsOf } from "../../../src/post/validation/predictions.ts";
import { brierScores, clusteredMean, hits, logScores } from "../../../src/post/validation/scores.ts";
import { simulated } from "../calibration/simulated.ts";

const data = simulated({ persons: 90, tasks: 4, seed: 3, spread: 0.7, noise: 1 });
const base = await fitted(logit("x"), data);
const noisy = await fitted(logit("x + n0"), data);
const blind = await fitted(logit("n0"), data);

const at = (table: Table, key: string, row: string, column: string): number => {
  const rows = Array.from({ length: table.rows }, (_, i) => String(cell(table.column(key), i)));
  return Number(cell(table.column(column), rows.indexOf(row)));
};

test("all choices of a person are in the same fold, and folds differ by at most one person", () => {
  const fold = foldsOf(data, 7, 1);
  const persons = byPerson(data).map((group) => new Set([...group].map((s) => fold[s])));
  expect(persons.every((folds) => folds.size === 1)).toBe(true);
  const sizes = Array.from({ length: 7 }, (_, k) => persons.filter((folds) => folds.has(k)).length);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  expect([...foldsOf(data, 7, 1)]).toEqual([...fold]);
  expect([...foldsOf(data, 7, 2)]).not.toEqual([...fold]);
});

test("a share of persons is held out whole", () => {
  const side = heldOut(data, 0.3, 5);
  const persons = byPerson(data).map((group) => new Set([...group].map((s) => side[s])));
  expect(persons.every((sides) => sides.size === 1)).toBe(true);
  expect(persons.filter((sides) => sides.has(1)).length).toBe(27);
});

test("folds that cannot be dealt are complaints", () => {
  expect(() => foldsOf(data, 1, 1)).toThrow("the folds cannot be dealt");
  expect(() => foldsOf(data, 91, 1)).toThrow("from 2 to the number of persons, 90");
  expect(() => heldOut(data, 1, 1)).toThrow("no persons would be left");
});

test("predictions of a fold are those of a fit to the other folds", async () => {
  const { fold, logProbability } = await outOfFold(base, { folds: 3, seed: 4 });
  const some = (keep: (which: number) => boolean) => [...fold.keys()].filter((s) => keep(fold[s]));
  const refit = await fitted(
    logit("x"),
    subset(
      data,
      some((which) => which !== 1),
    ),
  );
  const test1 = some((which) => which === 1);
  const expected = await predictionsOf(refit, { data: subset(data, test1) });
  test1.forEach((s, i) => {
    for (let j = 0; j < 3; j++)
      expect(logProbability[3 * s + j]).toBeCloseTo(expected.logProbability[3 * i + j], 8);
  });
});

test("a model without anything to say scores ln J, 1 − 1/J and 1/J", async () => {
  const logProbability = new Float64Array(data.rows).fill(-Math.log(3));
  const even = { data, logProbability };
  for (const score of logScores(even)) expect(score).toBeCloseTo(Math.log(3), 12);
  for (const score of brierScores(even)) expect(score).toBeCloseTo(2 / 3, 12);
  for (const score of hits(even)) expect(score).toBeCloseTo(1 / 3, 12);
});

test("the mean log score in sample is minus the log-likelihood over the choices", async () => {
  const { value } = clusteredMean(data, logScores(await predictionsOf(base)));
  expect(value).toBeCloseTo(-base.logLikelihood / data.situations, 10);
});

test("the error of a mean is that of the means of persons who answer equally often", () => {
  const values = Float64Array.from({ length: data.situations }, (_, s) => Math.sin(s));
  const { standardError } = clusteredMean(data, values);
  const means = byPerson(data).map((group) => [...group].reduce((sum, s) => sum + values[s], 0) / 4);
  const mean = means.reduce((sum, value) => sum + value, 0) / 90;
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 89;
  expect(standardError).toBeCloseTo(Math.sqrt(variance / 90), 12);
});

test("cross-validation shows in sample and out of sample, and noise looks better in sample only", async () => {
  const [one, other] = [await crossValidate(base), await crossValidate(noisy)];
  const score = (table: Table, column: string) => at(table, "score", "log score", column);
  expect(score(other, "in sample")).toBeLessThan(score(one, "in sample"));
  expect(score(other, "out of sample")).toBeGreaterThan(score(other, "in sample"));
  expect(score(one, "lower")).toBeLessThan(score(one, "out of sample"));
  expect(one.display.title).toContain("5 folds of persons");
});

test("dealing the persons again is the mean of both deals", async () => {
  const [first, second, both] = [
    await crossValidate(base, { seed: 1 }),
    await crossValidate(base, { seed: 2 }),
    await crossValidate(base, { seed: 1, repeats: 2 }),
  ];
  for (const score of ["log score", "Brier score", "hit rate", "share error, b"]) {
    const [a, b, mean] = [first, second, both].map((table) => at(table, "score", score, "out of sample"));
    expect(mean).toBeCloseTo((a + b) / 2, 12);
  }
});

test("a model with the right attribute predicts new persons better than one without, and says so", async () => {
  const table = await compareOutOfSample({ right: base, blind });
  expect(at(table, "score", "log score", "lower")).toBeGreaterThan(0);
  expect(table.display.notes).toContain("By the log score, right predicts new persons better.");
  expect(table.display.notes).toContain("By the hit rate, right predicts new persons better.");
  const back = await compareOutOfSample({ blind, right: base });
  expect(at(back, "score", "log score", "difference")).toBeCloseTo(
    -at(table, "score", "log score", "difference"),
    12,
  );
});

test("a model with one useless column cannot be told from the one without", async () => {
  const table = await compareOutOfSample({ base, noisy });
  expect(table.display.notes).toContain("By the hit rate, base and noisy cannot be told apart.");
  const scale = at(table, "score", "log score", "std. error");
  expect(scale).toBeGreaterThan(0);
  // Pairing by person: the error of the difference is far below those of the scores themselves.
  expect(scale).toBeLessThan(at(await crossValidate(base), "score", "log score", "std. error") / 3);
});

test("fits to different choices are not compared", async () => {
  const other: Fit = await fitted(
    logit("x"),
    subset(
      data,
      Array.from({ length: 200 }, (_, s) => s),
    ),
  );
  await expect(compareOutOfSample({ base, other })).rejects.toThrow("not fitted to the same choices");
  await expect(compareOutOfSample({ base })).rejects.toThrow("needs two fits");
});

test("a hold-out is predicted by a fit to the others", async () => {
  const table = await holdOut(base, { share: 0.3, seed: 5 });
  const side = heldOut(data, 0.3, 5);
  const some = (which: number) => [...side.keys()].filter((s) => side[s] === which);
  const refit = await fitted(logit("x"), subset(data, some(0)));
  const out = subset(data, some(1));
  const { value } = clusteredMean(out, logScores(await predictionsOf(refit, { data: out })));
  expect(at(table, "score", "log score", "out of sample")).toBeCloseTo(value, 8);
  expect(table.display.title).toBe("Out of sample: 27 of 90 persons held out (seed 5)");
});

test("a person held out several times counts once, with the mean of the scores", async () => {
  const repeats = 3;
  const sums = new Map<number, { sum: number; times: number }>();
  for (let seed = 5; seed < 5 + repeats; seed++) {
    const side = heldOut(data, 0.3, seed);
    const some = (which: number) => [...side.keys()].filter((s) => side[s] === which);
    const refit = await fitted(logit("x"), subset(data, some(0)));
    const found = logScores(await predictionsOf(refit, { data: subset(data, some(1)) }));
    for (const [i, s] of some(1).entries()) {
      const { sum, times } = sums.get(s) ?? { sum: 0, times: 0 };
      sums.set(s, { sum: sum + found[i], times: times + 1 });
    }
  }
  const means = [...sums.values()].map(({ sum, times }) => sum / times);
  const table = await holdOut(base, { share: 0.3, seed: 5, repeats });
  expect(means.length).toBeLessThan(data.situations);
  expect(at(table, "score", "log score", "out of sample")).toBeCloseTo(
    means.reduce((sum, value) => sum + value, 0) / means.length,
    8,
  );
  expect(table.display.title).toBe("Out of sample: 27 of 90 persons held out, dealt 3 times (seed 5)");
  expect(table.display.notes).toContain(`${90 - means.length / 4} persons were held out in no deal.`);
});

test("holding out again and again does not make the interval shorter than the persons allow", async () => {
  const error = async (repeats: number): Promise<number> =>
    at(await holdOut(base, { share: 0.5, repeats }), "score", "log score", "std. error");
  const folds = at(await crossValidate(base), "score", "log score", "std. error");
  // All 90 persons are held out in some of twelve deals, so that the error is that of 90 persons, not of 12 × 45.
  expect(await error(12)).toBeGreaterThan(0.9 * folds);
  expect(await error(1)).toBeGreaterThan(folds);
});

test("models are compared on the same persons held out", async () => {
  const options = { share: 0.4, seed: 2, repeats: 3 };
  const table = await compareOutOfSample({ base, blind }, options);
  const own = async (fit: Fit): Promise<number> =>
    at(await holdOut(fit, options), "score", "Brier score", "out of sample");
  expect(at(table, "score", "Brier score", "difference")).toBeCloseTo(
    (await own(blind)) - (await own(base)),
    12,
  );
  expect(at(table, "score", "log score", "lower")).toBeGreaterThan(0);
  expect(table.display.title).toBe(
    "Out of sample against base: 36 of 90 persons held out, dealt 3 times (seed 2)",
  );
  await expect(holdOut(base, { repeats: 0 })).rejects.toThrow("repeats is a whole number, 1 or more");
});
