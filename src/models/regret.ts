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
  held,
  mul,
  num,
  Place,
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
    const { written, back } = withTastes(utilities);
    const attributes = attributesOf(written);
    const leaves = new Set(attributes);
    const rest = substitute(written, topological(written), (node) => (leaves.has(node) ? num(0) : undefined));
    return [
      back(rest),
      ...attributes.map((leaf) => back(written.map((each) => mul(leaf, slopes(each, [leaf])[0])))),
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

/** `held` leaves stand for tastes from here on. */
const firstTaste = 7e6;

/**
 * Utilities in which every taste, a random coefficient such as b + s z, is one leaf: an expression with a draw in it
 * and no column of an alternative, as large as it can be. `back` puts them in again.
 */
function withTastes(utilities: readonly Expr[]): {
  readonly written: readonly Expr[];
  readonly back: (exprs: readonly Expr[]) => Expr[];
} {
  const order = topological(utilities);
  const [drawn, ofAlternative] = [new Set<Expr>(), new Set<Expr>()];
  for (const node of order) {
    if (node.op === "draw" || node.args.some((arg) => drawn.has(arg))) drawn.add(node);
    if (isOfAlternative(node) || node.args.some((arg) => ofAlternative.has(arg))) ofAlternative.add(node);
  }
  const tastes = order.filter((node) => drawn.has(node) && !ofAlternative.has(node));
  const leaves = new Map(tastes.map((taste, i) => [taste, held(firstTaste + i)]));
  const meant = new Map([...leaves].map(([taste, leaf]) => [leaf, taste]));
  return {
    written: substitute(utilities, order, (node) => leaves.get(node)),
    back: (exprs) => substitute(exprs, topological(exprs), (node) => meant.get(node)),
  };
}

/** A column of an alternative; or a δ, the change of one whose effect is asked for. */
const isOfAlternative = ({ op, name, value }: Expr): boolean =>
  (op === "data" && value !== Place.situation) || (op === "parameter" && name.startsWith("δ"));

/** The coefficients and tastes of two utilities or more whose columns are not the same in all. */
function attributesOf(utilities: readonly Expr[]): Expr[] {
  const leaves = topological(utilities).filter(isCoefficient);
  return leaves.filter((leaf) => {
    const each = utilities.map((utility) => slopes(utility, [leaf])[0]);
    const present = each.filter((slope) => slope !== num(0));
    if (present.length < 2 || present.every((slope) => slope === present[0])) return false;
    if (topological(each).some((node) => isCoefficient(node) || node.op === "draw"))
      throw new Complaint(
        `${leaf.op === "parameter" ? leaf.name : "a random coefficient"} does not enter linearly`,
        {
          rule: "regret compares attributes, each with a coefficient of its own: coefficient times column",
          help: "write it as coefficient times column, or fit another kernel",
        },
      );
    return true;
  });
}

const isCoefficient = (node: Expr): boolean =>
  node.op === "held" || (node.op === "parameter" && !isOfAlternative(node));

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
