/**
 * A choice as a physical system. With L the model's logsum and u = V/τ the utilities that its probabilities
 * are made of:
 *
 * - logsum F = τ L(V/τ), the (negative) free energy: expected utility of the best alternative;
 * - expected utility U = Σ P V, entropy H = −Σ P ln P, and F = U + τ H;
 * - perplexity exp H: as undecided as between that many equal options;
 * - variance of utility Σ P (V − U)²; divided by τ² it is the heat capacity, dU/dτ = −Var/τ².
 *
 * For the logit ∂F/∂V = P, ∂F/∂τ = H and ∂²F/∂V² = (diag P − P Pᵀ)/τ. Every derivative here is derived from
 * the model's graph, so other models get theirs; where F is not of the logit's kind, F − U is not τ H. Of a
 * mixture they are the means over its classes and draws: how undecided people are, not how different.
 * Source: Jaynes (1957), Physical Review 106:620; Anderson, de Palma & Thisse (1988), Int. Economic Review
 * 29:477 (entropy and the logit).
 */
import { Complaint } from "../../complaint/index.ts";
import {
  addAll,
  div,
  type Expr,
  exp,
  log,
  mul,
  neg,
  num,
  parameter,
  push,
  select,
  sub,
  substitute,
  topological,
} from "../../expr/index.ts";
import { type Alternatives, forEach, modelOf, sumOver } from "../../models/index.ts";
import type { ClassModel } from "../../program/index.ts";
import { meanOver } from "../mixing.ts";
import { probabilityExprs, type Scene } from "../scene.ts";

export const potentialNames = [
  "logsum",
  "expected utility",
  "entropy",
  "τ × entropy",
  "perplexity",
  "variance of utility",
] as const;
export type PotentialName = (typeof potentialNames)[number];

export interface Potential {
  readonly name: PotentialName;
  /** Its value in a situation, over the program's utilities and parameters. */
  readonly value: Expr;
  /** Its derivative in the temperature, the utilities V held. */
  readonly slope: Expr;
}

/** Stands for the temperature while derivatives are taken. */
const heat = parameter("τ of the potentials");

/**
 * All potentials of the scene, in the unit of the utilities as written. τ is 1 where the fit has no temperature. Throws
 * a Complaint for a model whose probabilities are means over draws of its own.
 */
export function potentials({ fit, compiled }: Scene): Potential[] {
  if (compiled.set.draws)
    throw new Complaint("the potentials of this model are not known draw by draw", {
      rule: `entropy and variance are no means over draws, and the probabilities of ${modelOf(fit.kernel).title.toLowerCase()} are`,
      help: "ask for logsums, or fit a model of the logit's kind",
    });
  const tau = fit.resolved.temperature?.tau ?? num(1);
  const each = compiled.classes.map((model) => potentialsIn(model, compiled.set, tau));
  return each[0].map(({ name }, i) => ({
    name,
    value: meanOver(compiled, (_, c) => each[c][i].value),
    slope: meanOver(compiled, (_, c) => each[c][i].slope),
  }));
}

function potentialsIn(
  { model, options, parameter: named }: ClassModel,
  set: Alternatives,
  tau: Expr,
): Potential[] {
  const own = over(set, model.logProbabilities(set, named, options), model.logsum(set, named, options));
  const names = Object.keys(own) as PotentialName[];
  const moves = new Map([
    ...set.all.map(({ utility }): [Expr, Expr] => [utility, neg(div(utility, heat))]),
    [heat, num(1)] as [Expr, Expr],
  ]);
  const slopes = push(
    names.map((name) => own[name]),
    moves,
  );
  const at = (expr: Expr): Expr =>
    substitute([expr], topological([expr]), (node) => (node === heat ? tau : undefined))[0];
  return names.map((name, i) => ({ name, value: at(own[name]), slope: at(slopes[i]) }));
}

function over(set: Alternatives, logs: readonly Expr[], freeEnergy: Expr): Record<PotentialName, Expr> {
  const mean = (values: readonly Expr[]): Expr =>
    sumOver(
      set,
      values.map((value, j) => mul(exp(logs[j]), value)),
    );
  const utilities = forEach(set, ({ utility }) => utility);
  const expected = mean(utilities);
  const entropy = neg(mean(logs));
  const spread = mean(utilities.map((utility) => mul(sub(utility, expected), sub(utility, expected))));
  return {
    logsum: mul(heat, freeEnergy),
    "expected utility": mul(heat, expected),
    entropy,
    "τ × entropy": mul(heat, entropy),
    perplexity: exp(entropy),
    "variance of utility": mul(mul(heat, heat), spread),
  };
}

/** H = −Σ P ln P of the choice set. Where a model draws, P is its mean over all draws and classes. */
export const entropyExpr = ({ compiled }: Scene): Expr => {
  const { set } = compiled;
  if (set.draws) {
    const means = probabilityExprs(compiled);
    return neg(addAll(means.map((p, j) => select(set.all[j].available, mul(p, log(p)), num(0)))));
  }
  return meanOver(compiled, ({ model, options, parameter: named }) => {
    const logs = model.logProbabilities(compiled.set, named, options);
    const all = logs.map((log) => mul(exp(log), log));
    return neg(sumOver(compiled.set, all));
  });
};
