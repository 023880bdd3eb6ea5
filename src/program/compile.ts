/** Model + specification + data → Program: the place where the three meet, and nothing is computed yet. */
import type { ChoiceData } from "../data/index.ts";
import { resolve } from "../data/resolve.ts";
import {
  type Expr,
  given,
  num,
  Place,
  parameter,
  parse,
  select,
  topological,
  utility,
} from "../expr/index.ts";
import {
  type Alternative,
  type Alternatives,
  type Model,
  type ModelOptions,
  type ModelParameter,
  modelOf,
  type OutcomeKind,
  outcomes,
} from "../models/index.ts";
import type { DrawOptions } from "../spec/random/drawOptions.ts";
import { affine, dataOnly, parametersIn } from "./affine.ts";
import { chosenTerm } from "./chosenTerm.ts";
import { allDraws } from "./ownDraws.ts";
import type { Draws, Program, Source } from "./program.ts";

export interface Compiled {
  readonly program: Program;
  readonly set: Alternatives;
  /** The model of every class; exactly one where there are none. */
  readonly classes: readonly ClassModel[];
}

/** A kernel with the names of its parameters in one class. */
export interface ClassModel {
  readonly model: Model;
  readonly options: ModelOptions;
  parameter(name: string): Expr;
}

/** What compiling needs of a resolved specification. */
export interface Utilities {
  readonly parameters: readonly { readonly name: string; readonly fixed: boolean }[];
  /** Labels of the alternatives, or null for one shared utility along the axis. */
  readonly labels: readonly string[] | null;
  /** One for each label, or a single one: along the axis, or the latent one behind levels. */
  readonly utilities: readonly Expr[];
  /** The draws that they hold, if they hold any. */
  readonly draws?: Draws | null;
  /** ln of the density of a person's indicators, where latent variables are measured. */
  readonly measured?: Expr | null;
  /** The draws as they were asked for, for a model that takes some of its own. */
  readonly drawOptions?: DrawOptions;
  /** Where people belong to latent classes: each has its own utilities. */
  readonly classes?: { readonly all: readonly ClassUtilities[] };
}

interface ClassUtilities {
  readonly utilities: readonly Expr[];
  parameter(name: string): Expr;
  readonly logWeight: Expr;
  readonly kernel: { readonly kernel: string; readonly options?: ModelOptions } | null;
}

/** The choice set that models write their log probabilities over. */
export function alternativesOf(
  labels: readonly string[] | null,
  source: Source,
  utilities: number,
): Alternatives {
  const made = itemsOf(source);
  if (labels === null) return { all: [made(null, Place.axis, Place.axis, false)], axis: true };
  const always = alwaysAvailable(source, labels.length);
  const isLatent = utilities < labels.length;
  return { all: labels.map((label, j) => made(label, j, isLatent ? 0 : j, always[j])), axis: false };
}

const itemsOf =
  (source: Source) =>
  (label: string | null, place: number, row: number, always: boolean): Alternative => ({
    label,
    utility: utility(row),
    available: always ? num(1) : given("available", place),
    chosen: given("chosen", place),
    observed: (column) => given(column, place),
    data: (text) =>
      resolve(parse(text), { data: source as ChoiceData, place, parameter: () => undefined, source: text }),
  });

/** Parts that a class does not have, as an attribute that it ignores, are 0. */
const padded = (split: readonly (readonly Expr[])[], count: number): Expr[] => [
  ...split.flat(),
  ...Array<Expr>((count - split.length) * split[0].length).fill(num(0)),
];

/** Part k of alternative j is the utility leaf (k + 1) J + j. */
function withParts(set: Alternatives, count: number): Alternatives {
  if (count === 0) return set;
  const size = set.all.length;
  const parts = (j: number): Expr[] => Array.from({ length: count }, (_, k) => utility((k + 1) * size + j));
  return { ...set, all: set.all.map((item, j) => ({ ...item, parts: parts(j) })) };
}

function alwaysAvailable(source: Source, labels: number): boolean[] {
  if (source.rowOf === null) return Array(labels).fill(true);
  const always = Array<boolean>(labels).fill(true);
  source.rowOf.forEach((row, at) => {
    if (row < 0) always[at % labels] = false;
  });
  return always;
}

/** The log-likelihood of one situation: what the data observed, under the model of a class. */
function termOf(
  { model, options, parameter: named }: ClassModel,
  set: Alternatives,
  source: Source,
  outcome: OutcomeKind,
): Expr {
  if (model.logLikelihood) return model.logLikelihood(set, named, options);
  const { logLikelihood } = outcomes[outcome];
  return logLikelihood((part) => model.logProbabilities(part, named, options), set, stages(source));
}

