/**
 * Consideration sets: an alternative is thought of with probability φ_k, independently of the others, and
 * the choice is a logit among those thought of,
 *
 *   P_j = Σ_{S ∋ j} Q(S) P(j | S),   Q(S) ∝ Π_{k∈S} φ_k Π_{k∉S} (1 − φ_k),   φ_k = 1/(1 + exp(−γ_k'z)),
 *
 * over the sets that hold an available alternative. All 2^K sets of the K alternatives that may be
 * overlooked are written out.
 */
import { Complaint } from "../complaint/index.ts";
import { add, addAll, type Expr, exp, mul, neg, num, select, sub } from "../expr/index.ts";
import type { Alternative, Alternatives } from "./alternatives.ts";
import { logSumOf, type Part } from "./logSumOf.ts";
import type { Model, ModelOptions } from "./model.ts";
import { checkMember } from "./tree.ts";

/** Sets double with every alternative that may be overlooked. */
const most = 8;

const columnsOf = (text: string): string[] =>
  text
    .split("+")
    .map((column) => column.trim())
    .filter((column) => column !== "1" && column !== "");
const named = ({ considered }: ModelOptions): Record<string, string> =>
  (considered ?? {}) as Record<string, string>;

export const consideration: Model = {
  name: "consideration",
  title: "Logit with consideration sets",
  formula: "P_j = \\sum_{S \\ni j} Q(S) \\exp V_j / \\sum_{k \\in S} \\exp V_k",
  source:
    "Manski, C. (1977), The structure of random utility models, Theory and Decision 8:229; Swait, J. & Ben-Akiva, M. (1987), Incorporating random constraints in discrete models of choice set generation, Transportation Research B 21:91",
  takes: ["considered"],
  labelled: true,
  check(options, labels) {
    const { considered } = options;
    if (
      typeof considered !== "object" ||
      considered === null ||
      Array.isArray(considered) ||
      Object.keys(considered).length === 0
    )
      throw new Complaint("considered says which alternatives may be overlooked, and on what that depends", {
        value: considered === undefined ? "nothing" : JSON.stringify(considered),
        help: '"considered": { "air": "income" }, or { "air": "1" } for the same probability for all',
      });
    for (const [label, text] of Object.entries(considered)) {
      checkMember(label, "considered", labels ?? []);
      if (typeof text !== "string")
        throw new Complaint(`what considering ${label} depends on is not text`, {
          value: JSON.stringify(text),
          help: '"1" or "age + income"',
        });
    }
    if (Object.keys(considered).length > most)
      throw new Complaint(`at most ${most} alternatives may be overlooked`, {
        rule: "all sets of them are written out, and their number doubles with each",
        value: Object.keys(considered).length,
      });
  },
  parameters: (options, labels) =>
    Object.entries(named(options))
      .filter(([label]) => labels?.includes(label))
      .flatMap(([label, text]) => [
        { ...free, name: `consider_${label}`, start: 2, limit: 40 },
        ...columnsOf(text).map((column) => ({ ...free, name: `consider_${label}_${column}` })),
      ]),
  logProbabilities(set, parameter, options) {
    const sets = setsOf(set, parameter, options);
    const all = logSumOf(
      sets.map(({ weight, inclusive }) => ({ value: weight, open: inclusive.open })),
    ).value;
    return set.all.map(({ utility }, j) => {
      const ways = sets
        .filter(({ members }) => members.includes(j))
        .map(
          ({ weight, inclusive }): Part => ({
            value: sub(add(weight, utility), inclusive.value),
            open: num(1),
          }),
        );
      return sub(logSumOf(ways).value, all);
    });
  },
  /** The mean over the sets of the logsum of each. */
  logsum(set, parameter, options) {
    const sets = setsOf(set, parameter, options);
    const parts = sets.map(({ weight, inclusive }) => ({ value: weight, open: inclusive.open }));
    const all = logSumOf(parts).value;
    return addAll(sets.map(({ weight, inclusive }) => weighted(sub(weight, all), inclusive)));
  },
  gev: true,
  simpler: "logit",
  example: {
    options: { considered: { air: "age", bus: "1" } },
    parameters: { consider_air: 0.5, consider_air_age: 0.8, consider_bus: 1 },
  },
};

const free = { start: 0, lower: -40, upper: 40, neutral: 0 };

/** A set that may be thought of: ln Q up to a constant, its alternatives, and ln Σ exp V over them. */
interface Thought {
  readonly weight: Expr;
  readonly members: readonly number[];
  readonly inclusive: Part;
}

function setsOf({ all }: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): Thought[] {
  const texts = named(options);
  const unsure = all.flatMap(({ label }, j) => (label! in texts ? [j] : []));
  const odds = unsure.map((j) => logOdds(all[j], texts[all[j].label!], parameter));
  return Array.from({ length: 2 ** unsure.length }, (_, mask): Thought[] => {
    const isIn = (i: number): boolean => (mask & (1 << i)) !== 0;
    const members = all.flatMap((_item, j) => (unsure.includes(j) && !isIn(unsure.indexOf(j)) ? [] : [j]));
    if (members.length === 0) return [];
    const weight = addAll(odds.map((each, i) => logLogistic(isIn(i) ? each : neg(each))));
    const parts = members.map((j) => ({ value: all[j].utility, open: all[j].available }));
    return [{ weight, members, inclusive: logSumOf(parts) }];
  }).flat();
}

const logOdds = (item: Alternative, text: string, parameter: (name: string) => Expr): Expr =>
  add(
    parameter(`consider_${item.label}`),
    addAll(
      columnsOf(text).map((column) => mul(parameter(`consider_${item.label}_${column}`), item.data(column))),
    ),
  );

/** ln (1/(1 + exp(−u))). */
const logLogistic = (u: Expr): Expr =>
  neg(logSumOf([num(0), neg(u)].map((value) => ({ value, open: num(1) }))).value);

const weighted = (logWeight: Expr, { value, open }: Part): Expr =>
  select(open, mul(exp(logWeight), value), num(0));
