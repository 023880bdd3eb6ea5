/**
 * What the choices of a person say about class and draw: p = exp(w − ln R + Σ_t ℓ − ln L) for every class and
 * draw, with the gradients g of the exponents and their mean.
 */
import type { ClassPlan, Wanted } from "./classPlan.ts";
import { type Accumulators, classStatements, unlikely } from "./drawLoop.ts";
import {
  type Address,
  across,
  apply,
  at,
  constant,
  load,
  local,
  loop,
  type Statement,
  set,
  store,
  type Value,
} from "./kernel.ts";
import type { Layout } from "./layout.ts";
import { clear } from "./situationLoop.ts";

export interface Posterior {
  /** Runs once per person, before its situations. */
  readonly statements: readonly Statement[];
  /** p of class c; r is in it. */
  weight(c: number): Address;
  gradient(c: number, k: number): Address;
  mean(k: number): Address;
}

export function posteriorPass(
  plans: readonly ClassPlan[],
  layout: Layout,
  draws: number,
  withSlopes: boolean,
  counter: { locals: number },
): Posterior {
  const size = layout.parameters;
  const want: Wanted = withSlopes ? "gradient" : "value";
  const words = withSlopes ? 1 + size : 1;
  const sums: Accumulators = {
    base: at("scratch", layout.take(words)),
    words,
    largest: counter.locals++,
    parameters: size,
    width: layout.width,
  };
  const weights = layout.take(plans.length * draws);
  const gradients = withSlopes ? layout.take(plans.length * draws * size) : 0;
  const means = layout.take(size);
  const weight = (c: number): Address => at("scratch", weights + c * draws, ["r", 1]);
  const gradient = (c: number, k: number): Address =>
    at("scratch", gradients + c * draws * size + k, ["r", size]);
  const [top, scale] = [counter.locals++, counter.locals++];
  const statements: Statement[] = [
    set(sums.largest, constant(unlikely)),
    ...clear(sums.base, words),
    ...plans.flatMap((plan, c) =>
      classStatements(plan, sums, want, counter, {
        exponent: weight(c),
        gradient: withSlopes ? (k) => gradient(c, k) : null,
      }),
    ),
    set(top, across("larger", local(sums.largest))),
    set(scale, apply("exp", apply("sub", local(sums.largest), local(top)))),
    set(
      top,
      apply("add", local(top), apply("log", across("add", apply("mul", load(sums.base), local(scale))))),
    ),
    set(scale, apply("exp", apply("sub", local(sums.largest), local(top)))),
    ...plans.map((_, c): Statement => {
      const own = weight(c);
      return loop("r", "draws", [store(own, apply("exp", apply("sub", load(own), local(top))))]);
    }),
    ...(withSlopes
      ? [
          loop("k", size, [
            store(meanOf(means), across("add", apply("mul", gradientSum(sums), local(scale)))),
          ]),
        ]
      : []),
  ];
  return { statements, weight, gradient, mean: (k) => at("scratch", means + k) };
}

const meanOf = (means: number): Address => at("scratch", means, ["k", 1]);
const gradientSum = ({ base }: Accumulators): Value =>
  load({ ...base, offset: base.offset + 1, along: [["k", 1]] });
