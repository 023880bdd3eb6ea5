/**
 * A verb is a question asked of a fit: options in, tables out, perhaps a chart of them. The command line,
 * the report and the app read the registry (index.ts); a verb that is registered appears in all of them.
 */
import type { Chart, ChartOptions } from "../charts/index.ts";
import type { Table } from "../data/index.ts";
import type { Fit } from "../fit/index.ts";

/** How one option is written on the command line and shown in a form. */
export interface VerbOption {
  readonly kind: "text" | "number" | "flag" | "list";
  /** What it means, as a phrase. */
  readonly help: string;
  readonly required?: true;
  readonly default?: string | number | boolean;
}

export type VerbValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface Verb {
  /** As it is typed: "calibration". */
  readonly name: string;
  readonly title: string;
  /** One sentence: the question it answers. */
  readonly question: string;
  readonly options: Readonly<Record<string, VerbOption>>;
  /** Tables in the order they are shown; verdicts and advice are notes of a table. */
  run(fit: Fit, values: VerbValues): Promise<Table[]>;
  /** The picture of what `run` answered. */
  chart?(tables: readonly Table[], options: ChartOptions): Chart;
}
