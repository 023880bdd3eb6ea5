/** Every measure of every group against the first group of its column: difference and ratio, with intervals. */
import { Table } from "../../data/index.ts";
import { wald } from "../../inference/index.ts";
import { type Control, controls } from "../../inference/multiple.ts";
import { difference, type Estimate, logRatio, standardError } from "./influence.ts";
import type { GroupReport } from "./measures.ts";

interface Pair {
  readonly by: string;
  readonly measure: string;
  readonly group: string;
  readonly against: string;
  readonly one: Estimate;
  readonly other: Estimate;
}

export function comparisons(reports: readonly GroupReport[], control: Control): Table {
  const pairs = pairsOf(reports);
  const gaps = pairs.map(({ one, other }) => {
    const gap = difference(one, other);
    const test = wald(gap.value, standardError(gap));
    return same(gap, one) ? { ...test, z: 0, p: 1 } : test;
  });
  const ratios = pairs.map(ratioOf);
  return Table.of(
    {
      by: pairs.map(({ by }) => by),
      measure: pairs.map(({ measure }) => measure),
      group: pairs.map(({ group }) => group),
      against: pairs.map(({ against }) => against),
      gap: gaps.map(({ estimate }) => estimate),
      "std. error": gaps.map((gap) => gap.standardError),
      lower: gaps.map(({ lower }) => lower),
      upper: gaps.map(({ upper }) => upper),
      ratio: ratios.map(({ ratio }) => ratio),
      "ratio lower": ratios.map(({ lower }) => lower),
      "ratio upper": ratios.map(({ upper }) => upper),
      p: gaps.map(({ p }) => p),
      "corrected p": controls[control].adjust(gaps.map(({ p }) => p)),
    },
    {
      title: "Gaps between groups",
      keys: 4,
      formats: { p: "p", "corrected p": "p" },
      notes: [
        `p of the gap against 0, corrected by ${controls[control].title}. Intervals of ratios are those of their logarithm; there is no ratio of numbers of two signs.`,
      ],
    },
  );
}

/** Equal by construction: the model gives both groups the same number. */
const same = (gap: Estimate, one: Estimate): boolean =>
  Math.abs(gap.value) <= 1e-12 * Math.abs(one.value) && standardError(gap) <= 1e-9 * standardError(one);

function pairsOf(reports: readonly GroupReport[]): Pair[] {
  return [...new Set(reports.map(({ group }) => group.by))].flatMap((by) => {
    const [first, ...rest] = reports.filter(({ group }) => group.by === by);
    return first.measures.flatMap(({ measure, estimate: other }) => {
      if (!other) return [];
      return rest.flatMap(({ group, measures }) => {
        const one = measures.find((each) => each.measure === measure)?.estimate;
        return one ? [{ by, measure, group: group.name, against: first.group.name, one, other }] : [];
      });
    });
  });
}

/** Differences, which may be zero, have no ratio. */
function ratioOf({ measure, one, other }: Pair): { ratio: number; lower: number; upper: number } {
  if (measure.includes("−") || !(one.value * other.value > 0))
    return { ratio: Number.NaN, lower: Number.NaN, upper: Number.NaN };
  const log = logRatio(one, other);
  const { estimate, lower, upper } = wald(log.value, standardError(log));
  return { ratio: Math.exp(estimate), lower: Math.exp(lower), upper: Math.exp(upper) };
}
