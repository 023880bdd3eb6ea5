/**
 * How well a model predicts persons that it has not seen: k folds of persons, each predicted by a fit to the
 * others; or one or several random hold-outs. Repeated deals are averaged situation by situation. Intervals
 * are over persons. Two models are compared on the same folds, person by person.
 *
 * Source: Stone (1974), JRSS B 36:111; the interval leaves out that other training samples would give other
 * estimates, and is somewhat short for it: Bates, Hastie & Tibshirani (2024), JASA 119:1434.
 */
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { wald } from "../../inference/index.ts";
import { isSameAnswer } from "../tests/comparable.ts";
import { type FoldOptions, heldOutPredictions, outOfFold } from "./outOfFold.ts";
import type { Predictions } from "./predictions.ts";
import { predictionsOf } from "./predictions.ts";
import { clusteredMean, type Score, scores, shareErrors } from "./scores.ts";

export interface CrossValidationOptions extends FoldOptions {
  /** Persons are dealt this many times, with seeds `seed`, `seed` + 1, …. Default 1. */
  readonly repeats?: number;
}

/** Situation → score, averaged over the deals; by score. Share errors by alternative. */
interface Judged {
  readonly data: ChoiceData;
  readonly scores: ReadonlyMap<string, Float64Array>;
  readonly shares: ReadonlyMap<string, Float64Array>;
}

/**
 * One row per score: in sample, out of sample, std. error, lower, upper (95 %, over persons). Log score,
 * Brier score, hit rate, then the share error (predicted minus observed) of every alternative.
 */
export async function crossValidate(fit: Fit, options: CrossValidationOptions = {}): Promise<Table> {
  const inSample = judge([await predictionsOf(fit)]);
  const outOfSample = await judgeFolds(fit, options);
  const rows = [...outOfSample.scores.keys()].map((name) => row(name, name, inSample, outOfSample, "scores"));
  const shares = [...outOfSample.shares.keys()].map((name) =>
    row(`share error, ${name}`, name, inSample, outOfSample, "shares"),
  );
  return Table.from([...rows, ...shares], {
    title: `Out of sample: ${dealt(fit, options)}`,
    notes: [meaning, errorsBy(fit)],
    formats,
  });
}

/** The scores of persons held out once: `share` of them (default 0.3), predicted by a fit to the others. */
export async function holdOut(
  fit: Fit,
  { share = 0.3, seed = 1 }: { readonly share?: number; readonly seed?: number } = {},
): Promise<Table> {
  const out = judge([await heldOutPredictions(fit, share, seed)]);
  const own = judge([await predictionsOf(fit)]);
  const rows = [...out.scores.keys()].map((name) => row(name, name, own, out, "scores"));
  const shares = [...out.shares.keys()].map((name) => row(`share error, ${name}`, name, own, out, "shares"));
  const who = fit.data.person ? `${out.data.personCount} persons` : `${out.data.situations} choices`;
  return Table.from([...rows, ...shares], {
    title: `Out of sample: ${who} held out`,
    notes: [meaning, errorsBy(fit)],
    formats,
  });
}

/**
 * Models against the first one on the same folds: one row per score and model with the difference (model
 * minus first), its std. error over persons, and the verdict. All must be fitted to the same data.
 */
export async function compareOutOfSample(
  fits: Readonly<Record<string, Fit>>,
  options: CrossValidationOptions = {},
): Promise<Table> {
  const names = Object.keys(fits);
  if (names.length < 2) throw new Complaint("a comparison needs two fits", { value: names.length });
  const [first, ...others] = names;
  const other = others.find((name) => !isSame(fits[name].data, fits[first].data));
  if (other)
    throw new Complaint(`${other} is not fitted to the same choices as ${first}`, {
      rule: "a difference by person needs the same persons and choices in both",
    });
  const base = await judgeFolds(fits[first], options);
  const rows: Difference[] = [];
  for (const name of others) {
    const judged = await judgeFolds(fits[name], options);
    for (const score of scores) rows.push(difference(score, first, base, name, judged));
  }
  return Table.from(
    rows.map(({ verdict: _, ...numbers }) => numbers),
    {
      title: `Out of sample against ${first}: ${dealt(fits[first], options)}`,
      notes: [...rows.flatMap(({ verdict }) => verdict), errorsBy(fits[first])],
      formats: { z: 2, p: "p" },
    },
  );
}

