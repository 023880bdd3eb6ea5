/**
 * Small & Hsiao: independence of irrelevant alternatives, without a difference of covariances. Persons are
 * dealt into halves A and B. θ_A and θ_B are fitted to all alternatives, and θ = θ_A/√2 + (1 − 1/√2) θ_B is as
 * uncertain as either of them. In half B an alternative is taken away; if the others are chosen between as
 * before, θ explains these choices nearly as well as their own maximum does, and the likelihood ratio is χ²(K).
 *
 * Source: Small & Hsiao (1985), International Economic Review 26:619.
 */
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, subset, type Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { chiSquareUpper } from "../../math/distributions.ts";
import { foldsOf, inFold } from "../validation/folds.ts";
import { checkIndependent } from "./comparable.ts";
import { type IiaOptions, iiaVerdict } from "./hausmanMcFadden.ts";
import { refit } from "./refit.ts";
import { independenceNotes, testTable } from "./verdict.ts";
import { alternativesOf, checkAlternatives, withoutAlternative } from "./withoutAlternative.ts";

export interface SmallHsiaoOptions extends IiaOptions {
  /** Deals the persons into halves. Default 1. */
  readonly seed?: number;
}

interface Row {
  readonly test: string;
  readonly choices: number;
  readonly statistic: number;
  readonly degrees: number;
  readonly p: number;
  readonly note?: string;
}

/** One row per alternative taken away. What could not be tested has no numbers, and a note says why. */
export async function smallHsiao(fit: Fit, options: SmallHsiaoOptions = {}): Promise<Table> {
  checkIndependent(fit);
  const { seed = 1 } = options;
  const names = options.without ?? alternativesOf(fit.data);
  checkAlternatives(fit.data, names);
  const half = foldsOf(fit.data, 2, seed);
  const [a, b] = [0, 1].map((which) => subset(fit.data, inFold(half, which)));
  const [first, second] = [await pointOf(fit, a, "one"), await pointOf(fit, b, "the other")];
  const mixed = first.map((value, k) => value * Math.SQRT1_2 + second[k] * (1 - Math.SQRT1_2));
  const rows: Row[] = [];
  for (const name of names) rows.push(await tested(fit, b, name, mixed));
  const who = fit.data.person ? "persons" : "choices";
  return testTable(rows, {
    title: "Independence of irrelevant alternatives (Small–Hsiao)",
    besides: { choices: rows.map(({ choices }) => choices) },
    notes: [
      ...iiaVerdict(rows, options),
      ...rows.flatMap(({ note }) => note ?? []),
      `The ${who} are dealt into halves at random (seed ${seed}); other seeds give other statistics.`,
      ...independenceNotes([fit]),
    ],
  });
}

async function pointOf(fit: Fit, data: ChoiceData, which: string): Promise<Float64Array> {
  const { prepared, point } = await refit(fit, data, `to ${which} half of the data`);
  prepared.dispose();
  return point;
}

async function tested(fit: Fit, half: ChoiceData, name: string, mixed: Float64Array): Promise<Row> {
  const test = `without ${name}`;
  try {
    const part = withoutAlternative(half, name);
    const own = await refit(fit, part.data, test);
    const { value } = await own.prepared.evaluate(mixed, "value");
    own.prepared.dispose();
    const statistic = 2 * (own.logLikelihood - value);
    const degrees = own.rank;
    const p = degrees === 0 ? Number.NaN : chiSquareUpper(statistic, degrees);
    return { test, choices: part.situations.length, statistic, degrees, p };
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    const why = error.parts.where ? `${error.what}: ${error.parts.where}` : error.what;
    const none = Number.NaN;
    return { test, choices: 0, statistic: none, degrees: none, p: none, note: `Without ${name}: ${why}.` };
  }
}
