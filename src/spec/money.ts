/**
 * Utilities in money: the coefficient of the cost is −1, so every other coefficient is a willingness to
 * pay and τ is in the unit of what the coefficient multiplies.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import {
  dependsOn,
  type Expr,
  parameter as leafOf,
  nameLeaf,
  parse,
  slopes,
  topological,
} from "../expr/index.ts";
import type { Parameter, Resolved } from "./spec.ts";

export interface Money {
  readonly parameters: readonly Parameter[];
  /** "cost", or "100 cost" when the coefficient multiplies cost / 100; null when it is no simple multiple. */
  readonly unit: string | null;
  readonly pinned: string;
}

/** Fixes the coefficient `name` at −1. Throws a Complaint when there is none, or utilities bend in it. */
export function pinMoney(plain: Resolved, name: string): Money {
  const names = plain.parameters.map((parameter) => parameter.name);
  if (!names.includes(name))
    throw new Complaint("money names the coefficient of the cost, and there is no such parameter", {
      value: name,
      help: suggest(name, names),
    });
  const leaf = leafOf(name);
  if (plain.utilities.some((utility) => dependsOn(slopes(utility, [leaf]), leaf)))
    throw new Complaint("the coefficient of money must enter the utilities linearly", { value: name });
  const found = unitOf(plain.texts, name);
  const unit = found && inWords(found);
  return {
    parameters: plain.parameters.map((each) => (each.name === name ? minusOne(each) : each)),
    unit,
    pinned: sentence(name, unit),
  };
}

const minusOne = (parameter: Parameter): Parameter => ({
  ...parameter,
  start: -1,
  fixed: true,
  lower: Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
});

function sentence(name: string, unit: string | null): string {
  const measured = unit === null ? `what ${name} multiplies` : unit;
  return `${name} is -1: utilities, τ and all other coefficients are in units of ${measured}.`;
}

/** "100 cost": how many units of which column one unit of utility is, where the coefficient is −1. */
export interface Unit {
  readonly many: number;
  readonly column: string;
}

const inWords = ({ many, column }: Unit): string => (many === 1 ? column : `${many} ${column}`);

/** From ∂V/∂name, as text. null when the coefficient multiplies something else than a multiple of one column. */
export function unitOf(texts: Resolved["texts"], name: string): Unit | null {
  const found = Object.values(texts).map((text) => unitIn(parse(text), name));
  const units = found.filter((unit) => unit !== "unused");
  const [first] = units;
  const same = units.every((unit) => unit?.column === first?.column && unit?.many === first?.many);
  return first && same ? first : null;
}

function unitIn(utility: Expr, name: string): Unit | null | "unused" {
  const [multiplied] = slopes(utility, [nameLeaf(name)]);
  if (multiplied.op === "number" && multiplied.value === 0) return "unused";
  const columns = topological([multiplied]).filter((leaf) => leaf.op === "name");
  if (columns.length !== 1) return null;
  const [slope] = slopes(multiplied, columns);
  if (slope.op !== "number" || slope.value <= 0) return null;
  return { many: Number((1 / slope.value).toPrecision(12)), column: columns[0].name };
}
