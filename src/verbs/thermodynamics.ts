/** Logsum, entropy and temperature: how decided the choices are. */
import type { Verb } from "./verb.ts";

export const thermodynamics: Verb = {
  name: "thermodynamics",
  title: "Thermodynamics",
  question: "How undecided are the choices, and what would another temperature change?",
  options: {
    from: {
      kind: "number",
      help: "the lowest temperature of the sweep, the fit being at 1",
      default: 1 / 32,
    },
    to: { kind: "number", help: "the highest", default: 32 },
    points: { kind: "number", help: "temperatures between them", default: 21 },
  },
  async run(fit, { from, to, points }) {
    const { thermodynamics: potentialsOf, temperatureSweep } = await import(
      "../post/thermodynamics/index.ts"
    );
    const sweep = { from: Number(from ?? 1 / 32), to: Number(to ?? 32), points: Number(points ?? 21) };
    return [await potentialsOf(fit), await temperatureSweep(fit, sweep)];
  },
  chart: async (tables, options) => (await import("../charts/index.ts")).temperatureSweep(tables[1], options),
};
