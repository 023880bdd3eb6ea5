/** How the answer of a test is written: a table of statistics, and a sentence that says what it means. */
import { formatCell } from "../../data/format.ts";
import { type Format, Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";

export interface TestOptions {
  /** The probability of rejecting what is true that the verdict allows. Default 0.05. */
  readonly level?: number;
}

export interface TestRow {
  /** What is tested. */
  readonly test: string;
  readonly statistic: number;
  /** Degrees of freedom of the χ²; NaN for a statistic that is normal. */
  readonly degrees: number;
  readonly p: number;
}

/** "Rejected at the 5 % level (p = 0.003): …" */
export function verdict(
  p: number,
  { rejected, kept }: { readonly rejected: string; readonly kept: string },
  { level = 0.05 }: TestOptions = {},
): string {
  if (Number.isNaN(p)) return "There is no verdict: the statistic could not be computed.";
  const at = `at the ${Number((100 * level).toPrecision(3))} % level (p ${shown(p)})`;
  return p < level ? `Rejected ${at}: ${rejected}.` : `Not rejected ${at}: ${kept}.`;
}

const shown = (p: number): string => {
  const text = formatCell(p, "p");
  return text.startsWith("<") ? `< ${text.slice(1)}` : `= ${text}`;
};

/** Columns test, statistic, degrees, p; what is told besides stands between test and statistic. */
export function testTable(
  rows: readonly TestRow[],
  {
    title,
    notes,
    besides = {},
    formats = {},
  }: {
    readonly title: string;
    readonly notes: readonly string[];
    readonly besides?: Readonly<Record<string, readonly (string | number)[]>>;
    readonly formats?: Readonly<Record<string, Format>>;
  },
): Table {
  const hasDegrees = rows.some(({ degrees }) => !Number.isNaN(degrees));
  return Table.of(
    {
      test: rows.map(({ test }) => test),
      ...besides,
      statistic: rows.map(({ statistic }) => statistic),
      ...(hasDegrees ? { degrees: rows.map(({ degrees }) => degrees) } : {}),
      p: rows.map(({ p }) => p),
    },
    { title, notes, formats: { statistic: 3, p: "p", ...formats } },
  );
}

/** What a likelihood ratio takes for granted and these data may not grant. */
export function independenceNotes(fits: readonly Fit[]): string[] {
  const weighted = fits.some(({ data }) => data.weight !== null);
  const panel = fits.some(({ persons, situations }) => persons !== null && persons < situations);
  return [
    ...(panel
      ? [
          "A likelihood ratio takes the choices of a person as independent; with clustered errors prefer Wald or score tests.",
        ]
      : []),
    ...(weighted ? ["The choices are weighted, so the likelihood ratio is only roughly χ²."] : []),
  ];
}
