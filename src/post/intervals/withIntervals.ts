/**
 * The option `intervals`, for every question whose answer is a table of estimates: from the delta method, which is
 * linear in the parameters; from Krinsky–Robb draws; or from a bootstrap, which asks nothing of the likelihood.
 */
import type { Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { bootstrap } from "./bootstrap.ts";
import { krinskyRobb } from "./krinskyRobb.ts";
import type { ParameterDraws } from "./parameterDraws.ts";
import { percentiles } from "./percentiles.ts";

export interface IntervalOptions {
  /**
   * "delta" (default); "krinsky-robb", 1,000 draws; "bootstrap", 500 replicates by person in this thread; or what
   * krinskyRobb and bootstrap returned, made once for many questions.
   */
  readonly intervals?: keyof typeof sources | ParameterDraws;
}

export const sources = {
  delta: async () => null,
  "krinsky-robb": async (fit: Fit) => krinskyRobb(fit),
  bootstrap: (fit: Fit): Promise<ParameterDraws> => bootstrap(fit, { replications: 500 }),
} as const satisfies Record<string, (fit: Fit) => Promise<ParameterDraws | null>>;

/** Draws by name are made once for a fit. */
const made = new WeakMap<Fit, Map<string, Promise<ParameterDraws | null>>>();

function drawsOf(fit: Fit, name: keyof typeof sources): Promise<ParameterDraws | null> {
  const ofFit = made.get(fit) ?? new Map<string, Promise<ParameterDraws | null>>();
  made.set(fit, ofFit);
  const found = ofFit.get(name) ?? sources[name](fit);
  ofFit.set(name, found);
  return found;
}

/** The answer with the intervals asked for. */
export async function answered(
  fit: Fit,
  intervals: IntervalOptions["intervals"],
  ask: (at: Fit) => Promise<Table>,
): Promise<Table> {
  const draws = typeof intervals === "object" ? intervals : await drawsOf(fit, intervals ?? "delta");
  return draws ? percentiles(fit, draws, ask) : ask(fit);
}

/** A question of a fit and options, with one option more. */
export const withIntervals =
  <Options extends object>(ask: (fit: Fit, options: Options) => Promise<Table>) =>
  (fit: Fit, options: Options & IntervalOptions): Promise<Table> => {
    const { intervals, ...rest } = options;
    return answered(fit, intervals, (at) => ask(at, rest as unknown as Options));
  };

/** The same where options may be left out. */
export const withOptionalIntervals = <Options extends object>(
  ask: (fit: Fit, options?: Options) => Promise<Table>,
): ((fit: Fit, options?: Options & IntervalOptions) => Promise<Table>) => {
  const asked = withIntervals<Options>(ask);
  return (fit, options) => asked(fit, (options ?? {}) as Options & IntervalOptions);
};
