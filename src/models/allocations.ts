/**
 * How much of an alternative belongs to each of its nests: α_jm ≥ 0 with Σ_m α_jm = 1. In two nests the α of
 * the first is a parameter of its own; in more, or where α depends on columns, they are a softmax
 * α_jm ∝ exp(a_jm + γ'z) whose last nest has 0.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { add, addAll, type Expr, log, mul, num, sub } from "../expr/index.ts";
import type { Alternative } from "./alternatives.ts";
import { logSumOf } from "./logSumOf.ts";
import type { ModelOptions, ModelParameter } from "./model.ts";

export type Members = ReadonlyMap<string, readonly string[]>;

/** The nests as they are written, without members that are no alternatives. */
export const membersOf = ({ nests }: ModelOptions, labels: readonly string[]): Members =>
  new Map(
    Object.entries((nests ?? {}) as Record<string, string[]>).map(([nest, all]) => [
      nest,
      all.filter((label) => labels.includes(label)),
    ]),
  );

/** The nests that an alternative is in. */
const homes = (label: string, members: Members): string[] =>
  [...members].flatMap(([nest, all]) => (all.includes(label) ? [nest] : []));

const given = (label: string, { allocations }: ModelOptions): unknown =>
  allocations === "equal" ? "equal" : (allocations as Record<string, unknown> | undefined)?.[label];
const columnsOf = (how: unknown): string[] =>
  typeof how === "string" && how !== "equal" ? how.split("+").map((column) => column.trim()) : [];
const name = (label: string, nest: string, column?: string): string =>
  `alpha_${label}_${nest}${column ? `_${column}` : ""}`;

/** Those of every alternative that is in several nests and whose allocation is not given as numbers. */
export function allocationParameters(options: ModelOptions, labels: readonly string[]): ModelParameter[] {
  const members = membersOf(options, labels);
  return labels.flatMap((label) => {
    const nests = homes(label, members);
    const how = given(label, options);
    if (nests.length < 2 || how === "equal" || typeof how === "object") return [];
    const columns = columnsOf(how);
    const isShare = nests.length === 2 && columns.length === 0;
    return nests
      .slice(0, -1)
      .flatMap((nest) => [
        isShare ? share(name(label, nest)) : free(name(label, nest)),
        ...columns.map((column) => free(name(label, nest, column))),
      ]);
  });
}

const share = (of: string): ModelParameter => ({
  name: of,
  start: 0.5,
  lower: 1e-6,
  upper: 1 - 1e-6,
  neutral: 0.5,
});
const free = (of: string): ModelParameter => ({
  name: of,
  start: 0,
  lower: Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
  neutral: 0,
});

/** ln α of one alternative in each of its nests. */
export function logAllocations(
  item: Alternative,
  members: Members,
  options: ModelOptions,
  parameter: (name: string) => Expr,
): ReadonlyMap<string, Expr> {
  const label = item.label!;
  const nests = homes(label, members);
  const how = given(label, options);
  if (typeof how === "object") {
    const fixed = how as Record<string, number>;
    return new Map(nests.map((nest) => [nest, num(Math.log(fixed[nest]))]));
  }
  if (how === "equal" || nests.length < 2)
    return new Map(nests.map((nest) => [nest, num(-Math.log(nests.length))]));
  const columns = columnsOf(how);
  if (nests.length === 2 && columns.length === 0) {
    const alpha = parameter(name(label, nests[0]));
    return new Map([
      [nests[0], log(alpha)],
      [nests[1], log(sub(num(1), alpha))],
    ]);
  }
  const scores = nests.map((nest, m) =>
    m === nests.length - 1
      ? num(0)
      : add(
          parameter(name(label, nest)),
          addAll(columns.map((column) => mul(parameter(name(label, nest, column)), item.data(column)))),
        ),
  );
  const all = logSumOf(scores.map((value) => ({ value, open: num(1) }))).value;
  return new Map(nests.map((nest, m) => [nest, sub(scores[m], all)]));
}

/** Throws a Complaint for allocations to nests that an alternative is not in, or that do not sum to one. */
export function checkAllocations(options: ModelOptions, labels: readonly string[]): void {
  const { allocations } = options;
  if (allocations === undefined || allocations === "equal") return;
  if (typeof allocations !== "object" || allocations === null)
    throw new Complaint('allocations are "equal", or given by alternative', {
      value: JSON.stringify(allocations),
      help: '"allocations": { "train": { "public": 0.5, "existing": 0.5 } }, or { "train": "age" }',
    });
  const members = membersOf(options, labels);
  for (const [label, how] of Object.entries(allocations)) {
    const nests = homes(label, members);
    if (nests.length === 0)
      throw new Complaint(`allocations are given for ${label}, which is in no nest`, {
        help: suggest(label, [...members.values()].flat()),
      });
    if (typeof how !== "string") checkShares(label, how, nests);
  }
}

function checkShares(label: string, how: unknown, nests: readonly string[]): void {
  const shares = (how ?? {}) as Record<string, number>;
  const wrong = Object.keys(shares).find((nest) => !nests.includes(nest));
  if (wrong !== undefined)
    throw new Complaint(`${label} is not in nest ${wrong}`, { help: suggest(wrong, nests) });
  const values = nests.map((nest) => shares[nest]);
  const sum = values.reduce((so, value) => so + value, 0);
  if (!values.every((value) => value > 0) || Math.abs(sum - 1) > 1e-9)
    throw new Complaint(`the allocations of ${label} are not shares`, {
      rule: "one number above 0 for each of its nests, and together 1",
      value: JSON.stringify(how),
      help: `its nests are ${nests.join(", ")}`,
    });
}
