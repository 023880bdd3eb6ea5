/**
 * A verb is a question asked of a fit: options in, tables out, perhaps a chart of them. The command line,
 * the report and the app read the registry (index.ts); a verb that is registered appears in all of them.
 * The registry is read to show what there is to ask: what an answer needs is loaded when it is asked for.
 */
import type { Chart, ChartOptions } from "../charts/index.ts";
import type { Table } from "../data/index.ts";
import type { Fit, FitOptions } from "../fit/index.ts";
import type { Bootstrap, BootstrapOptions } from "../post/index.ts";

/** How one option is written on the command line and shown in a form. */
export interface VerbOption {
  readonly kind: "text" | "number" | "flag" | "list";
  /** What it means, as a phrase. */
  readonly help: string;
  readonly required?: true;
  readonly default?: string | number | boolean;
  readonly choices?: readonly string[];
}

export type VerbValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** What is around the question besides its options. */
export interface VerbContext {
  /** All fits by name, the first of them included, where a verb takes several. */
  readonly fits?: Readonly<Record<string, Fit>>;
  /** Who does a bootstrap here: with threads, progress and a file to go on from. Default: this thread. */
  readonly bootstrap?: (fit: Fit, options?: BootstrapOptions) => Promise<Bootstrap>;
  /** Whom fits that the answer needs tell of their steps. */
  readonly search?: Pick<FitOptions, "onStep">;
}

export interface Verb {
  /** As it is typed: "calibration". */
  readonly name: string;
  readonly title: string;
  /** One sentence: the question it answers. */
  readonly question: string;
  readonly options: Readonly<Record<string, VerbOption>>;
  /** How many fits it is asked of, at least and at most. Default: one. */
  readonly fits?: readonly [least: number, most: number];
  /** Tables in the order they are shown; verdicts and advice are notes of a table. */
  run(fit: Fit, values: VerbValues, around?: VerbContext): Promise<Table[]>;
  /** The picture of what `run` answered. */
  chart?(tables: readonly Table[], options: ChartOptions): Promise<Chart>;
}
