/** Every interval against what it should be: the delta method where all is linear, refits by hand, the other kinds. */
import { describe, expect, test } from "vitest";
import { reweighted } from "../../../src/data/index.ts";
import { fit as estimate, logit } from "../../../src/fit/index.ts";
import * as post from "../../../src/post/index.ts";
import { bootstrap, krinskyRobb, percentiles, profile } from "../../../src/post/index.ts";
import { situationWeights, unitWeights } from "../../../src/post/intervals/resample.ts";
import { simulated } from "../calibration/simulated.ts";
import { distance, fitted, numbersIn, textsIn, worlds } from "../worlds.ts";

const { fit, time, cost } = await fitted(worlds.labelled, 5);
const few = krinskyRobb(fit, { draws: 60, seed: 3 });
const scenario = { [`${cost}.car`]: `${cost} * 1.2` };

const questions: [string, (intervals?: post.IntervalOptions["intervals"]) => ReturnType<typeof post.wtp>][] =
  [
    ["elasticities", (intervals) => post.elasticities(fit, { of: cost, intervals })],
    ["marginalEffects", (intervals) => post.marginalEffects(fit, { of: time, intervals })],
    ["wtp", (intervals) => post.wtp(fit, { of: time, per: cost, intervals })],
    ["shares", (intervals) => post.shares(fit, { intervals })],
    ["shares under a scenario", (intervals) => post.shares(fit, { scenario, intervals })],
    ["diversion", (intervals) => post.diversion(fit, { intervals })],
    ["diversion by cost", (intervals) => post.diversion(fit, { of: cost, intervals })],
    ["logsums", (intervals) => post.logsums(fit, { intervals })],
    ["surplus", (intervals) => post.surplus(fit, { scenario, per: cost, intervals })],
    [
      "probabilityCurve",
      (intervals) => post.probabilityCurve(fit, { over: cost, of: "car", points: 3, intervals }),
    ],
    ["derived", (intervals) => post.derived(fit, { ratio: `${time} / ${cost}` }, { intervals })],
  ];

describe.each(questions)("%s", (_, ask) => {
  test("has the same values with any kind of interval, and its ends around them", async () => {
    const [delta, drawn] = [await ask(), await ask(few)];
    const value = delta.names[delta.names.indexOf("std. error") - 1];
    expect(numbersIn(drawn, value)).toEqual(numbersIn(delta, value));
    const [lower, upper] = ["lower", "upper"].map((name) => numbersIn(drawn, name));
    numbersIn(drawn, value).forEach((middle, i) => {
      expect(lower[i]).toBeLessThanOrEqual(middle);
      expect(upper[i]).toBeGreaterThanOrEqual(middle);
    });
    expect(drawn.names.filter((name) => / se$|std\. error/.test(name))).toEqual([]);
    const notes = drawn.display.notes!.join(" ");
    expect(notes).toContain("95 % percentile intervals from 60 Krinsky–Robb draws");
    expect(notes).not.toContain("delta method");
  });
});

test("a change under a scenario has an interval of its own", async () => {
  const table = await post.shares(fit, { scenario, intervals: few });
  expect(table.names).toEqual(
    expect.arrayContaining(["predicted", "lower", "upper", "change", "change lower", "change upper"]),
  );
  const changes = numbersIn(table, "change");
  numbersIn(table, "change lower").forEach((lower, i) => {
    expect(lower).toBeLessThan(changes[i]);
    expect(numbersIn(table, "change upper")[i]).toBeGreaterThan(changes[i]);
  });
});

test("what is kept between draws changes no number", async () => {
  const table = await post.elasticities(fit, { of: cost, intervals: few });
  const byHand: number[][] = [];
  for (const point of few.points) {
    const at = {
      ...fit,
      estimates: point,
      parameters: fit.parameters.map((each, i) => ({ ...each, estimate: point[i] })),
    };
    byHand.push(numbersIn(await post.elasticities(at, { of: cost }), "elasticity"));
  }
  const first = byHand.map(([one]) => one).sort((a, b) => a - b);
  const place = 0.025 * (first.length - 1);
  const expected = first[1] + (place - 1) * (first[2] - first[1]);
  expect(numbersIn(table, "lower")[0]).toBeCloseTo(expected, 12);
});

test("Krinsky–Robb draws have the mean and the covariance that they are drawn from", () => {
  const { points } = krinskyRobb(fit, { draws: 20_000, seed: 2 });
  const size = fit.parameters.length;
  const mean = fit.estimates.map((_, k) => points.reduce((sum, point) => sum + point[k], 0) / points.length);
  const covariance = Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return points.reduce((sum, p) => sum + (p[i] - mean[i]) * (p[j] - mean[j]), 0) / points.length;
  });
  expect(distance([...mean], [...fit.estimates])).toBeLessThan(0.02);
  expect(distance(covariance, [...fit.covariance.matrix])).toBeLessThan(0.04);
});

test("of what is linear in the parameters the percentiles are the delta interval", async () => {
  const draws = krinskyRobb(fit, { draws: 20_000, seed: 4 });
  const [delta, drawn] = [
    await post.derived(fit, `2 * ${time} - ${cost}`),
    await post.derived(fit, `2 * ${time} - ${cost}`, { intervals: draws }),
  ];
  const width = numbersIn(delta, "upper")[0] - numbersIn(delta, "lower")[0];
  for (const end of ["lower", "upper"])
    expect(Math.abs(numbersIn(drawn, end)[0] - numbersIn(delta, end)[0]) / width).toBeLessThan(0.02);
});

