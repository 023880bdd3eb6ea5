/** The commands, one row each. `load` imports what a command needs when it is called. */
import { type Flag, type FlagName, studyFlags, tableFlags, type Values } from "./flags.ts";

export interface CommandRow {
  readonly name: string;
  readonly description: string;
  /** How commander writes the arguments; absent when there are none. */
  readonly sources?: "<source>" | "<sources...>";
  readonly flags: readonly FlagName[];
  /** Flags of this command alone. */
  readonly own?: readonly Flag[];
  readonly load: () => Promise<{ main(sources: readonly string[], values: Values): Promise<number> }>;
}

/** Commands under a common word: `logsum test wald`. */
export interface CommandGroup {
  readonly name: string;
  readonly description: string;
  readonly rows: readonly CommandRow[];
}

const specificationFlags = ["beneath", "stars", "decimals", "models", "choices"] as const;

const common = [...studyFlags, ...tableFlags];

export const commands: readonly CommandRow[] = [
  {
    name: "fit",
    description: "Estimate a model and print the table",
    sources: "<source>",
    flags: [...common, "report", "include", "save", "per", "over"],
    load: () => import("./commands/fit.ts"),
  },
  {
    name: "describe",
    description: "Describe the data: shares, availability, attribute ranges",
    sources: "<source>",
    flags: common,
    load: () => import("./commands/describe.ts"),
  },
  {
    name: "doctor",
    description: "Find what is wrong with data, model or fit, and what to do about it",
    sources: "<source>",
    flags: [...common, "responseTime", "fitted", "fix"],
    load: () => import("./commands/doctor.ts"),
  },
  {
    name: "predict",
    description: "Choice probabilities, in sample, for other data or under a scenario",
    sources: "<source>",
    flags: [...common, "scenario"],
    load: () => import("./commands/predict.ts"),
  },
  {
    name: "compare",
    description: "Several fits side by side, with all digits or as in a paper",
    sources: "<sources...>",
    flags: [...specificationFlags, ...tableFlags, "quiet"],
    load: () => import("./commands/compare.ts"),
  },
  {
    name: "verify",
    description: "Check a fit: refit from the declared start, gradient, backends, stored numbers",
    sources: "<source>",
    flags: common,
    load: () => import("./commands/verify.ts"),
  },
  {
    name: "convert",
    description: "Make of a CSV file of any size an Arrow file that can be fitted from the disk",
    sources: "<sources...>",
    flags: ["float32"],
    load: () => import("./commands/convert.ts"),
  },
  {
    name: "chart",
    description: "Draw a chart as SVG, PNG or Vega-Lite JSON",
    sources: "<source>",
    flags: [...studyFlags, "kind", "over", "of", "points", "theme", "output"],
    load: () => import("./commands/chart.ts"),
  },
  {
    name: "demo",
    description: "Fit the travel-mode data and write a report",
    flags: ["out", "quiet"],
    load: () => import("./commands/demo.ts"),
  },
];
