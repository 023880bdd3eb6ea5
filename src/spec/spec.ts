/**
 * What a user writes down: utilities as text with declared parameters, or a formula, as plain JSON.
 * A name in a utility is a declared parameter or a column of the data; anything else is an error.
 *
 *     spec({ parameters: { asc_train: 0, b_cost: { start: 0, upper: 0 } },
 *            utilities: { train: "asc_train + b_cost * cost / 100", car: "b_cost * cost / 100" } })
 */
import { Complaint } from "../complaint/index.ts";
import type { Expr } from "../expr/index.ts";
import type { Draws } from "../math/draws/draws.ts";
import { type ClassOptions, checkClasses } from "./classes/classOptions.ts";
import type { ResolvedClasses } from "./classes/resolveClasses.ts";
import { checkLatentVariables, type LatentVariables } from "./hybrid/latentVariables.ts";
import type { ResolvedLatentVariable } from "./hybrid/measured.ts";
import { isRecord, onlyKeys } from "./keys.ts";
import type { DrawOptions } from "./random/drawOptions.ts";
import type { ResolvedRandom } from "./random/expand.ts";
import { checkRandom, type RandomCoefficients } from "./random/random.ts";
import type { RandomScale } from "./random/scale.ts";

/** How a parameter is treated. `fixed` holds it at `start`. Bounds are inclusive. */
export interface ParameterOptions {
  readonly start?: number;
  readonly fixed?: boolean;
  readonly lower?: number;
  readonly upper?: number;
}

/** What pins the scale of the utilities, so that the temperature τ of softmax(V/τ) is identified. */
export interface Temperature {
  /** This coefficient is −1: utilities and τ are in the unit of what it multiplies. */
  readonly money?: string;
  /** One τ per value of this column; relative to the first (or `reference`) one unless `money` pins the scale. */
  readonly by?: string;
  /** ln τ = z'γ, as terms joined by +: "age + task". */
  readonly on?: string;
  /** The utilities have no free scale: payoffs, given values, offsets. */
  readonly known?: true;
  /** The value of `by` whose τ is 1. */
  readonly reference?: string;
}

/** What stands beside utilities or a formula: what pins their scale, and what varies over people. */
export interface Heterogeneity {
  readonly reference?: string;
  readonly temperature?: Temperature;
  /** Coefficients that vary over people; see random/random.ts. */
  readonly random?: RandomCoefficients;
  readonly correlated?: readonly (readonly string[])[];
  readonly draws?: DrawOptions;
  /** Whether all utilities have a scale that varies over people, lognormal with mean 1; see random/scale.ts. */
  readonly randomScale?: boolean | RandomScale;
  /** The coefficient of the cost, where all others are to be willingness to pay. */
  readonly wtpSpace?: string;
  /** One utility of the situation, whose alternatives are levels in their order. */
  readonly latent?: true;
  /** Latent classes; see classes/classOptions.ts. */
  readonly classes?: ClassOptions;
  /** Latent variables with indicators; see hybrid/latentVariables.ts. */
  readonly latentVariables?: LatentVariables;
}

/** Utilities as text, by alternative; or one text shared by all alternatives. */
export interface Spec extends Heterogeneity {
  readonly parameters: Readonly<Record<string, number | ParameterOptions>>;
  readonly utilities: Readonly<Record<string, string>> | string;
}

/** "generic | situation variables | alternative-specific", see formula.ts. */
export interface FormulaSpec extends Heterogeneity {
  readonly formula: string;
}

export type Specification = string | FormulaSpec | Spec;

/** A declared parameter with every choice made. `neutral` is the value at which it has no effect. */
export interface Parameter {
  readonly name: string;
  readonly start: number;
  readonly fixed: boolean;
  readonly lower: number;
  readonly upper: number;
  readonly neutral: number;
  readonly role: "coefficient" | "constant" | "temperature" | "spread" | "class" | "measurement";
}

/** The temperature as the engine and the tables see it. */
export interface ResolvedTemperature {
  readonly asked: Temperature;
  /** Names of the parameters it brought. */
  readonly parameters: readonly string[];
  /** τ of a situation, over parameters and situation-level data. */
  readonly tau: Expr;
  /** One sentence: what pins the scale. */
  readonly pinned: string;
  /** The unit of τ when money pins it ("cost", "100 cost"), else null. */
  readonly unit: string | null;
}

