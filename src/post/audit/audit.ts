/**
 * Is the model as good for everybody? For every group of a column: are its shares predicted, are its
 * probabilities calibrated, how surely does it choose, what would it pay, what does a change do to it; which
 * groups differ; and which term would mend those that fail. Errors are clustered by person (influence.ts), and
 * p-values corrected for the number of questions.
 */
import { Complaint } from "../../complaint/index.ts";
import { Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { type Control, controls } from "../../inference/multiple.ts";
import { comparisons } from "./comparisons.ts";
import { type GroupOptions, groupsBy } from "./groups.ts";
import { panelOf } from "./influence.ts";
import { type GroupReport, type MeasureOptions, measured, sizeOf } from "./measures.ts";
import { measureTable } from "./measureTable.ts";
import { shareTable } from "./shareTable.ts";

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
