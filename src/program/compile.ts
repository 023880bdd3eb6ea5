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
  type OutcomeKind,
  outcomes,
} from "../models/index.ts";
import { affine, dataOnly, parametersIn } from "./affine.ts";
import type { Draws, Program, Source } from "./program.ts";

export interface Compiled {
  readonly program: Program;
  readonly set: Alternatives;
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

function alwaysAvailable(source: Source, labels: number): boolean[] {
  if (source.rowOf === null) return Array(labels).fill(true);
  const always = Array<boolean>(labels).fill(true);
  source.rowOf.forEach((row, at) => {
    if (row < 0) always[at % labels] = false;
  });
  return always;
}

/** The log-likelihood of one situation: what the data observed, under the model. */
function termOf(model: Model, options: ModelOptions, set: Alternatives, source: Source): Expr {
  if (model.logLikelihood) return model.logLikelihood(set, parameter, options);
  const { logLikelihood } = outcomes[(source.outcome?.kind ?? "choice") as OutcomeKind];
  return logLikelihood((part) => model.logProbabilities(part, parameter, options), set, stages(source));
}

/** How many ranks tell something at most: the last of a complete ranking does not. */
function stages({ outcome, start }: Source): number {
  let [most, longest] = [0, 2];
  for (const rank of outcome?.columns.rank ?? []) if (rank > most) most = rank;
  for (let s = 1; s < start.length; s++) longest = Math.max(longest, start[s] - start[s - 1]);
  return Math.min(most, longest - 1);
}

export function compile(model: Model, options: ModelOptions, spec: Utilities, source: Source): Compiled {
  const set = alternativesOf(spec.labels, source, spec.utilities.length);
  const extra = model.parameters(options, spec.labels);
  const program: Program = {
    parameters: [...spec.parameters.map(({ name }) => name), ...extra.map(({ name }) => name)],
    free: [...spec.parameters.map(({ fixed }) => !fixed), ...extra.map(({ fixed }) => !fixed)].flatMap(
      (free, i) => (free ? [i] : []),
    ),
    alternatives: spec.labels?.length ?? null,
    classes: [
      { logWeight: null, utilities: closed(spec.utilities, set), term: termOf(model, options, set, source) },
    ],
    draws: spec.draws ?? null,
  };
  return { program, set };
}

/** Utilities in normal form; one that could be undefined where its alternative is closed is 0 there. */
export function closed(utilities: readonly Expr[], set: Alternatives): Expr[] {
  return utilities.map((written, j) => {
    const normal = affine(written);
    const linear = [...parametersIn([normal])].length === 0 || isLinear(normal);
    return linear ? normal : select(set.all[j].available, normal, num(0));
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