const formats = Object.fromEntries(
  ["in sample", "out of sample", "std. error", "lower", "upper"].map((name) => [name, 4]),
);

const meaning =
  "Log score: minus the mean log probability of what was chosen. Brier score: mean squared distance, 0 to 2. For both, less is better. Share error: predicted minus observed.";

const errorsBy = ({ data }: Fit): string =>
  `95 % intervals over ${data.person ? "persons" : "choices"}, for the estimates of these folds.`;

function dealt(fit: Fit, { folds = 5, repeats = 1, seed = 1 }: CrossValidationOptions): string {
  const what = fit.data.person ? "persons" : "choices";
  return `${folds} folds of ${what}${repeats > 1 ? `, dealt ${repeats} times` : ""} (seed ${seed})`;
}

async function judgeFolds(fit: Fit, options: CrossValidationOptions): Promise<Judged> {
  const { repeats = 1, seed = 1 } = options;
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new Complaint("repeats is a whole number, 1 or more", { value: repeats });
  const deals: Predictions[] = [];
  for (let r = 0; r < repeats; r++) deals.push(await outOfFold(fit, { ...options, seed: seed + r }));
  return judge(deals);
}

function judge(deals: readonly Predictions[]): Judged {
  const { data } = deals[0];
  const mean = (each: readonly Float64Array[]): Float64Array =>
    each[0].map((_, s) => each.reduce((total, values) => total + values[s], 0) / each.length);
  const shares = deals.map(shareErrors);
  return {
    data,
    scores: new Map(scores.map(({ name, of }) => [name, mean(deals.map(of))])),
    shares: new Map(shares[0].map(({ name }, j) => [name, mean(shares.map((each) => each[j].values))])),
  };
}

function row(title: string, name: string, own: Judged, out: Judged, kind: "scores" | "shares") {
  const mean = clusteredMean(out.data, out[kind].get(name)!);
  const { lower, upper } = wald(mean.value, mean.standardError);
  return {
    score: title,
    "in sample": clusteredMean(own.data, own[kind].get(name)!).value,
    "out of sample": mean.value,
    "std. error": mean.standardError,
    lower,
    upper,
  };
}

type Difference = ReturnType<typeof difference>;

function difference(
  { name: score, better }: Score,
  first: string,
  base: Judged,
  name: string,
  other: Judged,
) {
  const ours = base.scores.get(score)!;
  const paired = other.scores.get(score)!.map((value, s) => value - ours[s]);
  const mean = clusteredMean(base.data, paired);
  const { z, p, lower, upper } = wald(mean.value, mean.standardError);
  const winner = mean.value > 0 === (better === "higher") ? name : first;
  const clear = lower > 0 || upper < 0;
  return {
    score,
    model: name,
    [first]: clusteredMean(base.data, ours).value,
    value: clusteredMean(base.data, other.scores.get(score)!).value,
    difference: mean.value,
    "std. error": mean.standardError,
    z,
    p,
    lower,
    upper,
    verdict: clear
      ? `By the ${score}, ${winner} predicts new persons better.`
      : `By the ${score}, ${first} and ${name} cannot be told apart.`,
  };
}

const isSame = (a: ChoiceData, b: ChoiceData): boolean =>
  a === b ||
  (a.situations === b.situations &&
    a.personCount === b.personCount &&
    a.rows === b.rows &&
    a.start.every((row, s) => row === b.start[s]) &&
    a.start.subarray(1).every((_, s) => isSameAnswer(a, b, s)));
