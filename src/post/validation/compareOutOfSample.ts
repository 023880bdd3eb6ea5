/** Which of several models predicts new persons better: differences by person on the same deals. */
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { wald } from "../../inference/index.ts";
import { isSameAnswer } from "../tests/comparable.ts";
import { type DealOptions, dealsOf, dealtWords } from "./deals.ts";
import { intervalNote, type Judged, judge } from "./judged.ts";
import { clusteredMean, type Score, scores } from "./scores.ts";

/**
 * Models against the first one on the same folds, or with `share` on the same persons held out: one row per score and
 * model with the difference (model minus first), its std. error over persons, and the verdict. All must be fitted to
 * the same data.
 */
export async function compareOutOfSample(
  fits: Readonly<Record<string, Fit>>,
  options: DealOptions = {},
): Promise<Table> {
  const names = Object.keys(fits);
  if (names.length < 2) throw new Complaint("a comparison needs two fits", { value: names.length });
  const [first, ...others] = names;
  const other = others.find((name) => !isSame(fits[name].data, fits[first].data));
  if (other)
    throw new Complaint(`${other} is not fitted to the same choices as ${first}`, {
      rule: "a difference by person needs the same persons and choices in both",
    });
  const judged = async (fit: Fit): Promise<Judged> => judge(fit.data, await dealsOf(fit, options));
  const base = await judged(fits[first]);
  const rows: Difference[] = [];
  for (const name of others) {
    const found = await judged(fits[name]);
    for (const score of scores) rows.push(difference(score, first, base, name, found));
  }
  return Table.from(
    rows.map(({ verdict: _, ...numbers }) => numbers),
    {
      title: `Out of sample against ${first}: ${dealtWords(fits[first], options)}`,
      notes: [...rows.flatMap(({ verdict }) => verdict), intervalNote(fits[first], options)],
      formats: { z: 2, p: "p" },
    },
  );
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
