/** What the audit says of every share that fails, in a sentence. */
import { formatCell } from "../../data/format.ts";
import type { Wald } from "../../inference/index.ts";
import { type GroupReport, type Share, sizeOf } from "./measures.ts";

/** One share of one group. */
export interface Line {
  readonly report: GroupReport;
  readonly share: Share;
  readonly test: Wald;
  /** Whether the group is large enough for its errors to mean something. */
  readonly judged: boolean;
}

/** A sentence for each line that fails, with the term that mends it; or one that says that none does. */
export function verdicts(
  lines: readonly Line[],
  fails: readonly boolean[],
  adjusted: readonly number[],
  terms: readonly string[],
): string[] {
  const said = lines.flatMap(({ report: { group }, share, test }, i) => {
    if (!fails[i]) return [];
    const points = (100 * Math.abs(test.estimate)).toFixed(1);
    const than = test.estimate < 0 ? "less" : "more";
    const p = formatCell(adjusted[i], "p")
      .replace(/^</, "< ")
      .replace(/^(?=\d)/, "= ");
    const cure = terms[i]
      ? ` It is mended by ${terms[i]} in the utility of ${share.alternative}.`
      : withoutTerm(share);
    return [
      `${group.by} ${group.name}: ${share.alternative} is predicted ${points} points ${than} than it is chosen (z = ${test.z.toFixed(1)}, corrected p ${p}).${cure}`,
    ];
  });
  return said.length > 0
    ? said
    : ["No group fails: predicted and observed shares agree within sampling error."];
}

/** A sentence that names the groups too small to be judged, if there are any. */
export function tooFew(reports: readonly GroupReport[], least: number): string[] {
  const small = reports.filter((report) => sizeOf(report) < least);
  if (small.length === 0) return [];
  const who = small.map(({ group }) => `${group.by} ${group.name}`).join(", ");
  const what = small[0].persons === null ? "choices" : "persons";
  return [`${who}: fewer than ${least} ${what}, too few to judge.`];
}

/** A constant for an alternative that nobody there chose, or everybody, would run away. */
const isInside = ({ observed: { value } }: Share): boolean => value > 0 && value < 1;

const withoutTerm = (share: Share): string =>
  isInside(share) ? "" : runsAway(share.alternative, share.observed.value);

const runsAway = (alternative: string, value: number): string =>
  ` ${value === 0 ? "Nobody" : "Everybody"} there chose ${alternative}, so no constant can mend it: merge the group with another.`;