describe("the bootstrap", () => {
  const data = simulated({ persons: 60, tasks: 3, seed: 8, spread: 1 });

  test.each(["pairs", "bayesian"] as const)("a replicate with %s is a fit with its weights", async (kind) => {
    const base = await estimate(logit("x"), data);
    const { points, failed } = await bootstrap(base, { replications: 3, kind, seed: 5 });
    expect(failed).toEqual([]);
    const weights = situationWeights(unitWeights(kind, 60, 5, 1), data.person, null, data.situations);
    const byHand = await estimate(logit("x"), reweighted(data, weights));
    expect(distance([...points[1]], [...byHand.estimates])).toBeLessThan(1e-6);
  });

  test("killed and gone on with it gives the same bits", async () => {
    const base = await estimate(logit("x"), data);
    const whole = await bootstrap(base, { replications: 12, seed: 2 });
    const stopper = new AbortController();
    let saved = "";
    await bootstrap(base, {
      replications: 12,
      seed: 2,
      signal: stopper.signal,
      onReplicate: (state) => {
        saved = JSON.stringify(state);
        if (state.replicates.length === 5) stopper.abort();
      },
    });
    let done = 0;
    const resumed = await bootstrap(base, {
      replications: 12,
      seed: 2,
      resume: JSON.parse(saved),
      onReplicate: () => done++,
    });
    expect(done).toBe(7);
    expect(resumed.points).toEqual(whole.points);
    expect(resumed.words).toBe(whole.words);
    await expect(bootstrap(base, { seed: 3, resume: JSON.parse(saved) })).rejects.toThrow(
      "another bootstrap",
    );
  });

  test("its spread over persons is the clustered standard error, not the Hessian's", async () => {
    const large = simulated({ persons: 250, tasks: 6, seed: 12, spread: 1.5 });
    const base = await estimate(logit("x"), large);
    const { points } = await bootstrap(base, { replications: 120 });
    const k = base.parameters.findIndex(({ name }) => name === "x");
    const mean = points.reduce((sum, point) => sum + point[k], 0) / points.length;
    const spread = Math.sqrt(points.reduce((sum, p) => sum + (p[k] - mean) ** 2, 0) / (points.length - 1));
    expect(Math.abs(spread / base.parameters[k].standardError - 1)).toBeLessThan(0.2);
    const size = base.parameters.length;
    expect(spread).toBeGreaterThan(1.4 * Math.sqrt(base.covariances.hessian![k * size + k]));
  });

  test("replicates without a maximum are left out, counted and said", async () => {
    const tiny = simulated({ persons: 16, seed: 15 });
    const base = await estimate(logit("x"), tiny);
    expect(base.converged).toBe(true);
    const { failed, points, words } = await bootstrap(base, { replications: 60 });
    expect(failed.length).toBeGreaterThan(0);
    expect(points.length + failed.length).toBe(60);
    expect(words).toContain(`${failed.length} of them without a maximum and left out`);
    for (const { reason } of failed) expect(reason).not.toBe("");
    const table = await post.derived(base, "x", { intervals: { points, words } });
    expect(table.display.notes!.join(" ")).toContain("without a maximum and left out");
  });

  test("too few draws are no interval", async () => {
    const base = await estimate(logit("x"), data);
    const draws = await bootstrap(base, { replications: 5 });
    await expect(percentiles(base, draws, (at) => post.shares(at))).rejects.toThrow("at least 20");
  });
});

test("the ends of a profile interval are where the likelihood ratio is 3.84", async () => {
  const { interval, curve } = await profile(fit, { of: time, points: 5 });
  for (const end of ["lower", "upper"]) {
    const value = numbersIn(interval, end)[0];
    const held = await estimate(
      logit({
        parameters: Object.fromEntries(
          fit.resolved.parameters.map(({ name }) => [
            name,
            name === time ? { start: value, fixed: true } : 0,
          ]),
        ),
        utilities: Object.fromEntries(
          Object.entries(fit.resolved.texts).map(([label, text]) => [label, text]),
        ),
      }),
      fit.data,
    );
    expect(2 * (fit.logLikelihood - held.logLikelihood)).toBeCloseTo(3.841458820694124, 5);
  }
  expect(curve.rows).toBe(5);
  await expect(profile(fit, { of: "tim" })).rejects.toThrow("did you mean time?");
});

test("diversion ratios add to one; in a logit with equal worsening they follow the shares of the others", async () => {
  for (const of of [undefined, cost]) {
    const table = await post.diversion(fit, { of });
    const from = textsIn(table, "from");
    for (const name of ["train", "bus", "car"]) {
      const parts = numbersIn(table, "diversion").filter((_, i) => from[i] === name);
      expect(parts).toHaveLength(2);
      expect(parts.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
    }
  }
  const labels = ["train", "bus", "car"];
  const constants = await estimate(
    logit({
      parameters: { bus: 0, car: 0 },
      utilities: { train: "0", bus: "bus", car: "car" },
    }),
    fit.data,
  );
  const share = numbersIn(await post.shares(constants), "predicted");
  const table = await post.diversion(constants);
  const [from, to] = ["from", "to"].map((name) => textsIn(table, name).map((label) => labels.indexOf(label)));
  numbersIn(table, "diversion").forEach((value, i) => {
    expect(value).toBeCloseTo(share[to[i]] / (1 - share[from[i]]), 10);
  });
});

test("diversion is of alternatives with names, by an attribute of theirs", async () => {
  const { fit: profiles } = await fitted(worlds.unlabelled, 2);
  await expect(post.diversion(profiles)).rejects.toThrow("none is told apart");
  await expect(post.diversion(fit, { of: "income" })).rejects.toThrow("belongs to no alternative alone");
});
