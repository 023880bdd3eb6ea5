/**
 * Nests that are told by the columns of alternatives, { "mine": "brand == 1" }, so that choice sets need no names. An
 * alternative in no nest stands by itself. With I_m = ln Σ_{k∈m} exp(V_k/λ_m),
 *
 *   ln P_j = V_j/λ_m − I_m + λ_m I_m − ln Σ_l exp(λ_l I_l).
 */
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { resolve } from "../data/resolve.ts";
import {
  add,
  and,
  compare,
  div,
  type Expr,
  evaluator,
  exp,
  larger,
  log,
  mul,
  not,
  num,
  or,
  Place,
  parse,
  peak,
  select,
  stop,
  sub,
} from "../expr/index.ts";
import { reader } from "../spec/index.ts";
import { type Alternatives, sumOver } from "./alternatives.ts";
import { checkLambda, lambdaName } from "./lambda.ts";
import { logSumOf, type Part } from "./logSumOf.ts";
import type { ModelOptions } from "./model.ts";

type Conditions = Readonly<Record<string, string>>;

/** Whether nests are conditions on columns, and not lists of alternatives. */
export const isByColumns = ({ nests }: ModelOptions): boolean =>
  typeof nests === "object" &&
  nests !== null &&
  !Array.isArray(nests) &&
  Object.keys(nests).length > 0 &&
  Object.values(nests).every((content) => typeof content === "string");

const conditionsOf = ({ nests }: ModelOptions): Conditions => nests as Conditions;

export const nestNames = (options: ModelOptions): string[] => Object.keys(conditionsOf(options));

/** Throws a Complaint for a condition that cannot be read and for options of listed nests. */
export function checkConditions(options: ModelOptions): void {
  for (const text of Object.values(conditionsOf(options))) parse(text);
  checkLambda(options, nestNames(options));
  if (options.normalisation === "nest")
    throw new Complaint("nests by columns divide utilities by their λ", {
      value: '"normalisation": "nest"',
      help: "list the alternatives of each nest, or leave the normalisation out",
    });
}

/** How many alternatives each nest has, over all situations. Throws a Complaint for an alternative in two nests. */
export function checkMembers(options: ModelOptions, data: ChoiceData): number[] {
  const names = nestNames(options);
  const members = Object.values(conditionsOf(options)).map((source) =>
    resolve(parse(source), { data, place: Place.axis, parameter: () => undefined, source }),
  );
  const [read, run] = [reader(data), evaluator(members)];
  const sizes = names.map(() => 0);
  for (let s = 0; s < data.situations; s++)
    for (let row = data.start[s]; row < data.start[s + 1]; row++) {
      const within = names.filter((_, m) => run((leaf) => read(leaf, s, row))[m] !== 0);
      for (const name of within) sizes[names.indexOf(name)]++;
      if (within.length > 1)
        throw new Complaint(`an alternative is in nests ${within.join(" and ")}`, {
          rule: "an alternative is in one nest",
          where: `situation ${data.situationId(s)}, line ${data.line(row)}`,
          help: "write conditions of which at most one holds",
        });
    }
  return sizes;
}

/** Throws a Complaint for a nest that no alternative is in. */
export function refuseEmpty(options: ModelOptions, sizes: readonly number[]): void {
  const empty = sizes.indexOf(0);
  if (empty < 0) return;
  const name = nestNames(options)[empty];
  throw new Complaint(`no alternative is in nest ${name}`, {
    value: conditionsOf(options)[name],
    help: 'conditions are on columns of the data: "brand == 1"',
  });
}

interface Grouped {
  readonly logs: Expr[];
  readonly logsum: Expr;
}

/** ln P_j of every item, and the logsum. */
export function byColumns(
  set: Alternatives,
  parameter: (name: string) => Expr,
  options: ModelOptions,
): Grouped {
  const nests = Object.entries(conditionsOf(options)).map(([name, text]) => ({
    lambda: parameter(lambdaName(name, options)),
    members: set.all.map(({ data }) => compare("ne", data(text), num(0))),
  }));
  const others = set.all.map((_, j) => not(nests.map(({ members }) => members[j]).reduce(or)));
  const groups = [...nests, { lambda: num(1), members: others }];
  const inclusive = groups.map((group) => inclusiveOf(set, group));
  const logsum = logSumOf(
    groups.map(({ lambda }, m) => ({ value: mul(lambda, inclusive[m].value), open: inclusive[m].open })),
  ).value;
  const logs = set.all.map(({ utility }, j) => {
    const logOf = (m: number): Expr =>
      add(div(utility, groups[m].lambda), mul(sub(groups[m].lambda, num(1)), inclusive[m].value));
    const own = nests.reduceRight<Expr>(
      (rest, { members }, m) => select(members[j], logOf(m), rest),
      utility,
    );
    return sub(own, logsum);
  });
  return { logs, logsum };
}

/** ln Σ exp(V/λ) over the available members; closed where there are none. */
function inclusiveOf(
  set: Alternatives,
  { lambda, members }: { readonly lambda: Expr; readonly members: readonly Expr[] },
): Part {
  const within = set.all.map(({ available }, j) => and(available, members[j]));
  const values = set.all.map(({ utility }) => div(utility, lambda));
  const open = compare("gt", sumOver(set, within), num(0));
  const inside = values.map((value, j) => select(within[j], value, num(Number.NEGATIVE_INFINITY)));
  const shift = select(open, set.axis ? peak(inside[0]) : stop(inside.reduce(larger)), num(0));
  const total = sumOver(
    set,
    values.map((value, j) => select(within[j], exp(select(within[j], sub(value, shift), num(0))), num(0))),
  );
  return { open, value: add(shift, log(select(open, total, num(1)))) };
}
