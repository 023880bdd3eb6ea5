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
import { checkClasses } from "./classes/classOptions.ts";
import { resolveClasses } from "./classes/resolveClasses.ts";
import { expandFormula } from "./formula.ts";
import { checkLatentVariables, measured, naming, withoutLatent } from "./hybrid/index.ts";
import { onlyKeys } from "./keys.ts";
import { latentFormula } from "./latentFormula.ts";
import { collisions, parametersOf } from "./parameters.ts";
import { numberDraws } from "./random/dimensions.ts";
import { drawsFor } from "./random/drawOptions.ts";
import { expandRandom, type ResolvedRandom } from "./random/expand.ts";
import { checkRandom } from "./random/random.ts";
import {
  checkTemperature,
  each,
  everyAlternative,
  type FormulaSpec,
  formulaKeys,
  latentUtility,
  type Parameter,
  type Resolved,
  type Spec,
  type Specification,
  spec,
} from "./spec.ts";
import { temper } from "./temperature.ts";
import { writtenOut } from "./writtenOut.ts";
import { expandWtp } from "./wtpSpace.ts";

/** Above this many labels a shared utility runs along the axis instead of being written out per label. */
const unrolled = 32;

/**
 * Parses every utility and gives every name its meaning. Throws a Complaint for a name that is neither
 * parameter nor column, an alternative without a utility, a utility for no alternative, a parameter that
 * no utility uses, and a temperature that nothing pins.
 */
export function resolveSpec(specification: Specification, data: ChoiceData): Resolved {
  const { classes, ...single } = expanded(specification, data);
  const resolved = resolveSingle(single, data);
  return classes ? resolveClasses(resolved, classes, data) : resolved;
}

/** Without latent classes. */
function resolveSingle(
  { random: asked, correlated, randomScale, draws, ...written }: Spec,
  data: ChoiceData,
): Resolved {
  const { spec: fixed, names } = expandWtp(written);
  const preferences = withPreferences(written, names, data);
  if (!asked && !randomScale && !written.latentVariables)
    return { ...resolveFixed({ ...fixed, draws }, data), ...preferences };
  const { spec: mixed, random } = expandRandom({ ...fixed, random: asked, correlated, randomScale }, data);
  const resolved = resolveFixed({ ...mixed, draws }, data);
  const spreads = new Set(random.flatMap((each) => each.spreads));
  const parameters = resolved.parameters.map(
    (each): Parameter => (spreads.has(each.name) ? { ...each, role: "spread" } : each),
  );
  const { spec: choice } = withoutLatent(fixed);
  const others = random.filter(({ name }) => !Object.hasOwn(fixed.latentVariables ?? {}, name));
  const simpler = simplerOf({ ...choice, draws }, others, data);
  const whole = {
    ...resolved,
    parameters,
    random,
    ...(simpler ? { fixed: { ...simpler, ...preferences } } : {}),
  };
  return fixed.latentVariables ? measured(whole, fixed, data) : whole;
}

/** The model before it was written in willingness to pay, for starting values. */
function withPreferences(
  { wtpSpace: cost, ...before }: Spec,
  names: ReadonlyMap<string, string>,
  data: ChoiceData,
): Pick<Resolved, "preferences"> {
  if (cost === undefined) return {};
  const { spec: choice, lost } = withoutLatent(before);
  const kept = new Map([...names].filter(([, name]) => !lost.includes(name)));
  return { preferences: { resolved: resolveFixed(choice, data), names: kept, cost } };
}

/** A specification whose draws, if any, stand in its utilities. */
function resolveFixed(written: Spec, data: ChoiceData): Resolved {
  const plain = resolvePlain(written, data);
  return written.temperature ? temper(plain, written, data) : plain;
}

