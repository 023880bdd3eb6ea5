/**
 * Heteroscedastic extreme value: the errors are independent Gumbels with a scale θ_k each. With
 * z_k(x) = (x − V_k)/θ_k,
 *
 *   P_j = ∫ (1/θ_j) exp(−z_j) exp(−Σ_k exp(−z_k)) dx,
 *
 * the probability that j is worth x and nothing is worth more. The integral is a trapezoidal sum in t with
 * x = c + s (t + e^t), c the largest utility and s the largest scale: the integrand then falls off doubly
 * exponentially at both ends, where trapezoids gain digits with every node (Takahasi & Mori 1974). The nodes are
 * the same for all alternatives.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import {
  add,
  addAll,
  div,
  type Expr,
  exp,
  larger,
  log,
  min,
  mul,
  neg,
  num,
  select,
  stop,
  sub,
} from "../expr/index.ts";
import type { Alternatives } from "./alternatives.ts";
import { logSumOf } from "./logSumOf.ts";
import type { Model, ModelOptions } from "./model.ts";

const [from, to] = [-4.4, 3.5];
const usualNodes = 80;
const euler = 0.5772156649015329;

const baseOf = ({ base }: ModelOptions, labels: readonly string[]): string =>
  typeof base === "string" && labels.includes(base) ? base : labels[0];

export const heteroscedastic: Model = {
  name: "heteroscedastic",
  title: "Heteroscedastic extreme value",
  formula:
    "P_j = \\int \\frac{1}{\\theta_j} \\exp(-z_j) \\exp\\Big(-\\sum_k \\exp(-z_k)\\Big) dx, \\quad z_k = (x - V_k)/\\theta_k",
  source:
    "Bhat, C. (1995), A heteroscedastic extreme value model of intercity travel mode choice, Transportation Research B 29:471",
  takes: ["base", "nodes"],
  labelled: true,
  check({ base, nodes }, labels) {
    if (base !== undefined && !labels?.includes(String(base)))
      throw new Complaint("base names the alternative whose scale is 1", {
        value: base,
        help: suggest(String(base), labels ?? []),
      });
    if (
      nodes !== undefined &&
      !(Number.isInteger(nodes) && (nodes as number) >= 20 && (nodes as number) <= 400)
    )
      throw new Complaint("nodes is a whole number from 20 to 400", { value: nodes });
  },
  parameters: (options, labels) =>
    (labels ?? []).flatMap((label) =>
      label === baseOf(options, labels!)
        ? []
        : [{ name: `scale_${label}`, start: 1, lower: 0.1, upper: 10, neutral: 1 }],
    ),
  logProbabilities(set, parameter, options) {
    const { scales, nodes } = integral(set, parameter, options);
    return set.all.map((_, j) =>
      sub(
        logSumOf(nodes.map(({ log: value, z }) => ({ value: sub(value, z[j]), open: num(1) }))).value,
        log(scales[j]),
      ),
    );
  },
  /** Σ_j ∫ x dP_j, less Euler's constant, which is the logit's logsum where all scales are 1. */
  logsum(set, parameter, options) {
    const { scales, nodes } = integral(set, parameter, options);
    const density = ({ log: value, z }: Node): Expr =>
      addAll(
        set.all.map(({ available }, j) => select(available, div(exp(sub(value, z[j])), scales[j]), num(0))),
      );
    return sub(addAll(nodes.map((node) => mul(node.x, density(node)))), num(euler));
  },
  gev: true,
  simpler: "logit",
  example: {
    options: { base: "car" },
    parameters: { scale_air: 1.5, scale_train: 0.8, scale_bus: 1.2 },
  },
};

/** A node: where, z of every alternative there, and ln (weight · exp(−Σ exp(−z))). */
interface Node {
  readonly x: Expr;
  readonly z: readonly Expr[];
  readonly log: Expr;
}

function integral(
  set: Alternatives,
  parameter: (name: string) => Expr,
  options: ModelOptions,
): { scales: Expr[]; nodes: Node[] } {
  const labels = set.all.map(({ label }) => label!);
  const base = baseOf(options, labels);
  const scales = labels.map((label) => (label === base ? num(1) : parameter(`scale_${label}`)));
  const centre = largest(
    set,
    set.all.map(({ utility }) => utility),
    Number.NEGATIVE_INFINITY,
  );
  const width = largest(set, scales, 0);
  const count = (options.nodes as number | undefined) ?? usualNodes;
  const h = (to - from) / (count - 1);
  const nodes = Array.from({ length: count }, (_, r): Node => {
    const t = from + h * r;
    const x = add(centre, mul(width, num(t + Math.exp(t))));
    const z = set.all.map(({ utility }, j) => div(sub(x, utility), scales[j]));
    const rate = addAll(
      set.all.map(({ available }, j) => select(available, exp(min(neg(z[j]), num(600))), num(0))),
    );
    const weight = add(log(width), num(Math.log(h * (1 + Math.exp(t)))));
    return { x, z, log: sub(weight, rate) };
  });
  return { scales, nodes };
}

/** The largest value of an available alternative, held still. */
const largest = (set: Alternatives, values: readonly Expr[], none: number): Expr =>
  stop(set.all.map(({ available }, j) => select(available, values[j], num(none))).reduce(larger));
