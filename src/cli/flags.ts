/** The options of the command line, one row each; commands name those they take. */
import { modelOptions, type OptionName } from "../models/options.ts";

export interface Flag {
  readonly flag: string;
  readonly says: string;
  /** May be given more than once. */
  readonly repeats?: true;
  readonly choices?: readonly string[];
}

/** One flag for every option that models take. */
const optionFlags = Object.fromEntries(
  Object.entries(modelOptions).map(([name, { value, says }]) => [
    name,
    { flag: `--${name} <${value}>`, says },
  ]),
) as Record<OptionName, { readonly flag: string; readonly says: string }>;
export const optionNames = Object.keys(modelOptions) as OptionName[];

/** Values by the flag's name in camel case. */
export type Values = Readonly<Record<string, unknown>>;

export const flags = {
  situation: { flag: "--situation <column>", says: "column that numbers the choice situations" },
  alternative: { flag: "--alternative <column>", says: "column that names the alternative (long layout)" },
  choice: { flag: "--choice <column>", says: "column that says what was chosen" },
  rank: { flag: "--rank <column>", says: "instead of a choice: 1 for the best, 2 for the next …" },
  best: { flag: "--best <column>", says: "instead of a choice, with --worst: the best alternative" },
  worst: { flag: "--worst <column>", says: "the worst alternative" },
  fractions: { flag: "--fractions <column>", says: "instead of a choice: fractions that sum to 1" },
  counts: { flag: "--counts <column>", says: "instead of a choice: how often each was chosen" },
  amounts: { flag: "--amounts <column>", says: "instead of a choice: how much of each was taken" },
  prices: { flag: "--prices <column>", says: "unit prices of the amounts (default: 1)" },
  person: {
    flag: "--person <column>",
    says: "column that names the decision maker; standard errors are then clustered",
  },
  weight: { flag: "--weight <expression>", says: "weight of each situation" },
  population: {
    flag: "--population <shares>",
    says: "choice-based sample: the population's shares, car=0.64,bus=0.36; choices are weighted by them",
  },
  classWeights: {
    flag: "--class-weights <weights>",
    says: "weights by chosen alternative: balanced, or car=1,bus=3; they move the constants",
  },
  available: {
    flag: "--available <expression>",
    says: "0 where an alternative could not be chosen (long layout)",
  },
  layout: {
    flag: "--layout <layout>",
    says: "long (default): a row per alternative; wide: a row per situation",
    choices: ["long", "wide"],
  },
  alternatives: { flag: "--alternatives <labels>", says: "wide layout: train=1,car=2, or the labels alone" },
  attribute: {
    flag: "--attribute <name=pattern>",
    says: "wide layout: cost=cost_{alternative}; may be repeated",
    repeats: true,
  },
  filter: { flag: "--filter <expression>", says: "keep the rows where this is true" },
  derive: { flag: "--derive <name=expression>", says: "add a column; may be repeated", repeats: true },
  formula: { flag: "--formula <formula>", says: '"generic | situation variables | alternative-specific"' },
  reference: {
    flag: "--reference <alternative>",
    says: "alternative whose constant is 0 (default: the first)",
  },
  kernel: { flag: "--kernel <model>", says: "the model (default: logit)" },
  ...optionFlags,
  temperature: {
    flag: "--temperature <mode>",
    says: "what pins τ: money=b_cost, by=group, on=age+task, known; joined by commas",
  },
  random: {
    flag: "--random <coefficients>",
    says: "coefficients that vary over people: b_time:normal,b_cost:lognormal- (- or + is the sign)",
  },
  correlated: {
    flag: "--correlated <groups>",
    says: "random coefficients that are correlated: all, or b_time,b_cost;b_wait,b_walk",
  },
  draws: { flag: "--draws <count>", says: "simulation draws per person (default: 512)" },
  drawKind: {
    flag: "--draw-kind <kind>",
    says: "which draws",
    choices: ["sobol", "halton", "scrambledHalton", "shuffledHalton", "mlhs", "random", "gaussHermite"],
  },
  classes: { flag: "--classes <count>", says: "latent classes of people" },
  membership: { flag: "--membership <terms>", says: "what membership of a class depends on: age + income" },
  shared: {
    flag: "--shared <parameters>",
    says: "parameters that are the same in all classes, joined by commas; may be repeated",
    repeats: true,
  },
  latent: {
    flag: "--latent <name=columns>",
    says: "a latent variable and what it depends on: green=age + female; may be repeated",
    repeats: true,
  },
  indicators: {
    flag: "--indicators <name=columns>",
    says: "answers that show it: green=concern,offset:continuous (default: ordered); may be repeated",
    repeats: true,
  },
  covariance: {
    flag: "--covariance <kind>",
    says: "standard errors",
    choices: ["hessian", "robust", "cluster"],
  },
  maxIterations: { flag: "--max-iterations <count>", says: "stop after so many steps" },
  threads: {
    flag: "--threads <count>",
    says: "at most so many threads (default: with draws or classes as many as the work is worth, else one)",
  },
  data: { flag: "--data <file>", says: "other data for a study or a saved fit" },
  scenario: {
    flag: "--scenario <column=expression>",
    says: '"cost.car=cost * 1.2"; may be repeated',
    repeats: true,
  },
  of: {
    flag: "--of <name>",
    says: "the attribute; of a curve, the alternative whose attribute is on the axis",
  },
  per: { flag: "--per <name>", says: "the attribute that pays (cost); of a report too" },
  over: { flag: "--over <column>", says: "the attribute on the horizontal axis" },
  points: { flag: "--points <count>", says: "points of a curve" },
  kind: {
    flag: "--kind <chart>",
    says: "which chart",
    choices: [
      "probabilities",
      "coefficients",
      "shares",
      "elasticities",
      "reliability",
      "profile",
      "densities",
      "convergence",
    ],
  },
  output: {
    flag: "-o, --output <file>",
    says: "where the chart goes: .svg, .png, .pdf or .json (default: JSON to the terminal)",
  },
  theme: { flag: "--theme <theme>", says: "print (default) or screen", choices: ["print", "screen"] },
  out: { flag: "--out <folder>", says: "folder to write into (default: out)" },
  beneath: {
    flag: "--beneath <what>",
    says: "compare as in a paper: what stands beneath an estimate",
    choices: ["se", "t", "p", "interval", "none"],
  },
  stars: { flag: "--stars", says: "compare with stars for p < 0.05, 0.01, 0.001" },
  decimals: { flag: "--decimals <count>", says: "decimals of estimates in a comparison" },
  models: {
    flag: "--models <way>",
    says: "models in columns (default) or rows",
    choices: ["columns", "rows"],
  },
  choices: {
    flag: "--choices <way>",
    says: "coefficients of one alternative in rows (default), or alternatives in columns",
    choices: ["rows", "columns"],
  },
  json: { flag: "--json", says: "print one JSON object" },
  markdown: { flag: "--markdown", says: "print Markdown" },
  latex: { flag: "--latex <file>", says: "write LaTeX (booktabs)" },
  html: { flag: "--html <file>", says: "write an HTML table" },
  rtf: { flag: "--rtf <file>", says: "write Rich Text, for word processors" },
  csv: { flag: "--csv <file>", says: "write CSV with all digits" },
  resume: {
    flag: "--resume <file>",
    says: "keep the replicates of a bootstrap in this file, and go on from those that it holds",
  },
  report: {
    flag: "--report <file>",
    says: "write a report: one HTML page that needs no network, or LaTeX (.tex) with its figures beside it",
  },
  include: {
    flag: "--include <verb>",
    says: 'what joins the report: calibration, or "calibration bins=10 folds=3"; may be repeated',
    repeats: true,
  },
  save: {
    flag: "--save <file>",
    says: "keep the fit for predict, shares, elasticities, wtp, chart, compare and verify",
  },
  fix: { flag: "--fix <file>", says: "write the study with the safe fixes applied, and list them" },
  fitted: { flag: "--fitted", says: "fit the model and examine the fit as well" },
  responseTime: { flag: "--response-time <column>", says: "column of how long the answer took" },
  float32: {
    flag: "--float32",
    says: "keep the numbers of a CSV file in half the memory, to seven digits",
  },
  stream: {
    flag: "--stream",
    says: "leave the numbers of an Arrow file on the disk (default: where it is large for the memory)",
  },
  quiet: { flag: "--quiet", says: "no progress, no warnings" },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

/** What makes or changes a study. */
export const studyFlags: readonly FlagName[] = [
  "situation",
  "alternative",
  "choice",
  "rank",
  "best",
  "worst",
  "fractions",
  "counts",
  "amounts",
  "prices",
  "person",
  "weight",
  "population",
  "classWeights",
  "available",
  "layout",
  "alternatives",
  "attribute",
  "filter",
  "derive",
  "formula",
  "reference",
  "kernel",
  ...optionNames,
  "temperature",
  "random",
  "correlated",
  "draws",
  "drawKind",
  "classes",
  "membership",
  "shared",
  "latent",
  "indicators",
  "covariance",
  "maxIterations",
  "threads",
  "data",
  "float32",
  "stream",
  "quiet",
];

/** Where a table goes. */
export const tableFlags: readonly FlagName[] = ["json", "markdown", "latex", "html", "rtf", "csv"];
