/** A specification meets its data: formulas become utilities, names become parameters and columns. */
import { Complaint, suggest } from "../complaint/index.ts";
import type { ChoiceData } from "../data/choiceData.ts";
import { resolve } from "../data/resolve.ts";
import {
  type Expr,
  Place,
  parameter as parameterLeaf,
  parse,
  substitute,
  topological,
} from "../expr/index.ts";
import { expandFormula } from "./formula.ts";
import { collisions, parametersOf } from "./parameters.ts";
import {
  checkTemperature,
  each,
  everyAlternative,
  type FormulaSpec,
  onlyKeys,
  type Resolved,
  type Spec,
  type Specification,
  spec,
} from "./spec.ts";
import { temper } from "./temperature.ts";
import { writtenOut } from "./writtenOut.ts";

/** Above this many labels a shared utility runs along the axis instead of being written out per label. */
const unrolled = 32;

/**
 * Parses every utility and gives every name its meaning. Throws a Complaint for a name that is neither
 * parameter nor column, an alternative without a utility, a utility for no alternative, a parameter that
 * no utility uses, and a temperature that nothing pins.
 */
export function resolveSpec(specification: Specification, data: ChoiceData): Resolved {
  const written = expanded(specification, data);
  const plain = resolvePlain(written, data);
  return written.temperature ? temper(plain, written, data) : plain;
}

/**
 * The specification written out as utilities that need no other data to be understood: formulas expanded,
 * and V/τ where it has a temperature. What is fitted to these data can so be asked of others.
 */
export function asSpec(specification: Specification, data: ChoiceData): Spec {
  const written = expanded(specification, data);
  return written.temperature ? writtenOut(resolveSpec(written, data)) : written;
}

/** A formula becomes utilities, a Spec is checked. */
function expanded(specification: Specification, data: ChoiceData): Spec {
  if (typeof specification === "string") return expandFormula(specification, data);
  if (!("formula" in specification)) return spec(specification);
  const { formula, reference, temperature } = specification as FormulaSpec;
  onlyKeys(specification, ["formula", "reference", "temperature"], "a formula specification");
  if (temperature !== undefined) checkTemperature(temperature);
  return { ...expandFormula(formula, data, { reference }), ...(temperature ? { temperature } : {}) };
}

function resolvePlain(written: Spec, data: ChoiceData): Resolved {
  const texts = textsByAlternative(written, data);
  const shared = Object.keys(texts)[0] === everyAlternative;
  const labels = shared ? null : data.labels;
  const lookup = (name: string): Expr | undefined =>
    Object.hasOwn(written.parameters, name) ? parameterLeaf(name) : undefined;
  const utilities = Object.entries(texts).map(([label, text]) => {
    const place = labels ? labels.indexOf(label) : Place.axis;
    return resolve(eachAlternative(parse(text), place, data), {
      data,
      place,
      parameter: lookup,
      parameters: Object.keys(written.parameters),
      source: text,
    });
  });
  const used = namesIn(Object.values(texts));
  const idle = Object.keys(written.parameters).find((name) => !used.has(name));
  if (idle !== undefined)
    throw new Complaint(`parameter ${idle} is declared and no utility uses it`, {
      help: "remove it, or write it into a utility",
    });
  const notes = collisions(written, data, utilities);
  return {
    parameters: parametersOf(written, utilities),
    labels,
    utilities,
    texts:
      shared || typeof written.utilities !== "string" ? texts : { [everyAlternative]: written.utilities },
    reference: written.reference ?? null,
    temperature: null,
    notes,
  };
}

/** The names without an alternative, as written: a column that happens to be 0 everywhere hides none. */
const namesIn = (texts: readonly string[]): Set<string> =>
  new Set(
    topological(texts.map(parse)).flatMap(({ op, name, label }) => (op === "name" && !label ? [name] : [])),
  );

/** One text per label in the order of the data, or one under `everyAlternative`. */
function textsByAlternative({ utilities }: Spec, data: ChoiceData): Record<string, string> {
  const labels = data.labels;
  if (typeof utilities === "string") {
    const writtenOut = labels !== null && (labels.length <= unrolled || data.layout === "wide");
    return writtenOut
      ? Object.fromEntries(labels.map((label) => [label, utilities]))
      : { [everyAlternative]: utilities };
  }
  if (labels === null)
    throw new Complaint("these choice sets have no labels, so all alternatives share one utility", {
      help: "give utilities as one text, or declare the alternative column of the data",
    });
  for (const label of Object.keys(utilities))
    if (!labels.includes(label))
      throw new Complaint("a utility is given for an alternative that the data do not have", {
        value: label,
        help: suggest(label, labels),
      });
  const missing = labels.find((label) => !Object.hasOwn(utilities, label));
  if (missing !== undefined)
    throw new Complaint(`alternative ${missing} has no utility`, {
      rule: 'every alternative of the data has a utility; a utility of zero is "0"',
      help: suggest(missing, Object.keys(utilities)),
    });
  return Object.fromEntries(labels.map((label) => [label, utilities[label]]));
}

/** `cost.each` is the column cost at the alternative whose utility this is, whatever else cost may name. */
function eachAlternative(expr: Expr, place: number, data: ChoiceData): Expr {
  if (data.labels?.includes(each)) return expr;
  const order = topological([expr]);
  return substitute([expr], order, (leaf) => {
    if (leaf.op !== "name" || leaf.label !== each) return undefined;
    const column = data.resolve(leaf.name, place);
    if (column) return column;
    throw new Complaint(`there is no column ${leaf.name}`, { help: suggest(leaf.name, data.names) });
  })[0];
}