/** A specification that has met its data: names have become parameters and columns. */
export interface Resolved {
  readonly parameters: readonly Parameter[];
  /** null: one shared utility along the ragged axis of alternatives. */
  readonly labels: readonly string[] | null;
  /** One per label, or exactly one: shared along the axis, or latent behind the levels. */
  readonly utilities: readonly Expr[];
  /** The utilities as text by alternative, or under "each alternative". */
  readonly texts: Readonly<Record<string, string>>;
  readonly reference: string | null;
  readonly temperature: ResolvedTemperature | null;
  /** Whether the one utility is latent. */
  readonly latent?: true;
  /** Sentences for the reader: what was assumed. */
  readonly notes: readonly string[];
  /** The same without its temperature, for starting values. */
  readonly unscaled?: Resolved;
  /** The draws that its utilities hold, if they hold any. */
  readonly draws?: Draws | null;
  /** The draws as they were asked for. */
  readonly drawOptions?: DrawOptions;
  /** The draws as written (normal(1), …), in the order of their dimensions. */
  readonly drawn?: readonly Expr[];
  readonly random?: readonly ResolvedRandom[];
  /** The same without what varies over people, for starting values. */
  readonly fixed?: Resolved;
  /** The same before it was written in willingness to pay. */
  readonly preferences?: {
    readonly resolved: Resolved;
    readonly names: ReadonlyMap<string, string>;
    readonly cost: string;
  };
  readonly latentVariables?: readonly ResolvedLatentVariable[];
  /** ln of the density of a person's indicators. */
  readonly measured?: Expr;
  /** `utilities` are those of the first class then. */
  readonly classes?: ResolvedClasses;
}

/** The key of a shared utility in `texts`. */
export const everyAlternative = "each alternative";
/** The key of a latent utility in `texts`. */
export const latentUtility = "latent utility";
/** The label that says "this alternative" in a shared utility: `cost.each` is the column, never a parameter. */
export const each = "each";

const heterogeneityKeys = [
  "reference",
  "temperature",
  "random",
  "correlated",
  "draws",
  "randomScale",
  "wtpSpace",
  "latent",
  "classes",
  "latentVariables",
] as const satisfies readonly (keyof Heterogeneity)[];
const specKeys = ["parameters", "utilities", ...heterogeneityKeys];
/** Entries that a formula may have beside it. */
export const formulaKeys = ["formula", ...heterogeneityKeys];
const parameterKeys = ["start", "fixed", "lower", "upper"];
const temperatureKeys = ["money", "by", "on", "known", "reference"];

/**
 * Checks the shape of a specification and returns it. Throws a Complaint that names the unknown key, or
 * the parameter whose start lies outside its bounds.
 */
export function spec(given: Spec): Spec {
  onlyKeys(given, specKeys, "a specification");
  if (!isRecord(given.parameters))
    throw new Complaint("a specification declares its parameters", {
      value: given.parameters,
      help: '"parameters": { "b_cost": 0 }',
    });
  for (const [name, value] of Object.entries(given.parameters)) checkParameter(name, value);
  checkUtilities(given.utilities);
  if (given.temperature !== undefined) checkTemperature(given.temperature);
  checkRandom(given);
  if (given.classes !== undefined) checkClasses(given.classes);
  if (given.latentVariables !== undefined) checkLatentVariables(given.latentVariables);
  return given;
}

/** The shape of a temperature: known keys, texts where texts belong. */
export function checkTemperature(given: Temperature): void {
  if (!isRecord(given))
    throw new Complaint("a temperature is an object", {
      value: given,
      help: '"temperature": { "money": "b_cost" }',
    });
  onlyKeys(given, temperatureKeys, "a temperature");
  for (const key of ["money", "by", "on", "reference"] as const)
    if (given[key] !== undefined && typeof given[key] !== "string")
      throw new Complaint(`${key} of a temperature is text`, { value: given[key] });
}

function checkUtilities(utilities: Spec["utilities"]): void {
  if (typeof utilities === "string") return;
  if (!isRecord(utilities) || Object.keys(utilities).length === 0)
    throw new Complaint("a specification gives utilities: one text per alternative, or one text for all", {
      value: utilities,
      help: '"utilities": { "train": "b_cost * cost", "car": "asc_car + b_cost * cost" }',
    });
  for (const [label, text] of Object.entries(utilities))
    if (typeof text !== "string")
      throw new Complaint(`the utility of ${label} is not text`, {
        value: text,
        help: 'a utility of zero is "0"',
      });
}

function checkParameter(name: string, value: number | ParameterOptions): void {
  const where = `parameter ${name}`;
  if (typeof value === "number") {
    if (!Number.isFinite(value))
      throw new Complaint("a parameter starts at a finite number", { value, where });
    return;
  }
  if (!isRecord(value as unknown))
    throw new Complaint("a parameter is its starting value, or an object", {
      value,
      where,
      help: '{ "start": 0, "upper": 0 }',
    });
  onlyKeys(value, parameterKeys, where);
  const { start = 0, lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY, fixed } = value;
  for (const [key, number] of Object.entries({ start, lower, upper }))
    if (typeof number !== "number" || Number.isNaN(number))
      throw new Complaint(`${key} of a parameter is a number`, { value: number, where });
  if (fixed !== undefined && typeof fixed !== "boolean")
    throw new Complaint("fixed is true or false", { value: fixed, where });
  if (lower > upper || (!fixed && (start < lower || start > upper)) || !Number.isFinite(start))
    throw new Complaint("a parameter starts within its bounds", {
      value: `start ${start}, bounds ${lower} to ${upper}`,
      where,
    });
}
