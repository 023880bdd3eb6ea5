/** What cannot be tested is refused with the reason and the nearest right thing. */
import { expect, test } from "vitest";
import { subset, Table, wide } from "../../../src/data/index.ts";
import { fit, logit } from "../../../src/fit/index.ts";
import { chiSquareUpper } from "../../../src/math/distributions.ts";
import {
  benAkivaSwait,
  chowTest,
  diversion,
  hausmanMcFadden,
  informationCriteria,
  likelihoodRatioTest,
  scoreTest,
  smallHsiao,
  swaitLouviere,
  vuongTest,
  waldTest,
} from "../../../src/post/index.ts";
import { simulated } from "../calibration/simulated.ts";
import { fitted, numbersIn, worlds } from "../worlds.ts";
import { costOnly, greene, trips, waiting, withoutIncome } from "./travelMode.ts";

const half = await fit(
  waiting.model,
  subset(
    trips,
    Array.from({ length: 100 }, (_, s) => s),
  ),
);
const unfinished = await fit(greene.model, trips, { maxIterations: 1 });

test("fits to different choices", () => {
  expect(() => likelihoodRatioTest(half, greene)).toThrow("do not use the same choices");
  expect(() => informationCriteria({ half, greene })).toThrow("100 and 210 choices");
  expect(() => benAkivaSwait(half, greene)).toThrow("do not use the same choices");
});

test("as many choices, but other ones", async () => {
  const reversed = await fit(
    waiting.model,
    subset(
      trips,
      Array.from({ length: 210 }, (_, s) => 209 - s),
    ),
  );
  expect(() => likelihoodRatioTest(reversed, greene)).toThrow("do not use the same choices");
});

test("a restricted model with as many parameters, or with a better fit", () => {
  expect(() => likelihoodRatioTest(greene, greene)).toThrow("no fewer parameters");
  expect(() => likelihoodRatioTest(greene, withoutIncome)).toThrow("no fewer parameters");
  expect(() => likelihoodRatioTest(waiting, greene)).not.toThrow();
});

test("a restricted model that lies above the full one", async () => {
  const poor = await fit(logit({ formula: "invt | hinc + psize", reference: "car" }), trips);
  expect(() => likelihoodRatioTest(waiting, poor)).toThrow("fits better than the full one");
});

test("a fit that is no maximum", async () => {
  expect(() => waldTest(unfinished, "b_gc")).toThrow("not a maximum");
  await expect(hausmanMcFadden(unfinished)).rejects.toThrow("not a maximum");
  await expect(chowTest(unfinished, { by: "psize" })).rejects.toThrow("not a maximum");
});

test("restrictions that follow from each other, that have no error, or that are none", () => {
  expect(() => waldTest(greene, ["b_gc = 0", "2 * b_gc = 0"])).toThrow("not independent");
  expect(() => waldTest(withoutIncome, "b_hinc_air")).toThrow("no standard error");
  expect(() => waldTest(greene, [])).toThrow("nothing to test");
  expect(() => waldTest(greene, "b_gc = b_ttme = 0")).toThrow("one equals sign");
  expect(() => waldTest(greene, "b_cg")).toThrow("did you mean b_gc?");
});

test("nested models where a test wants others", async () => {
  await expect(vuongTest(withoutIncome, greene)).rejects.toThrow("special case");
  expect(() => benAkivaSwait(greene, withoutIncome)).toThrow("use likelihoodRatioTest");
  await expect(vuongTest(greene, greene)).rejects.toThrow("special case");
  await expect(vuongTest(costOnly, waiting)).resolves.toBeDefined();
});

test("a score test of what is estimated already, or of a model that is another one", async () => {
  await expect(scoreTest(greene, { release: ["b_gc"] })).rejects.toThrow(
    "not a parameter that the fit holds fixed",
  );
  await expect(scoreTest(greene, {})).rejects.toThrow("no further parameters");
  await expect(scoreTest(greene, { against: waiting.model })).rejects.toThrow("not a special case");
});

test("alternatives, columns and groups that are not there", async () => {
  await expect(hausmanMcFadden(greene, { without: ["plane"] })).rejects.toThrow("no alternative plane");
  await expect(smallHsiao(greene, { without: ["trian"] })).rejects.toThrow("did you mean train?");
  await expect(chowTest(greene, { by: "size" })).rejects.toThrow("did you mean psize?");
  await expect(chowTest(greene, { by: "gc" })).rejects.toThrow("varies over the alternatives");
});

test("a temperature by group where the test adds one", async () => {
  const { fit: base } = await fitted(worlds.labelled, 1);
  const model = logit({ formula: "time + cost + seat | income", temperature: { by: "region" } });
  const scaled = await fit(model, base.data);
  await expect(swaitLouviere(scaled, { by: "region" })).rejects.toThrow("has a temperature already");
  await expect(chowTest(scaled, { by: "region" })).rejects.toThrow("nothing tells a temperature by group");
});

test("an alternative without which there is no maximum is said to be one, and the others are tested", async () => {
  // Between a and b the larger x is always chosen; c is chosen by those who have least of it.
  const rows = Array.from({ length: 40 }, (_, i) => {
    const [low, high] = [0.2 + (i % 7) / 10, 1 + (i % 5) / 10];
    const choice = ["a", "b", "c", "c"][i % 4];
    return {
      x_a: choice === "a" ? high : low,
      x_b: choice === "b" ? high : low,
      x_c: choice === "c" ? 0.1 * (i % 3) : 0.5,
      choice,
    };
  });
  const data = wide(Table.from(rows), {
    choice: "choice",
    alternatives: ["a", "b", "c"],
    attributes: { x: "x_{alternative}" },
  });
  const base = await fit(logit("x"), data);
  expect(base.converged).toBe(true);
  const table = await hausmanMcFadden(base);
  expect(table.display.notes!.join("\n")).toMatch(/^Without c: the model cannot be fitted without c/m);
  expect(numbersIn(table, "p").map(Number.isNaN)).toEqual([false, false, true]);
});

test("halves that are too small", async () => {
  const few = subset(
    trips,
    Array.from({ length: 35 }, (_, i) => 3 * i),
  );
  const small = await fit(logit({ formula: "gc", reference: "car" }), few);
  await expect(smallHsiao(small)).rejects.toThrow("to one half of the data");
});

test("mixtures: no independence to test, no slope at a spread of 0, and its edge found without being named", async () => {
  const data = simulated({ persons: 80, tasks: 4, seed: 21, spread: 1 });
  const plain = await fit(logit("x"), data);
  const random = logit({
    formula: "x",
    random: { x: "normal" },
    draws: { kind: "sobol", count: 64, seed: 1 },
  });
  const mixed = await fit(random, data);
  expect(mixed.converged).toBe(true);
  await expect(hausmanMcFadden(mixed)).rejects.toThrow("does not assume independence");
  await expect(smallHsiao(mixed)).rejects.toThrow("logit, a mixture");
  await expect(scoreTest(plain, { against: random })).rejects.toThrow("a spread of 0 has no score test");
  const table = likelihoodRatioTest(plain, mixed);
  const statistic = 2 * (mixed.logLikelihood - plain.logLikelihood);
  expect(numbersIn(table, "p")[0]).toBeCloseTo(chiSquareUpper(statistic, 1) / 2, 12);
  expect(table.display.notes!.join(" ")).toContain("sd_x is on the edge");
  const diverted = await diversion(mixed);
  expect(diverted.rows).toBe(6);
});
