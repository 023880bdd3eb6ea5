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
 * the model's graph, so other models get theirs; where F is not of the logit's kind, F − U is not τ H.
 * Source: Jaynes (1957), Physical Review 106:620; Anderson, de Palma & Thisse (1988), Int. Economic Review
 * 29:477 (entropy and the logit).
 */
import {
  div,
  type Expr,
  exp,
  mul,
  neg,
  num,
  parameter,
  push,
  sub,
  substitute,
  topological,
} from "../../expr/index.ts";
import { type Alternatives, forEach, modelOf, sumOver } from "../../models/index.ts";
import type { Scene } from "../scene.ts";

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

/** All potentials of the scene, in the unit of the utilities as written. τ is 1 where the fit has no temperature. */
export function potentials({ fit, compiled: { set } }: Scene): Potential[] {
  const tau = fit.resolved.temperature?.tau ?? num(1);
  const own = over(set, logProbabilities(fit, set), logsum(fit, set));
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

const logProbabilities = (fit: Scene["fit"], set: Alternatives): Expr[] =>
  modelOf(fit.kernel).logProbabilities(set, parameter, fit.model.options ?? {});
const logsum = (fit: Scene["fit"], set: Alternatives): Expr =>
  modelOf(fit.kernel).logsum(set, parameter, fit.model.options ?? {});

/** H = −Σ P ln P of the choice set. */
export function entropyExpr({ fit, compiled: { set } }: Scene): Expr {
  const logs = logProbabilities(fit, set);
  return neg(
    sumOver(
      set,
      logs.map((log) => mul(exp(log), log)),
    ),
  );
}
