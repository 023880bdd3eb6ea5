/**
 * Nested logit of any depth. In a nest m the inclusive value is I_m = ln Σ_{k∈m} exp(S_k/λ_m), where S is V of
 * an alternative and λI of a nest; the probability of an alternative is the product down the tree of
 * exp(S_k/λ_m − I_m). λ is 1 at the root, so with every λ at 1 it is the logit.
 *
 * `normalisation: "nest"` is the older form that does not divide utilities by λ; see docs/models/nested.md.
 */
import { Complaint } from "../complaint/index.ts";
import { add, div, type Expr, mul, num, sub } from "../expr/index.ts";
import type { Alternatives } from "./alternatives.ts";
import { checkLambda, lambdaName, lambdas } from "./lambda.ts";
import { logSumOf, type Part } from "./logSumOf.ts";
import type { Model, ModelOptions } from "./model.ts";
import {
  byColumns,
  checkConditions,
  checkMembers,
  isByColumns,
  nestNames,
  refuseEmpty,
} from "./nestsByColumns.ts";
import { checkTree, nestsIn, type Tree, treeOf } from "./tree.ts";

const undivided = ({ normalisation }: ModelOptions): boolean => normalisation === "nest";

/** A single child passes through, unless utilities are not divided by λ: then its λ matters. */
const scales = ({ children }: Tree, options: ModelOptions): boolean =>
  children.length > 1 || undivided(options);

export const nested: Model = {
  name: "nested",
  title: "Nested logit",
  formula: "\\ln P_j = V_j/\\lambda_m - I_m + \\lambda_m I_m - \\ln \\sum_l \\exp(\\lambda_l I_l)",
  source:
    "McFadden, D. (1978), Modelling the choice of residential location; Train, K. (2009), Discrete Choice Methods with Simulation, section 4.2",
  takes: ["nests", "lambda", "normalisation"],
  labelled: (options) => !isByColumns(options),
  check(options, labels) {
    if (isByColumns(options)) return checkConditions(options);
    checkTree(options.nests, labels ?? []);
    checkLambda(options, namesOf(options, labels ?? []));
    if (![undefined, "utility", "nest"].includes(options.normalisation as string))
      throw new Complaint("there is no such normalisation", {
        value: options.normalisation,
        help: '"utility" (default) divides utilities by the λ of their nest, "nest" does not',
      });
  },
  checkData: (options, data) => {
    if (isByColumns(options)) refuseEmpty(options, checkMembers(options, data));
  },
  checkForecast: (options, data) => {
    if (isByColumns(options)) checkMembers(options, data);
  },
  parameters: (options, labels) =>
    lambdas(isByColumns(options) ? nestNames(options) : namesOf(options, labels ?? []), options),
  logProbabilities(set, parameter, options) {
    if (isByColumns(options)) return byColumns(set, parameter, options).logs;
    const { logs } = grown(rootOf(set, options), set, parameter, options);
    return set.all.map((_, j) => logs.get(j)!);
  },
  logsum: (set, parameter, options) =>
    isByColumns(options)
      ? byColumns(set, parameter, options).logsum
      : grown(rootOf(set, options), set, parameter, options).part.value,
  invariant: (options) => !undivided(options),
  gev: true,
  simpler: "logit",
  example: {
    options: { nests: { fast: ["air"], ground: { public: ["train", "bus"], own: ["car"] } } },
    parameters: { lambda_ground: 0.8, lambda_public: 0.5 },
  },
};

const namesOf = (options: ModelOptions, labels: readonly string[]): string[] =>
  nestsIn(treeOf(options.nests, labels))
    .filter((nest) => scales(nest, options))
    .map(({ name }) => name);

const rootOf = ({ all }: Alternatives, { nests }: ModelOptions): Tree =>
  treeOf(
    nests,
    all.map(({ label }) => label ?? ""),
  );

/** A branch of the tree: its S, and ln P of every alternative below given the branch. */
interface Grown {
  readonly part: Part;
  readonly logs: ReadonlyMap<number, Expr>;
}

function grown(
  tree: Tree,
  set: Alternatives,
  parameter: (name: string) => Expr,
  options: ModelOptions,
): Grown {
  const branches = tree.children.map((child): Grown => {
    if (typeof child !== "number") return grown(child, set, parameter, options);
    const { utility, available } = set.all[child];
    return { part: { value: utility, open: available }, logs: new Map([[child, num(0)]]) };
  });
  const isScaled = tree.name !== "" && scales(tree, options);
  const lambda = isScaled ? parameter(lambdaName(tree.name, options)) : num(1);
  const values = branches.map(({ part: { value } }) => (undivided(options) ? value : div(value, lambda)));
  const inclusive = logSumOf(branches.map(({ part: { open } }, i) => ({ open, value: values[i] })));
  const logs = branches.flatMap((each, i) =>
    [...each.logs].map(([j, log]) => [j, sub(add(log, values[i]), inclusive.value)] as const),
  );
  return { part: { open: inclusive.open, value: mul(lambda, inclusive.value) }, logs: new Map(logs) };
}
