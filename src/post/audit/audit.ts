/**
 * Is the model as good for everybody? For every group of a column: are its shares predicted, are its
 * probabilities calibrated, how surely does it choose, what would it pay, what does a change do to it; which
 * groups differ; and which term would mend those that fail. Errors are clustered by person (influence.ts), and
 * p-values corrected for the number of questions.
 */
import { Complaint } from "../../complaint/index.ts";
import { formatCell } from "../../data/format.ts";
import { Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { type Wald, wald } from "../../inference/index.ts";
import { type Control, controls } from "../../inference/multiple.ts";
import { comparisons } from "./comparisons.ts";
import { type GroupOptions, groupsBy } from "./groups.ts";
import { type Panel, panelOf, standardError } from "./influence.ts";
import { type GroupReport, type MeasureOptions, measured, type Share } from "./measures.ts";
import { needed, termOf } from "./terms.ts";

export interface AuditOptions extends GroupOptions, MeasureOptions {
  /** Columns, or expressions of columns, whose values make the groups. */
  readonly by: string | readonly string[];
  /** How p-values are corrected for the number of tests: "holm" (default) or "benjamini-hochberg". */
  readonly control?: Control;
  /** A group fails where its corrected p is below this. Default 0.05. */
  readonly level?: number;
  /** A group of fewer persons (choices, where no persons are declared) is shown but not judged. Default 10. */
  readonly least?: number;
}

/**
 * Four tables: the groups; shares by group with the verdicts and the terms that would mend them (see `mend`);
 * measures by group; gaps between groups. z is clustered by person and counts the error of the coefficients;
 * `z if right` has the variance of a model that is right, with independent choices.
 */
export async function audit(fit: Fit, options: AuditOptions): Promise<Table[]> {
  const by = [options.by].flat();
  const { control = "holm", level = 0.05, least = 10 } = options;
  if (by.length === 0) throw new Complaint("an audit needs groups", { help: 'by: ["age", "region"]' });
  if (!Object.hasOwn(controls, control))
    throw new Complaint("there is no such correction of p-values", {
      value: control,
      help: Object.keys(controls).join(" or "),
    });
  const groups = by.flatMap((each) => groupsBy(fit.data, each, options));
  const panel = await panelOf(fit);
  const reports: GroupReport[] = [];
  for (const group of groups) reports.push(await measured(panel, group, options));
  return [
    groupTable(reports),
    shareTable(panel, reports, { control, level, least }),
    measureTable(panel, reports),
    comparisons(
      reports.filter((report) => sizeOf(report) >= least),
      control,
    ),
  ];
}

function groupTable(reports: readonly GroupReport[]): Table {
  const persons = reports.every((report) => report.persons !== null);
  return Table.of(
    {
      by: reports.map(({ group }) => group.by),
      group: reports.map(({ group }) => group.name),
      condition: reports.map(({ group }) => group.condition),
      choices: reports.map(({ choices }) => choices),
      ...(persons ? { persons: reports.map((report) => report.persons!) } : {}),
    },
    { title: "Groups", keys: 2 },
  );
}

interface Line {
  readonly report: GroupReport;
  readonly share: Share;
  readonly test: Wald;
  /** Whether the group is large enough for its errors to mean something. */
  readonly judged: boolean;
}

interface Judgement {
  readonly control: Control;
  readonly level: number;
  readonly least: number;
}

function shareTable(panel: Panel, reports: readonly GroupReport[], judgement: Judgement): Table {
  const { control, level, least } = judgement;
  const lines = reports.flatMap((report) =>
    report.shares.map((share): Line => {
      const judged = sizeOf(report) >= least;
      return { report, share, judged, test: judged ? tested(share) : wald(share.gap.value, Number.NaN) };
    }),
  );
  const adjusted = controls[control].adjust(lines.map(({ test }) => test.p));
  const fails = lines.map((_, i) => adjusted[i] < level);
  const terms = termsOf(panel.fit, lines, fails);
  const column = (of: (line: Line) => number): number[] => lines.map(of);
  return Table.of(
    {
      by: lines.map(({ report }) => report.group.by),
      group: lines.map(({ report }) => report.group.name),
      alternative: lines.map(({ share }) => share.alternative),
      observed: column(({ share }) => share.observed.value),
      predicted: column(({ share }) => share.predicted.value),
      gap: column(({ test }) => test.estimate),
      "std. error": column(({ test }) => test.standardError),
      lower: column(({ test }) => test.lower),
      upper: column(({ test }) => test.upper),
      z: column(({ test }) => test.z),
      p: column(({ test }) => test.p),
      "corrected p": adjusted,
      "z if right": column(({ share, test }) => test.estimate / share.modelError),
      verdict: fails.map((each, i) => (each ? "fails" : lines[i].judged ? "passes" : "too few")),
      term: terms,
    },
    {
      title: "Shares by group",
      keys: 3,
      formats: { ...four("observed", "predicted", "gap", "std. error", "lower", "upper"), ...tests },
      notes: [
        ...verdicts(lines, fails, adjusted, terms),
        ...tooFew(reports, least),
        `Gap: predicted minus observed share. ${clustered(panel)} p corrected by ${controls[control].title}.`,
        "z if right: against the variance that the choices would have, were the model right and they independent.",
      ],
    },
  );
}

const sizeOf = ({ persons, choices }: GroupReport): number => persons ?? choices;

function tooFew(reports: readonly GroupReport[], least: number): string[] {
  const small = reports.filter((report) => sizeOf(report) < least);
  if (small.length === 0) return [];
  const who = small.map(({ group }) => `${group.by} ${group.name}`).join(", ");
  const what = small[0].persons === null ? "choices" : "persons";
  return [`${who}: fewer than ${least} ${what}, too few to judge.`];
}

const tests = { z: 2, p: "p", "corrected p": "p", "z if right": 2 } as const;
const four = (...names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, 4]));

