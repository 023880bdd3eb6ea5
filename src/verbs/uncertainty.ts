/** How sure the parameters themselves are: by refits, by the likelihood. */
import { bootstrapped, intervalOptions } from "./intervals.ts";
import type { Verb } from "./verb.ts";

const { intervals: _, ...bootstrapOptions } = intervalOptions;

export const bootstrap: Verb = {
  name: "bootstrap",
  title: "Bootstrap",
  question: "How do the estimates vary when other persons might have answered?",
  options: bootstrapOptions,
  async run(fit, values, around) {
    const { bootstrapTable } = await import("../post/index.ts");
    return [bootstrapTable(fit, await bootstrapped(fit, values, around ?? {}))];
  },
};

export const profile: Verb = {
  name: "profile",
  title: "Profile likelihood",
  question: "Which values of a parameter does a likelihood ratio not reject?",
  options: {
    of: { kind: "text", help: "the parameter", required: true },
    points: { kind: "number", help: "points of the curve", default: 21 },
  },
  async run(fit, { of, points }) {
    const { profile: profileOf } = await import("../post/index.ts");
    const { interval, curve } = await profileOf(fit, { of: String(of), points: Number(points ?? 21) });
    return [interval, curve];
  },
  chart: async (tables, options) => (await import("../charts/index.ts")).profile(tables[1], options),
};
