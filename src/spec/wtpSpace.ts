/**
 * Willingness-to-pay space: V = b_cost (cost − wtp_time time − …), so that the coefficients are what people would pay
 * for one unit more, and their distribution over people is that of willingness to pay itself.
 * Source: Train & Weeks (2005); Scarpa, Thiene & Train (2008).
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { dependsOn, nameLeaf, parse, print, slopes } from "../expr/index.ts";
import { replaceNames } from "./rewrite.ts";
import type { FormulaSpec, Parameter, ParameterOptions, Spec, Specification } from "./spec.ts";

/**
 * The same specification with willingness to pay as coefficients: b_time becomes wtp_time (and time wtp_time) = −b_time/b_cost.
 * Plain JSON in, plain JSON out. @param cost the coefficient of the cost, which stays.
 */
export function wtpSpace(
  specification: Specification,
  { cost }: { readonly cost: string },
): Spec | FormulaSpec {
  if (typeof cost !== "string")
    throw new Complaint("wtpSpace names the coefficient of the cost", {
      value: cost,
      help: '{ cost: "b_cost" }',
    });
  const written = typeof specification === "string" ? { formula: specification } : specification;
  return { ...written, wtpSpace: cost };
}

export interface WtpExpanded {
  readonly spec: Spec;
  /** wtp_time → b_time. */
  readonly names: ReadonlyMap<string, string>;
}

/** Where the search begins, when the specification before has nothing to say. */
const usualCost = -1;

/** Throws a Complaint where there is no such coefficient, or it has a name that willingness to pay would take. */
export function expandWtp({ wtpSpace: cost, ...plain }: Spec): WtpExpanded {
  if (cost === undefined) return { spec: plain, names: new Map() };
  const known = Object.keys(plain.parameters);
  if (!known.includes(cost))
    throw new Complaint(`wtpSpace names ${cost}, and there is no such coefficient`, {
      help: suggest(cost, known),
    });
  const texts = typeof plain.utilities === "string" ? { all: plain.utilities } : plain.utilities;
  const linear = known.filter(
    (name) => name !== cost && Object.values(texts).every((text) => isLinear(text, name)),
  );
  const renamed = new Map(linear.map((name) => [name, `wtp_${name.replace(/^b_/, "")}`]));
  const clash = [...renamed.values()].find((name) => known.includes(name));
  if (clash !== undefined)
    throw new Complaint(`${clash} is a parameter already, and willingness to pay would take its name`, {
      help: "rename it",
    });
  const rewritten = (text: string): string =>
    replaceNames(text, (name, label) => {
      const wtp = label === "" ? renamed.get(name) : undefined;
      return wtp && `(-${quote(cost)} * ${quote(wtp)})`;
    });
  const parameters = Object.fromEntries(
    Object.entries(plain.parameters).map(([name, value]): [string, number | ParameterOptions] =>
      name === cost ? [name, withStart(value)] : [renamed.get(name) ?? name, value],
    ),
  );
  const utilities =
    typeof plain.utilities === "string"
      ? rewritten(plain.utilities)
      : Object.fromEntries(Object.entries(plain.utilities).map(([label, text]) => [label, rewritten(text)]));
  return {
    spec: { ...plain, parameters, utilities },
    names: new Map([...renamed].map(([name, wtp]) => [wtp, name])),
  };
}

/** At a cost coefficient of 0 nothing else would matter. */
function withStart(value: number | ParameterOptions): number | ParameterOptions {
  const options = typeof value === "number" ? { start: value } : value;
  return options.start ? value : { ...options, start: Math.min(usualCost, options.upper ?? usualCost) };
}

function isLinear(text: string, name: string): boolean {
  const leaf = nameLeaf(name);
  return !dependsOn(slopes(parse(text), [leaf]), leaf);
}

/** Starting values from the estimates of the same model in preferences: −b_time / b_cost. */
export function wtpStarts(
  names: ReadonlyMap<string, string>,
  cost: string,
  parameters: readonly Parameter[],
  estimates: Readonly<Record<string, number>>,
): Record<string, number> {
  if (!(Math.abs(estimates[cost]) > 0)) return {};
  return Object.fromEntries(
    parameters.flatMap(({ name }): [string, number][] => {
      const before = names.get(name);
      if (before === undefined) return name in estimates ? [[name, estimates[name]]] : [];
      return before in estimates ? [[name, -estimates[before] / estimates[cost]]] : [];
    }),
  );
}

const quote = (name: string): string => print(nameLeaf(name));
