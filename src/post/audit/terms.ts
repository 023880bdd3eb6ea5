/**
 * The terms that mend an audit. A constant for group g in the utility of alternative j makes the group's
 * predicted share of j what was observed, exactly: its score is that residual. With all cells of groups and
 * alternatives that would be too many, since shares sum to one and the constants of the model already fix
 * their sums over the groups; so cells are taken from the worst down while they are independent of those, and
 * the others follow.
 */
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, cell, type Table } from "../../data/index.ts";
import { num, parameter, slopes } from "../../expr/index.ts";
import type { Fit, ModelSpec } from "../../fit/index.ts";
import { dot, length } from "../../math/matrix.ts";
import { asSpec, type Spec } from "../../spec/index.ts";
import type { Group } from "./groups.ts";

export interface Cell {
  readonly group: Group;
  readonly alternative: string;
  /** How bad it is: |z|. */
  readonly size: number;
}

/** A term of a utility: "asc_train_GROUP_2 * (GROUP == 2)". */
export const termOf = ({ group: { by, name, condition }, alternative }: Cell): string =>
  `${parameterName(alternative, by, name)} * (${condition})`;

const parameterName = (...words: readonly string[]): string =>
  ["asc", ...words]
    .map((word) => word.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_+|_+$/g, ""))
    .join("_");

/** The failing cells of one partition that need a term; what they span covers all others. */
export function needed(fit: Fit, groups: readonly Group[], failing: readonly Cell[]): Cell[] {
  const labels = fit.resolved.labels;
  if (!labels) return [];
  const at = ({ group, alternative }: Cell): number =>
    groups.indexOf(group) * labels.length + labels.indexOf(alternative);
  const unit = (has: (g: number, j: number) => boolean): Float64Array =>
    Float64Array.from({ length: groups.length * labels.length }, (_, i) =>
      has(Math.floor(i / labels.length), i % labels.length) ? 1 : 0,
    );
  const basis: Float64Array[] = [];
  const adds = (vector: Float64Array): boolean => {
    const rest = basis.reduce((left, each) => {
      const overlap = dot(left, each);
      return left.map((value, i) => value - overlap * each[i]);
    }, vector);
    const size = length(rest);
    if (size < 1e-6) return false;
    basis.push(rest.map((value) => value / size));
    return true;
  };
  for (const g of groups.keys()) adds(unit((row) => row === g));
  for (const j of constants(fit)) adds(unit((_, column) => column === j));
  const worst = [...failing].sort((a, b) => b.size - a.size);
  return worst.filter((each) => adds(unit((g, j) => g * labels.length + j === at(each))));
}

/** The alternatives that have a constant of their own. */
function constants({ resolved, compiled }: Fit): number[] {
  const leaves = compiled.program.free.map((index) => parameter(compiled.program.parameters[index]));
  const each = (resolved.unscaled ?? resolved).utilities.map((utility) => slopes(utility, leaves));
  return [...each.keys()].filter((j) =>
    leaves.some((_, k) => each.every((row, i) => row[k] === num(i === j ? 1 : 0))),
  );
}

/**
 * The model with the terms that an audit asks for: the column `term` of its table of shares. Fitted to the same
 * data, its residuals are zero in every group and alternative that failed.
 */
export function mend(fit: Fit, shares: Table): ModelSpec {
  const column = (name: string): (string | number | null)[] =>
    Array.from({ length: shares.rows }, (_, row) => cell(shares.column(name), row));
  const [alternatives, terms] = [column("alternative"), column("term")];
  const wanted = terms.flatMap((term, row) =>
    term ? [{ to: String(alternatives[row]), term: String(term) }] : [],
  );
  if (wanted.length === 0)
    throw new Complaint("this audit asks for no term", {
      help: "there is nothing to mend, or no constant would",
    });
  const written = plainSpec(fit.model.specification, fit.data);
  const utilities = perAlternative(written, fit.data);
  const parameters = { ...written.parameters };
  for (const { to, term } of wanted) {
    const name = term.slice(0, term.indexOf(" "));
    if (Object.hasOwn(parameters, name))
      throw new Complaint(`the model has a parameter ${name} already`, { help: "rename it" });
    parameters[name] = 0;
    utilities[to] = `${utilities[to]} + ${term}`;
  }
  return { ...fit.model, specification: { ...written, parameters, utilities } };
}

/** Written out as utilities; a temperature stays an entry of its own. */
function plainSpec(specification: ModelSpec["specification"], data: ChoiceData): Spec {
  if (typeof specification === "string" || !specification.temperature) return asSpec(specification, data);
  const { temperature, ...rest } = specification;
  return { ...asSpec(rest, data), temperature };
}

function perAlternative({ utilities }: Spec, { labels }: ChoiceData): Record<string, string> {
  if (typeof utilities !== "string") return { ...utilities };
  if (labels) return Object.fromEntries(labels.map((label) => [label, utilities]));
  throw new Complaint("alternatives without labels have no constants to add");
}
