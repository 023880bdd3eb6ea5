/**
 * Latent variables as a user writes them: what nobody sees of a person, such as an attitude, what it depends on, and
 * the answers that show it. Plain JSON beside the utilities, which use its name like that of a column.
 */
import { Complaint, suggest } from "../../complaint/index.ts";
import { isRecord, onlyKeys } from "../keys.ts";
import type { DrawOptions } from "../random/drawOptions.ts";
import { checkDraws } from "../random/drawOptions.ts";
import type { FormulaSpec, Spec, Specification } from "../spec.ts";
import { indicatorKinds } from "./indicatorKinds.ts";

/** An answer that shows a latent variable. A text is its kind. */
export interface Indicator {
  /** "ordered": levels with thresholds between them. "continuous": a number with normal noise. */
  readonly kind: string;
  /** Of an ordered one: "logit" (default) or "probit". */
  readonly link?: "logit" | "probit";
}

export interface LatentVariable {
  /** What it depends on, as columns of the person joined by +: "age + female". Default: nothing. */
  readonly on?: string;
  /** Columns that show it. The first one tells its direction: it rises with the latent variable. */
  readonly indicators: Readonly<Record<string, string | Indicator>>;
}

export type LatentVariables = Readonly<Record<string, LatentVariable>>;

/**
 * The same specification with latent variables: hybrid choice, or an integrated choice and latent variable model.
 * Each is η = z'γ + ω, ω standard normal over people, and stands in utilities by its name. Plain JSON in, plain JSON
 * out; nothing is checked on data.
 * Source: Ben-Akiva, McFadden, Train et al. (2002), Marketing Letters 13:163; Walker (2001).
 */
export function hybrid(
  specification: Specification,
  latentVariables: LatentVariables,
  { draws }: { readonly draws?: DrawOptions } = {},
): Spec | FormulaSpec {
  const written = typeof specification === "string" ? { formula: specification } : specification;
  const all = { ...written.latentVariables, ...latentVariables };
  checkLatentVariables(all);
  if (draws) checkDraws(draws);
  return { ...written, latentVariables: all, ...(draws ? { draws } : {}) };
}

export const indicatorOf = (given: string | Indicator): Indicator =>
  typeof given === "string" ? { kind: given } : given;

const example = '"latentVariables": { "green": { "on": "age", "indicators": { "att1": "ordered" } } }';

/** The shape of latent variables, before there are data. Throws a Complaint that names the entry. */
export function checkLatentVariables(given: LatentVariables): void {
  if (!isRecord(given) || Object.keys(given).length === 0)
    throw new Complaint("latentVariables names latent variables and their indicators", {
      value: JSON.stringify(given),
      help: example,
    });
  const owner = new Map<string, string>();
  for (const [name, variable] of Object.entries(given)) {
    checkVariable(name, variable);
    for (const column of Object.keys(variable.indicators)) {
      const other = owner.get(column);
      if (other !== undefined)
        throw new Complaint(`${column} is an indicator of ${other} and of ${name}`, {
          rule: "an indicator shows one latent variable",
          help: "leave it out of one of the two",
        });
      owner.set(column, name);
    }
  }
}

function checkVariable(name: string, variable: LatentVariable): void {
  const where = `latent variable ${name}`;
  if (!isRecord(variable))
    throw new Complaint("a latent variable is an object", { value: variable, where, help: example });
  onlyKeys(variable, ["on", "indicators"], where);
  if (variable.on !== undefined && typeof variable.on !== "string")
    throw new Complaint("what a latent variable depends on is text", {
      value: variable.on,
      where,
      help: '"on": "age + female"',
    });
  if (!isRecord(variable.indicators) || Object.keys(variable.indicators).length === 0)
    throw new Complaint(`the latent variable ${name} has no indicators`, {
      rule: "what nobody sees is told by answers that depend on it",
      help: '"indicators": { "att1": "ordered", "att2": "continuous" }; without any, it is a random coefficient: "random"',
    });
  for (const [column, it] of Object.entries(variable.indicators)) checkIndicator(column, it);
}

function checkIndicator(column: string, given: string | Indicator): void {
  const where = `indicator ${column}`;
  if (typeof given !== "string" && !isRecord(given as unknown))
    throw new Complaint("an indicator is the name of its kind, or an object", {
      value: given,
      where,
      help: '"ordered", or { "kind": "ordered", "link": "probit" }',
    });
  const it = indicatorOf(given);
  onlyKeys(it, ["kind", "link"], where);
  if (!Object.hasOwn(indicatorKinds, it.kind))
    throw new Complaint(`there are no indicators of kind ${it.kind}`, {
      where,
      help: suggest(String(it.kind), Object.keys(indicatorKinds)),
    });
  const { links } = indicatorKinds[it.kind];
  if (it.link !== undefined && !links.includes(it.link))
    throw new Complaint(`the link of this indicator cannot be ${it.link}`, {
      where,
      help: links.length > 0 ? `it is ${links.join(" or ")}` : `a ${it.kind} indicator has no link`,
    });
}
