/**
 * The table of a paper: models side by side, estimates with standard errors (or t, p, intervals) beneath them,
 * stars where asked for, goodness of fit at the foot. Models stand in columns or in rows; coefficients that
 * belong to one alternative may have a column for each alternative.
 */
import { Complaint } from "../complaint/index.ts";
import { Table } from "../data/index.ts";
import type { Fit } from "../fit/index.ts";
import { sampleNotes } from "./sameSample.ts";
import { type Beneath, type Entry, entriesOf, type Marks } from "./specificationCells.ts";
import { fitStatisticsOf, type Statistic, statisticNames } from "./specificationStatistics.ts";

export interface SpecificationOptions {
  /** What stands beneath an estimate. Default "se". */
  readonly beneath?: Beneath;
  /** Stars for p below these levels, one more for each; true for 0.05, 0.01, 0.001. Default none. */
  readonly stars?: boolean | readonly number[];
  /** Decimals of estimates and what stands beneath. Default: so many that the smallest error has two digits. */
  readonly decimals?: number;
  /** Models in "columns" (default) or in "rows". */
  readonly models?: "columns" | "rows";
  /** Coefficients of one alternative: a row for each (default), or alternatives in "columns". */
  readonly choices?: "rows" | "columns";
  /** Which statistics stand at the foot, in this order. Default: all. */
  readonly statistics?: readonly Statistic[];
}

const usualLevels = [0.05, 0.01, 0.001];

/** A line of the table: its name and a cell per column. */
interface Line {
  readonly name: string;
  readonly cells: readonly string[];
}

export function specificationTable(
  fits: Readonly<Record<string, Fit>>,
  options: SpecificationOptions = {},
): Table {
  const names = Object.keys(fits);
  if (names.length === 0)
    throw new Complaint("there is nothing to compare", { help: "give at least one fit" });
  const levels = levelsOf(options.stars);
  const marks: Marks = { beneath: options.beneath ?? "se", levels, decimals: options.decimals };
  const unfold = options.choices === "columns";
  const entries = entriesOf(fits, marks, unfold);
  const columns = columnsOf(names, entries, unfold);
  const lines = [...estimateLines(entries, columns, marks), ...footLines(fits, columns, options.statistics)];
  const shape = options.models === "rows" ? transposed(columns, lines) : upright(columns, lines);
  return Table.of(shape, {
    title: names.length === 1 ? `Estimates of ${names[0]}` : "Specifications",
    figures: Object.keys(shape).slice(1),
    notes: [
      beneathWords[marks.beneath],
      ...(levels.length > 0 ? [`${starWords(levels)}.`] : []),
      ...errorNotes(fits),
      ...unfinishedNotes(fits),
      ...sampleNotes(Object.values(fits)),
    ].filter((note) => note !== ""),
  });
}

const beneathWords: Readonly<Record<Beneath, string>> = {
  se: "Standard errors beneath the estimates.",
  t: "t statistics beneath the estimates.",
  p: "p values beneath the estimates.",
  interval: "95 % intervals beneath the estimates.",
  none: "",
};

function levelsOf(stars: SpecificationOptions["stars"] = false): readonly number[] {
  const levels = stars === true ? usualLevels : stars === false ? [] : [...stars].sort((a, b) => b - a);
  const bad = levels.find((level) => !(level > 0 && level < 1));
  if (bad !== undefined)
    throw new Complaint("a level of stars is a probability", { value: bad, help: "0.05" });
  return levels;
}

const starWords = (levels: readonly number[]): string =>
  levels.map((level, i) => `${"*".repeat(i + 1)} p < ${level}`).join(", ");

function errorNotes(fits: Readonly<Record<string, Fit>>): string[] {
  const kinds = new Map(Object.entries(fits).map(([name, fit]) => [name, fit.covariance.kind]));
  const found = new Set(kinds.values());
  if (found.size === 1) return [`Covariance: ${[...found][0]}.`];
  return [`Covariance: ${[...kinds].map(([name, kind]) => `${name} ${kind}`).join(", ")}.`];
}

const unfinishedNotes = (fits: Readonly<Record<string, Fit>>): string[] =>
  Object.entries(fits).flatMap(([name, { converged, message }]) =>
    converged ? [] : [`${name} is no maximum, so it has no estimates: ${message}.`],
  );

interface Column {
  readonly title: string;
  readonly fit: string;
  /** "" for what belongs to no alternative alone. */
  readonly choice: string;
}

function columnsOf(names: readonly string[], entries: readonly Entry[], unfold: boolean): Column[] {
  if (!unfold) return names.map((fit) => ({ title: fit, fit, choice: "" }));
  return names.flatMap((fit) => {
    const choices = [...new Set(entries.filter((each) => each.fit === fit).map(({ choice }) => choice))];
    const shared = ["", ...choices.filter((choice) => choice !== "")];
    return shared.map((choice) => {
      const title = choice === "" ? "all" : choice;
      return { title: names.length === 1 ? title : `${fit}: ${title}`, fit, choice };
    });
  });
}

function estimateLines(entries: readonly Entry[], columns: readonly Column[], { beneath }: Marks): Line[] {
  const rows = [...new Set(entries.map(({ row }) => row))];
  return rows.flatMap((row) => {
    const found = columns.map((column) =>
      entries.find((each) => each.row === row && each.fit === column.fit && each.choice === column.choice),
    );
    const estimate = { name: row, cells: found.map((each) => each?.estimate ?? "") };
    return beneath === "none"
      ? [estimate]
      : [estimate, { name: "", cells: found.map((each) => each?.beneath ?? "") }];
  });
}

/** Statistics stand in the first column of their fit, beneath a line of nothing. */
function footLines(
  fits: Readonly<Record<string, Fit>>,
  columns: readonly Column[],
  asked: readonly Statistic[] = statisticNames,
): Line[] {
  if (asked.length === 0) return [];
  const values = new Map(Object.entries(fits).map(([name, fit]) => [name, fitStatisticsOf(fit)]));
  const rows = asked.filter((name) => [...values.values()].some((each) => each[name] !== ""));
  return [
    { name: "", cells: columns.map(() => "") },
    ...rows.map((name) => ({
      name,
      cells: columns.map(({ fit, choice }) => (choice === "" ? values.get(fit)![name] : "")),
    })),
  ];
}

const upright = (columns: readonly Column[], lines: readonly Line[]): Record<string, string[]> => ({
  "": lines.map(({ name }) => name),
  ...Object.fromEntries(columns.map(({ title }, i) => [title, lines.map(({ cells }) => cells[i])])),
});

/** A pair of rows per model; a line without a name belongs to the one above it. */
function transposed(columns: readonly Column[], lines: readonly Line[]): Record<string, string[]> {
  const named = lines.flatMap((line, i) => (line.name === "" ? [] : [{ line, below: lines[i + 1] }]));
  const hasBelow = named.some(({ below }) => below?.name === "");
  const pick = ({ line, below }: (typeof named)[number], i: number): string[] => [
    line.cells[i],
    ...(hasBelow ? [below?.name === "" ? below.cells[i] : ""] : []),
  ];
  return {
    model: columns.flatMap(({ title }) => [title, ...(hasBelow ? [""] : [])]),
    ...Object.fromEntries(named.map((each) => [each.line.name, columns.flatMap((_, i) => pick(each, i))])),
  };
}
