/**
 * Scores over several deals: every choice has the mean of its scores in the deals that predicted it, and every person
 * counts once, however often the person was dealt. So dealing again takes noise out of the mean and never makes
 * its interval shorter than the number of persons allows.
 */
import { type ChoiceData, subset } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { wald } from "../../inference/index.ts";
import type { Deal, DealOptions } from "./deals.ts";
import { clusteredMean, scores, shareErrors } from "./scores.ts";

/** Situation → score, averaged over the deals; by score. Share errors by alternative. */
export interface Judged {
  /** The choices that some deal predicted. */
  readonly data: ChoiceData;
  readonly scores: ReadonlyMap<string, Float64Array>;
  readonly shares: ReadonlyMap<string, Float64Array>;
}

type Values = { readonly name: string; readonly values: Float64Array };

/** @param data what the deals are of. */
export function judge(data: ChoiceData, deals: readonly Deal[]): Judged {
  const times = new Int32Array(data.situations);
  for (const { situations } of deals)
    if (situations) for (const s of situations) times[s]++;
    else for (const s of times.keys()) times[s]++;
  const seen = Int32Array.from(times.keys()).filter((s) => times[s] > 0);
  const means = (of: (deal: Deal) => readonly Values[]): Map<string, Float64Array> => {
    const sums = new Map<string, Float64Array>();
    for (const deal of deals)
      for (const { name, values } of of(deal)) {
        const sum = sums.get(name) ?? new Float64Array(data.situations);
        sums.set(name, sum);
        for (const [i, value] of values.entries()) sum[deal.situations?.[i] ?? i] += value;
      }
    return new Map([...sums].map(([name, sum]) => [name, Float64Array.from(seen, (s) => sum[s] / times[s])]));
  };
  return {
    data: seen.length === data.situations ? data : subset(data, seen),
    scores: means(({ predictions }) => scores.map(({ name, of }) => ({ name, values: of(predictions) }))),
    shares: means(({ predictions }) => shareErrors(predictions)),
  };
}

export type ScoreRow = {
  readonly score: string;
  readonly "in sample": number;
  readonly "out of sample": number;
  readonly "std. error": number;
  readonly lower: number;
  readonly upper: number;
};

/** One row per score, then one per alternative with its share error. */
export function scoreRows(own: Judged, out: Judged): ScoreRow[] {
  const row = (score: string, name: string, kind: "scores" | "shares"): ScoreRow => {
    const mean = clusteredMean(out.data, out[kind].get(name)!);
    const { lower, upper } = wald(mean.value, mean.standardError);
    return {
      score,
      "in sample": clusteredMean(own.data, own[kind].get(name)!).value,
      "out of sample": mean.value,
      "std. error": mean.standardError,
      lower,
      upper,
    };
  };
  return [
    ...[...out.scores.keys()].map((name) => row(name, name, "scores")),
    ...[...out.shares.keys()].map((name) => row(`share error, ${name}`, name, "shares")),
  ];
}

/** What the intervals are over, as a note. */
export const intervalNote = ({ data }: Fit, { share }: DealOptions): string =>
  `95 % intervals over ${data.person ? "persons" : "choices"}, for the estimates of these ${share === undefined ? "folds" : "deals"}.`;
