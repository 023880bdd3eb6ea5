/**
 * Score (Lagrange multiplier) test: whether a larger model would fit better, from the fit of the smaller one
 * alone. At the restricted estimates the gradient g of the larger model would be near 0 if the restrictions
 * hold. With A = −H and s = g_b − A_ba A_aa⁻¹ g_a over the restricted (b) and the estimated (a) parameters,
 * LM = sᵀ Var(s)⁻¹ s ~ χ². Var(s) = A_bb − A_ba A_aa⁻¹ A_ab, or, with robust and clustered covariances,
 * R B Rᵀ with R = [−A_ba A_aa⁻¹, I] and B the sum of outer products of the scores.
 *
 * Source: Rao (1948), Proc. Cambridge Philosophical Society 44:50; the robust form: Boos (1992), The American
 * Statistician 46:327.
 */
import { prepare } from "../../backends/index.ts";
import { Complaint, suggest } from "../../complaint/index.ts";
import { checkUsed, type Table } from "../../data/index.ts";
import type { CovarianceKind, Fit, ModelSpec } from "../../fit/index.ts";
import { chiSquareUpper } from "../../math/distributions.ts";
import { factor, inverse, quadratic, submatrix, symmetric, times } from "../../math/matrix.ts";
import { outerProducts } from "../../math/outerProducts.ts";
import { checkOptions, modelOf } from "../../models/index.ts";
import { compile, kernelParameters } from "../../program/index.ts";
import { resolveSpec } from "../../spec/index.ts";
import { checkConverged, checkSameIndicators } from "./comparable.ts";
import { informationAt, type Stage } from "./refit.ts";
import { byUnit, scoresOf } from "./scores.ts";
import { type TestOptions, testTable, verdict } from "./verdict.ts";

export interface ScoreOptions extends TestOptions {
  /** The larger model, of which the fitted one is a special case. */
  readonly against?: ModelSpec;
  /** Parameters that the fit holds fixed and the larger model would estimate. */
  readonly release?: readonly string[];
  /** Where the larger model is the fitted one, for its further parameters. Default: their value of no effect, else their start. */
  readonly at?: Readonly<Record<string, number>>;
  /** Which variance of the score. Default: the kind that the fit quotes. */
  readonly covariance?: CovarianceKind;
}

/**
 * Whether the larger model would fit better: `against` another specification or model (a logit against a
 * nested logit, say), or with some fixed parameters released. Nothing is fitted.
 * Rejects with a Complaint where the fitted model is not a special case at that point.
 */
export async function scoreTest(fit: Fit, options: ScoreOptions): Promise<Table> {
  checkConverged(fit);
  const kind = options.covariance ?? fit.covariance.kind;
  const larger = await largerOf(fit, options);
  const { stage, point, added } = larger;
  checkNoSpread(larger);
  const gradient = await gradientAt(fit, larger);
  const information = await informationAt(stage, point);
  const names = added.map((k) => stage.program.parameters[stage.program.free[k]]);
  const { statistic } = await multiplier(stage, point, gradient, information, added, kind);
  stage.prepared.dispose();
  const degrees = added.length;
  const p = chiSquareUpper(statistic, degrees);
  const title = "Score (Lagrange multiplier) test";
  const many = names.length === 1;
  return testTable([{ test: names.join(", "), statistic, degrees, p }], {
    title,
    notes: [
      verdict(
        p,
        {
          rejected: `the model would fit better with ${names.join(", ")} estimated`,
          kept: `nothing is lost without ${many ? "it" : "them"}`,
        },
        options,
      ),
      kind === "hessian"
        ? "Variance of the score from the exact Hessian."
        : `Variance of the score: ${kind}.`,
    ],
  });
}

interface Larger {
  readonly stage: Stage;
  /** All parameters of the larger model, where it is the smaller one. */
  readonly point: Float64Array;
  /** Places, among the free parameters, of those that the fit did not estimate. */
  readonly added: readonly number[];
}

async function largerOf(fit: Fit, { against, release = [], at = {} }: ScoreOptions): Promise<Larger> {
  const { data } = fit;
  const model = against ?? fit.model;
  const kernel = modelOf(model.kernel);
  const resolved = resolveSpec(model.specification, data);
  checkSameIndicators(fit.resolved, resolved);
  checkOptions(kernel, model.options ?? {}, resolved.labels);
  checkUsed(data, resolved.utilities);
  const released = new Set(release);
  checkReleased(fit, release);
  const loosened = {
    ...resolved,
    parameters: resolved.parameters.map((each) =>
      released.has(each.name) ? { ...each, fixed: false } : each,
    ),
  };
  const { program } = compile(kernel, model.options ?? {}, loosened, data);
  const extra = kernelParameters(kernel, model.options ?? {}, resolved);
  const defaults = new Map([
    ...resolved.parameters.map(
      ({ name, role, neutral, start }) => [name, withoutEffect[role]?.(neutral, start) ?? start] as const,
    ),
    ...extra.map(({ name, neutral }) => [name, neutral] as const),
  ]);
  const found = new Map(fit.parameters.map(({ name, estimate }) => [name, estimate]));
  const point = Float64Array.from(
    program.parameters,
    (name) => at[name] ?? found.get(name) ?? defaults.get(name)!,
  );
  const estimated = new Set(
    fit.parameters.filter(({ fixed, atBound }) => !fixed && atBound === null).map(({ name }) => name),
  );
  const added = program.free.flatMap((index, k) => (estimated.has(program.parameters[index]) ? [] : [k]));
  if (added.length === 0)
    throw new Complaint("the larger model has no further parameters, so there is nothing to test", {
      help: "name fixed parameters in release, or give a larger model in against",
    });
  return { stage: { data, program, prepared: await prepare(program, data, fit.backend) }, point, added };
}