const clustered = ({ fit }: Panel): string =>
  fit.data.person
    ? "Errors are clustered by person and count that coefficients are estimated."
    : "Errors take choices as independent and count that coefficients are estimated.";

/** A gap that a term of the model holds at zero has no test: it is zero. */
function tested({ gap }: Share): Wald {
  const test = wald(gap.value, standardError(gap));
  return Math.abs(gap.value) < 1e-7 ? { ...test, z: 0, p: 1 } : test;
}

function termsOf(fit: Fit, lines: readonly Line[], fails: readonly boolean[]): string[] {
  const terms = lines.map(() => "");
  for (const by of new Set(lines.map(({ report }) => report.group.by))) {
    const own = lines.flatMap((line, i) => (line.report.group.by === by ? [{ line, i }] : []));
    const groups = [...new Set(own.map(({ line }) => line.report.group))];
    const failing = own
      .filter(({ i }) => fails[i])
      .map(({ line, i }) => ({
        i,
        group: line.report.group,
        alternative: line.share.alternative,
        size: Math.abs(line.test.z),
      }));
    const taken = new Set(needed(fit, groups, failing));
    for (const cell of failing) if (taken.has(cell)) terms[cell.i] = termOf(cell);
  }
  return terms;
}

/** A constant for an alternative that nobody there chose, or everybody, would run away. */
const isInside = ({ observed: { value } }: Share): boolean => value > 0 && value < 1;

const withoutTerm = (share: Share): string =>
  isInside(share) ? "" : runsAway(share.alternative, share.observed.value);

const runsAway = (alternative: string, value: number): string =>
  ` ${value === 0 ? "Nobody" : "Everybody"} there chose ${alternative}, so no constant can mend it: merge the group with another.`;

function verdicts(
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

function measureTable(panel: Panel, reports: readonly GroupReport[]): Table {
  const lines = reports.flatMap(({ group, measures }) => measures.map((measure) => ({ group, ...measure })));
  return Table.of(
    {
      by: lines.map(({ group }) => group.by),
      group: lines.map(({ group }) => group.name),
      measure: lines.map(({ measure }) => measure),
      value: lines.map(({ value }) => value),
      "std. error": lines.map((line) => line.standardError),
      lower: lines.map(({ lower }) => lower),
      upper: lines.map(({ upper }) => upper),
    },
    {
      title: "Measures by group",
      keys: 3,
      notes: [
        ...reports.flatMap(({ notes }) => notes),
        `${clustered(panel)} Temperature: at frozen utilities, 1 for everybody together; above 1, less decided than the model says.`,
        "Log loss − entropy: 0 where the model knows how sure it is. Calibration error: of all probabilities in ten bins of equal mass, debiased, with a bootstrap interval over persons.",
      ],
    },
  );
}
