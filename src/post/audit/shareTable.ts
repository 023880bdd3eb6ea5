/** Observed and predicted shares of every group, tested; which fail, and the terms that would mend them. */
import { Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { type Wald, wald } from "../../inference/index.ts";
import { type Control, controls } from "../../inference/multiple.ts";
import { errorsNote, type Panel, standardError } from "./influence.ts";
import { type GroupReport, type Share, sizeOf } from "./measures.ts";
import { needed, termOf } from "./terms.ts";
import { type Line, tooFew, verdicts } from "./verdicts.ts";

interface Judgement {
  readonly control: Control;
  readonly level: number;
  readonly least: number;
}

/** One row per group and alternative; the verdicts are its notes. */
export function shareTable(panel: Panel, reports: readonly GroupReport[], judgement: Judgement): Table {
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
        `Gap: predicted minus observed share. ${errorsNote(panel)} p corrected by ${controls[control].title}.`,
        "z if right: against the variance that the choices would have, were the model right and they independent.",
      ],
    },
  );
}

const tests = { z: 2, p: "p", "corrected p": "p", "z if right": 2 } as const;
const four = (...names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, 4]));

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