/** How many ranks tell something at most: the last of a complete ranking does not. */
function stages({ outcome, start }: Source): number {
  let [most, longest] = [0, 2];
  for (const rank of outcome?.columns.rank ?? []) if (rank > most) most = rank;
  for (let s = 1; s < start.length; s++) longest = Math.max(longest, start[s] - start[s - 1]);
  return Math.min(most, longest - 1);
}

export function compile(model: Model, options: ModelOptions, spec: Utilities, source: Source): Compiled {
  const whole = alternativesOf(spec.labels, source, spec.utilities.length);
  const models = classModels(model, options, spec);
  const splits = models.map((each, c) => {
    const utilities = spec.classes?.all[c].utilities ?? spec.utilities;
    return each.model.split?.(utilities) ?? [utilities];
  });
  const parts = Math.max(...splits.map((split) => split.length)) - 1;
  const { draws, leaves } = allDraws(models, spec);
  const set = { ...withParts(whole, parts), ...(leaves ? { draws: leaves } : {}) };
  const extra = kernelParameters(model, options, spec);
  const kind = (source.outcome?.kind ?? "choice") as OutcomeKind;
  const { apart } = outcomes[kind];
  const isApart = apart !== undefined && (models.length > 1 || draws !== null);
  const term = isApart ? "choice" : kind;
  const program: Program = {
    parameters: [...spec.parameters.map(({ name }) => name), ...extra.map(({ name }) => name)],
    free: [...spec.parameters.map(({ fixed }) => !fixed), ...extra.map(({ fixed }) => !fixed)].flatMap(
      (free, i) => (free ? [i] : []),
    ),
    alternatives: spec.labels?.length ?? null,
    classes: models.map((each, c) => {
      const utilities = closed(padded(splits[c], parts + 1), set);
      return {
        logWeight: spec.classes?.all[c].logWeight ?? null,
        ...(spec.measured ? { measured: spec.measured } : {}),
        utilities,
        ...(chosenTerm(each, set, utilities, term, draws !== null) ?? {
          term: termOf(each, set, source, term),
        }),
      };
    }),
    draws,
    ...(isApart ? { apart } : {}),
  };
  return { program, set, classes: models };
}

function classModels(model: Model, options: ModelOptions, { classes }: Utilities): ClassModel[] {
  if (!classes) return [{ model, options, parameter }];
  return classes.all.map(({ kernel, parameter: named }) => ({
    model: kernel ? modelOf(kernel.kernel) : model,
    options: kernel ? (kernel.options ?? {}) : options,
    parameter: named,
  }));
}

/** The parameters that the kernel adds to those of the utilities; in latent classes, those of every class. */
export function kernelParameters(
  model: Model,
  options: ModelOptions,
  spec: Pick<Utilities, "labels" | "classes">,
): readonly ModelParameter[] {
  if (!spec.classes) return model.parameters(options, spec.labels);
  const all = classModels(model, options, spec as Utilities).flatMap((each) =>
    each.model
      .parameters(each.options, spec.labels)
      .map((it) => ({ ...it, name: each.parameter(it.name).name })),
  );
  return all.filter(({ name }, i) => all.findIndex((other) => other.name === name) === i);
}

/** Utilities in normal form; one that could be undefined where its alternative is closed is 0 there. */
export function closed(utilities: readonly Expr[], set: Alternatives): Expr[] {
  return utilities.map((written, j) => {
    const normal = affine(written);
    const linear = [...parametersIn([normal])].length === 0 || isLinear(normal);
    return linear ? normal : select(set.all[j % set.all.length].available, normal, num(0));
  });
}

/** A sum of products of one parameter and data, plus data: finite wherever its columns are. */
function isLinear(expr: Expr): boolean {
  if (isTotal(expr) || expr.op === "parameter") return true;
  if (expr.op === "add" || expr.op === "sub" || expr.op === "neg") return expr.args.every(isLinear);
  if (expr.op !== "mul") return false;
  return expr.args.some((arg) => arg.op === "parameter") && expr.args.some(isTotal);
}

/** Data alone, in operators that are finite for every finite argument: log(time) is not, at time 0. */
const isTotal = (expr: Expr): boolean =>
  dataOnly(expr) &&
  topological([expr]).every(
    ({ op, args }) =>
      !partial.has(op) || (op === "div" && args[1].op === "number" && Math.abs(args[1].value) >= 1e-100),
  );

const partial: ReadonlySet<string> = new Set(["div", "log", "sqrt", "pow", "exp"]);
