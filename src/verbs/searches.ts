/** Whether the estimates are what they seem: by other draws, and from other beginnings. */
import type { Verb } from "./verb.ts";

export const drawStability: Verb = {
  name: "draw-stability",
  title: "Draw stability",
  question: "Would other draws, or twice as many, give other estimates?",
  options: {},
  run: async (fit, _, around) => [await (await import("../fit/index.ts")).drawStability(fit, around?.search)],
};

export const multiStart: Verb = {
  name: "multi-start",
  title: "Maxima",
  question: "Are there other maxima, and is this one the highest?",
  options: {
    starts: { kind: "number", help: "beginnings beside the usual one", default: 10 },
    seed: { kind: "number", help: "draws the beginnings", default: 1 },
  },
  async run(fit, { starts, seed }, around) {
    const { multiStart: searchFrom, summary } = await import("../fit/index.ts");
    const { table, fit: best } = await searchFrom(fit.model, fit.data, {
      ...around?.search,
      backend: fit.backend,
      covariance: fit.covariance.kind,
      starts: Number(starts ?? 10),
      seed: Number(seed ?? 1),
    });
    const isHigher = best.logLikelihood > fit.logLikelihood + 1e-4;
    return [table, ...(isHigher ? [summary(best).displayed({ title: "The highest maximum" })] : [])];
  },
};
