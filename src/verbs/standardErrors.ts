/** Every standard error side by side. */
import { listed } from "./listed.ts";
import type { Verb } from "./verb.ts";

export const standardErrors: Verb = {
  name: "standard-errors",
  title: "Standard errors",
  question: "How large is every standard error, and which one should be quoted?",
  options: {
    cluster: { kind: "list", help: "cluster by these columns together: person,region" },
    smallSample: { kind: "flag", help: "the factor G/(G − 1) on clustered errors" },
    bootstrap: { kind: "number", help: "bootstrap replicates by person" },
    seed: { kind: "number", help: "draws the bootstrap", default: 1 },
  },
  async run(fit, { cluster, smallSample, bootstrap, seed }) {
    const { standardErrors: errorsOf } = await import("../post/standardErrors/standardErrors.ts");
    const errors = await errorsOf(fit, {
      cluster: listed(cluster),
      smallSample: smallSample === true,
      seed: Number(seed ?? 1),
      ...(bootstrap === undefined ? {} : { bootstrap: Number(bootstrap) }),
    });
    return [errors];
  },
};
