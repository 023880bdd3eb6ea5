/**
 * Random regret: an alternative is judged by how much it falls behind each other one, attribute by attribute,
 *
 *   R_i = Σ_{j≠i} Σ_k ln(1 + exp(β_k (x_jk − x_ik))),   P_i = exp(V_i − R_i) / Σ_j exp(V_j − R_j),
 *
 * where V holds what is no attribute to compare: constants and variables of the person. Attributes are the
 * coefficients that stand in several utilities with columns that differ.
 */
import { Complaint } from "../complaint/index.ts";
import {
  addAll,
  type Expr,
  mul,
  num,
  parameter,
  slopes,
  sub,
  substitute,
  topological,
} from "../expr/index.ts";
import { type Alternatives, logSumExp } from "./alternatives.ts";
import { logSumOf } from "./logSumOf.ts";
import type { Model } from "./model.ts";

export const regret: Model = {
  name: "regret",
  title: "Random regret",
  formula: "R_i = \\sum_{j \\neq i} \\sum_k \\ln(1 + \\exp(\\beta_k (x_{jk} - x_{ik})))",
  source:
    "Chorus, C. (2010), A new model of random regret minimization, European Journal of Transport and Infrastructure Research 10:181",
  labelled: true,
  check: () => {},
  parameters: () => [],
  split: (utilities) => {
    const attributes = attributesOf(utilities);
    const leaves = new Set(attributes.map(parameter));
    const rest = substitute(utilities, topological(utilities), (node) =>
      leaves.has(node) ? num(0) : undefined,
    );
    return [
      rest,
      ...attributes.map((name) =>
        utilities.map((each) => mul(parameter(name), slopes(each, [parameter(name)])[0])),
      ),
    ];
  },
  logProbabilities(set) {
    const values = set.all.map(({ utility }, i) => sub(utility, regretOf(set, i)));
    const logsum = logSumExp(set, values);
    return values.map((value) => sub(value, logsum));
  },
  logsum() {
    throw new Complaint("regret has no logsum", {
      rule: "a logsum is the expected utility of the best alternative, and regret depends on the others",
      help: "compare predicted shares, or fit a logit",
    });
  },
  example: { options: {}, parameters: {} },
};

/** The coefficients of two utilities or more whose columns are not the same in all. */
function attributesOf(utilities: readonly Expr[]): string[] {
  const leaves = topological(utilities).filter((node) => isCoefficient(node));
  return leaves.flatMap((leaf) => {
    const each = utilities.map((utility) => slopes(utility, [leaf])[0]);
    const present = each.filter((slope) => slope !== num(0));
    if (present.length < 2 || present.every((slope) => slope === present[0])) return [];
    if (topological(each).some((node) => isCoefficient(node) || node.op === "draw"))
      throw new Complaint(`${leaf.name} does not enter linearly`, {
        rule: "regret compares attributes, each with a coefficient of its own that is the same for everybody",
        help: "write it as coefficient times column, or fit another kernel",
      });
    return [leaf.name];
  });
}

/** A δ is the change of an attribute whose effect is asked for. */
const isCoefficient = ({ op, name }: Expr): boolean => op === "parameter" && !name.startsWith("δ");

/** Σ over the other available alternatives and the attributes. */
function regretOf({ all }: Alternatives, i: number): Expr {
  return addAll(
    all.flatMap((other, j) =>
      j === i
        ? []
        : [
            mul(
              other.available,
              addAll((other.parts ?? []).map((part, k) => behind(part, all[i].parts![k]))),
            ),
          ],
    ),
  );
}

/** ln(1 + exp(theirs − ours)). */
const behind = (theirs: Expr, ours: Expr): Expr =>
  logSumOf([num(0), sub(theirs, ours)].map((value) => ({ value, open: num(1) }))).value;
