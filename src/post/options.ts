/** The alternatives of a scene as expressions: by label, or by their place in choice sets without labels. */
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { compare, type Expr, given, num, Place, select, sum } from "../expr/index.ts";
import type { Compiled } from "../program/index.ts";
import type { Resolved } from "../spec/index.ts";
import { alternativeOnAxis } from "./changed.ts";
import { meanOver, openProbabilities } from "./mixing.ts";

/** One alternative of the choice sets, by label, or by its place in unlabelled sets. */
export interface Option {
  readonly name: string;
  /** Its probability in a situation; 0 where it is not available. */
  readonly probability: Expr;
  /** The same in one class and draw. */
  inClass(c: number): Expr;
}

/** Most alternatives that are told apart one by one where all share one utility along the axis. */
const mostOnAxis = 60;

/** The probability of every alternative, as expressions over utilities. */
export function optionsOf({
  data,
  resolved,
  compiled,
}: {
  readonly data: ChoiceData;
  readonly resolved: Resolved;
  readonly compiled: Compiled;
}): Option[] {
  const classes = compiled.classes.map((model) => openProbabilities(model, compiled.set));
  const option = (name: string, inClass: (c: number) => Expr): Option => ({
    name,
    probability: meanOver(compiled, (_, c) => inClass(c)),
    inClass,
  });
  const { labels } = resolved;
  if (labels !== null) return labels.map((name, j) => option(name, (c) => classes[c][j]));
  if (data.labels !== null)
    return few(data.labels).map((name, j) =>
      option(name, (c) => at(alternativeOnAxis(), num(j), classes[c][0])),
    );
  return Array.from({ length: positions(data) }, (_, p) =>
    option(String(p + 1), (c) => atPosition(classes[c][0], p)),
  );
}

/** The value of the axis at place p of the choice set; 0 where it is shorter. */
export const atPosition = (expr: Expr, p: number): Expr => at(given("position", Place.axis), num(p), expr);

const at = (where: Expr, place: Expr, expr: Expr): Expr =>
  sum(select(compare("eq", where, place), expr, num(0)));

/** P_j of every item of the set; 0 where an alternative is not available. */
export const probabilityExprs = (compiled: Compiled): Expr[] =>
  compiled.set.all.map((_, j) => meanOver(compiled, (model) => openProbabilities(model, compiled.set)[j]));

function few(labels: readonly string[]): readonly string[] {
  if (labels.length <= mostOnAxis) return labels;
  throw tooMany(labels.length, "alternatives that share one utility");
}

const tooMany = (count: number, what: string): Complaint =>
  new Complaint(`${count} ${what} are too many to be told apart one by one`, {
    rule: `at most ${mostOnAxis}`,
    help: "use predict, which gives every row its probability",
  });

/** The length of the longest choice set. Throws a Complaint where it is too long to tell alternatives apart. */
export function positions(data: ChoiceData): number {
  let longest = 0;
  for (let s = 0; s < data.situations; s++) longest = Math.max(longest, data.start[s + 1] - data.start[s]);
  if (longest <= mostOnAxis) return longest;
  throw tooMany(longest, "alternatives without labels");
}