/** The likelihood is the same on both sides of a standard deviation of 0, so its slope there says nothing. */
function checkNoSpread({ stage: { program }, point, added }: Larger): void {
  const name = added
    .map((k) => program.free[k])
    .find((index) => point[index] === 0 && /^sd_/.test(program.parameters[index]));
  if (name === undefined) return;
  throw new Complaint("a spread of 0 has no score test", {
    value: program.parameters[name],
    help: "fit the larger model, and use a likelihood ratio on the edge",
  });
}

/** Where a parameter that the fitted model lacks would do nothing; others are where they start. */
const withoutEffect: Readonly<Partial<Record<string, (neutral: number, start: number) => number>>> = {
  temperature: (neutral, start) => neutral || start,
  spread: (neutral) => neutral,
};

function checkReleased(fit: Fit, release: readonly string[]): void {
  const held = fit.parameters
    .filter(({ fixed, atBound }) => fixed || atBound !== null)
    .map(({ name }) => name);
  const unknown = release.find((name) => !held.includes(name));
  if (unknown !== undefined)
    throw new Complaint(`${unknown} is not a parameter that the fit holds fixed`, {
      help: suggest(unknown, held),
    });
}

async function gradientAt(fit: Fit, { stage, point }: Larger): Promise<Float64Array> {
  const { value, gradient } = await stage.prepared.evaluate(point, "gradient");
  if (Math.abs(value - fit.logLikelihood) <= 1e-7 * Math.max(1, Math.abs(fit.logLikelihood)))
    return gradient!;
  throw new Complaint("the fitted model is not a special case of the larger one at this point", {
    rule: "with its further parameters at their value of no effect the larger model is the fitted one",
    value: `log-likelihoods ${value} and ${fit.logLikelihood}`,
    help: "say in `at` which values make the larger model the fitted one",
  });
}

async function multiplier(
  stage: Stage,
  point: Float64Array,
  gradient: Float64Array,
  information: Float64Array,
  added: readonly number[],
  kind: CovarianceKind,
): Promise<{ statistic: number }> {
  const size = gradient.length;
  const rest = [...gradient.keys()].filter((k) => !added.includes(k));
  const own = inverse(submatrix(information, rest));
  if (!own) throw flat(stage, added);
  const across = added.map((b) =>
    times(
      own,
      Float64Array.from(rest, (a) => information[b * size + a]),
    ),
  );
  const project = (vector: ArrayLike<number>): Float64Array =>
    Float64Array.from(
      added,
      (b, i) => vector[b] - rest.reduce((sum, a, j) => sum + across[i][j] * vector[a], 0),
    );
  const score = project(gradient);
  const variance =
    kind === "hessian" ? complement(information, project, added) : await outer(stage, point, project, kind);
  const solved = factor(symmetric(variance));
  if (!solved || solved.pivot < 1e-10) throw flat(stage, added);
  return { statistic: quadratic(score, solved.inverse()) };
}

/** A_bb − A_ba A_aa⁻¹ A_ab, column by column. */
function complement(
  information: Float64Array,
  project: (v: ArrayLike<number>) => Float64Array,
  added: readonly number[],
): Float64Array {
  const size = Math.round(Math.sqrt(information.length));
  return Float64Array.from(
    added.flatMap((b) => [...project(information.subarray(b * size, (b + 1) * size))]),
  );
}

async function outer(
  stage: Stage,
  point: Float64Array,
  project: (v: ArrayLike<number>) => Float64Array,
  kind: CovarianceKind,
): Promise<Float64Array> {
  const size = stage.program.free.length;
  const rows = await scoresOf(stage, point);
  const units = kind === "cluster" ? byUnit(rows, size, stage.data) : rows;
  const first = project(units.subarray(0, size));
  const sum = outerProducts(first.length);
  for (let from = 0; from < units.length; from += size) sum.add(project(units.subarray(from, from + size)));
  return sum.matrix();
}

const flat = ({ program }: Stage, added: readonly number[]): Complaint =>
  new Complaint("the larger model is not identified at the restricted estimates, so there is no score test", {
    value: added.map((k) => program.parameters[program.free[k]]).join(", "),
    help: "fit the larger model and use a likelihood ratio",
  });
