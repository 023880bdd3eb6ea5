/** The options of every verb whose answer are estimates: how its intervals come about. */
import type { Fit } from "../fit/index.ts";
import type { Bootstrap, IntervalOptions } from "../post/index.ts";
import type { VerbContext, VerbOption, VerbValues } from "./verb.ts";

export const intervalOptions = {
  intervals: {
    kind: "text",
    help: "how intervals come about",
    default: "delta",
    choices: ["delta", "krinsky-robb", "bootstrap"],
  },
  replications: { kind: "number", help: "draws (1000), or bootstrap replicates (500)" },
  resampling: {
    kind: "text",
    help: "persons drawn with replacement, or given random weights",
    default: "pairs",
    choices: ["pairs", "bayesian"],
  },
  seed: { kind: "number", help: "of the draws or the bootstrap", default: 1 },
} as const satisfies Readonly<Record<string, VerbOption>>;

/** What `intervals` of a question is, made as the options say. */
export async function intervalsOf(
  fit: Fit,
  values: VerbValues,
  around: VerbContext = {},
): Promise<IntervalOptions> {
  return {
    intervals: await (kinds[String(values.intervals ?? "delta")] ?? kinds.delta)(fit, values, around),
  };
}

type Make = (fit: Fit, values: VerbValues, around: VerbContext) => Promise<IntervalOptions["intervals"]>;

const kinds: Readonly<Record<string, Make>> = {
  delta: async () => "delta",
  "krinsky-robb": async (fit, { replications, seed }) => {
    const { krinskyRobb } = await import("../post/index.ts");
    return krinskyRobb(fit, { draws: Number(replications ?? 1000), seed: Number(seed ?? 1) });
  },
  bootstrap: (fit, values, around) => bootstrapped(fit, values, around),
};

/** The bootstrap as the options say, by whoever does the refits here. */
export async function bootstrapped(
  fit: Fit,
  { replications, resampling, seed }: VerbValues,
  { bootstrap }: VerbContext,
): Promise<Bootstrap> {
  const run = bootstrap ?? (await import("../post/index.ts")).bootstrap;
  return run(fit, {
    replications: Number(replications ?? 500),
    kind: (resampling ?? "pairs") as "pairs" | "bayesian",
    seed: Number(seed ?? 1),
  });
}