/** The same with coefficients that are equal for everybody; none where coefficients are expressions of their own. */
function simplerOf(fixed: Spec, random: readonly ResolvedRandom[], data: ChoiceData): Resolved | null {
  if (!random.every(({ name, on }) => on || Object.hasOwn(fixed.parameters, name))) return null;
  const own = new Set(
    random.flatMap((each) => [...each.spreads, ...each.columns.map((column) => column.parameter)]),
  );
  const parameters = Object.fromEntries(Object.entries(fixed.parameters).filter(([name]) => !own.has(name)));
  return resolveFixed({ ...fixed, parameters }, data);
}

/**
 * The specification written out as utilities that need no other data to be understood: formulas expanded,
 * random coefficients and V/τ written into the utilities. What is fitted to these data can so be asked of others.
 */
export function asSpec(specification: Specification, data: ChoiceData): Spec {
  const written = expanded(specification, data);
  const { spec: fixed } = expandWtp(written);
  const isMixed = fixed.random || fixed.randomScale || fixed.latentVariables;
  const plain = isMixed ? expandRandom(fixed, data).spec : fixed;
  if (!plain.temperature) return plain;
  const { classes, ...single } = plain;
  return { ...writtenOut(resolveSingle(single, data)), ...(classes ? { classes } : {}) };
}

/** A formula becomes utilities, a Spec is checked. */
function expanded(specification: Specification, data: ChoiceData): Spec {
  if (typeof specification === "string") return expandFormula(specification, data);
  if (!("formula" in specification)) return spec(specification);
  const { formula, reference, ...more } = specification as FormulaSpec;
  onlyKeys(specification, formulaKeys, "a formula specification");
  if (more.temperature !== undefined) checkTemperature(more.temperature);
  checkRandom(more);
  if (more.classes !== undefined) checkClasses(more.classes);
  if (more.latentVariables !== undefined) checkLatentVariables(more.latentVariables);
  const named = naming(data, more.latentVariables);
  const written = more.latent ? latentFormula(formula, named) : expandFormula(formula, named, { reference });
  return { ...written, ...more };
}

function resolvePlain(written: Spec, data: ChoiceData): Resolved {
  const texts = textsByAlternative(written, data);
  const shared = Object.keys(texts)[0] === everyAlternative;
  const latent = written.latent === true;
  const labels = shared ? null : data.labels;
  const lookup = (name: string): Expr | undefined =>
    Object.hasOwn(written.parameters, name) ? parameterLeaf(name) : undefined;
  const named = Object.entries(texts).map(([label, text]) => {
    const place = latent ? Place.situation : labels ? labels.indexOf(label) : Place.axis;
    return resolve(eachAlternative(parse(text), place, data), {
      data,
      place,
      parameter: lookup,
      parameters: Object.keys(written.parameters),
      source: text,
    });
  });
  const { utilities, dimensions, written: drawn } = numberDraws(named);
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
      shared || latent || typeof written.utilities !== "string"
        ? texts
        : { [everyAlternative]: written.utilities },
    reference: written.reference ?? null,
    temperature: null,
    ...(latent ? { latent } : {}),
    notes,
    draws: drawsFor(written.draws, dimensions),
    ...(written.draws ? { drawOptions: written.draws } : {}),
    drawn,
  };
}

/** The names without an alternative, as written: a column that happens to be 0 everywhere hides none. */
const namesIn = (texts: readonly string[]): Set<string> =>
  new Set(
    topological(texts.map(parse)).flatMap(({ op, name, label }) => (op === "name" && !label ? [name] : [])),
  );

/** One text per label in the order of the data, or one under `everyAlternative`. */
function textsByAlternative({ utilities, latent }: Spec, data: ChoiceData): Record<string, string> {
  const labels = data.labels;
  if (latent) {
    if (typeof utilities === "string") return { [latentUtility]: utilities };
    throw new Complaint("levels have no utilities of their own: one latent utility is behind them all", {
      help: 'give it as one text: utilities: "b_age * age + b_income * income"',
    });
  }
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
