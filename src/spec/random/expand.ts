/**
 * Random coefficients written into the utilities: pf becomes (pf + sd_pf * normal(1)) wherever it stands, so
 * that a mixed model is a specification like any other and prints as one.
 *
 * Names: the mean (of the latent) keeps the coefficient's name, its spread is sd_pf (within persons
 * sd_within_pf), terms of a Cholesky factor are chol_pf_tod (of pf's draw in tod), effects of columns on
 * the mean pf_age.
 */
import { Complaint, suggest } from "../../complaint/index.ts";
import type { ChoiceData } from "../../data/choiceData.ts";
import { nameLeaf, parse, print, topological } from "../../expr/index.ts";
import { structural } from "../hybrid/structural.ts";
import { replaceNames } from "../rewrite.ts";
import type { ParameterOptions, Spec } from "../spec.ts";
import { distributions, type Shape } from "./distributions.ts";
import { type MeanColumn, meanColumns } from "./meanColumns.ts";
import type { RandomCoefficient } from "./random.ts";
import { checkDamped, damping, type RandomScale, scaleOf, scaleParameters } from "./scale.ts";

/** A random coefficient after its draws are numbered. */
export interface ResolvedRandom {
  readonly name: string;
  /** A row of the table of distributions, or null for an expression. */
  readonly distribution: string | null;
  /** The coefficient in parameters, columns and draws. */
  readonly text: string;
  readonly shape: Shape | null;
  /** The coefficients that it is correlated with, itself among them. */
  readonly group: readonly string[];
  /** Its own spread parameters: sd_pf, or its row of the Cholesky factor. */
  readonly spreads: readonly string[];
  /** What its mean depends on. */
  readonly columns: readonly MeanColumn[];
  /** Alternatives that it is an error component of. */
  readonly on: readonly string[] | null;
  /** Its mean has no parameter of its own. */
  readonly centred?: true;
}

export interface Expanded {
  readonly spec: Spec;
  readonly random: readonly ResolvedRandom[];
}

/** The start of a spread where no simpler model says better. */
export const usualSpread = 0.1;
/** Spreads that must be positive stay above this. */
const leastSpread = 1e-4;

/** Throws a Complaint for a coefficient or an alternative that is none. */
export function expandRandom(written: Spec, data: ChoiceData): Expanded {
  const { random: asked = {}, correlated = [], randomScale, latentVariables = {}, ...plain } = written;
  const latent = structural(latentVariables, { ...plain, random: asked }, data, 1 + lastDraw(plain, asked));
  const [coefficients, scale] = scaled(plain, { asked, correlated, latent, data }, randomScale ?? false);
  const random = [...coefficients, ...scale];
  const replaced = new Map(random.filter(({ on }) => !on).map(({ name, text }) => [name, `(${text})`]));
  const inside = (text: string): string =>
    replaceNames(text, (name, label) => (label === "" ? replaced.get(name) : undefined));
  const whole = (text: string): string => (scale.length > 0 ? `(${text}) * ${scale[0].text}` : text);
  const added = (label: string): string =>
    random.flatMap(({ on, text }) => (on?.includes(label) ? [` + ${text}`] : [])).join("");
  const utilities =
    typeof plain.utilities === "string" && !random.some(({ on }) => on?.length)
      ? whole(inside(plain.utilities))
      : Object.fromEntries(
          perLabel(plain, data).map(([label, text]) => [label, whole(inside(text) + added(label))]),
        );
  const parameters = {
    ...parametersOf(plain, asked, random),
    ...Object.fromEntries(scaleParameters(randomScale)),
  };
  return { spec: { ...plain, parameters, utilities }, random };
}

interface Asked {
  readonly asked: NonNullable<Spec["random"]>;
  readonly correlated: readonly (readonly string[])[];
  /** Latent variables, which come first. */
  readonly latent: readonly ResolvedRandom[];
  readonly data: ChoiceData;
}

/** The coefficients and the scale, whose draw comes behind theirs. */
function scaled(
  plain: Spec,
  of: Asked,
  given: boolean | RandomScale,
): [coefficients: ResolvedRandom[], scale: ResolvedRandom[]] {
  const coefficients = [...of.latent, ...numbered(plain, of, null)];
  if (given === false) return [coefficients, []];
  const last = Math.max(lastDraw(plain, {}), ...drawsIn(coefficients.map(({ text }) => text)));
  const scale = scaleOf(last + 1);
  const damped = damping(given, scale);
  if (damped === null) return [coefficients, [scale]];
  for (const [name, it] of Object.entries(of.asked))
    checkDamped(name, typeof it === "string" ? { distribution: it } : it);
  return [[...of.latent, ...numbered(plain, of, damped)], [scale]];
}

function perLabel({ utilities }: Spec, data: ChoiceData): [string, string][] {
  if (typeof utilities !== "string") return Object.entries(utilities);
  if (data.labels === null)
    throw new Complaint("an error component needs alternatives with labels, and these have none", {
      help: "declare the alternative column of the data",
    });
  return data.labels.map((label) => [label, utilities]);
}

/** @param damped what deviations are multiplied by. */
function numbered(
  plain: Spec,
  { asked, correlated: groups, latent, data }: Asked,
  damped: string | null,
): ResolvedRandom[] {
  let last = lastDraw(plain, asked) + latent.length;
  const numbers = new Map(Object.keys(asked).map((name) => [name, ++last]));
  return Object.entries(asked).map(([name, given]) => {
    const it = typeof given === "string" ? { distribution: given } : given;
    checkName(name, it, plain, data);
    const group = groups.find((each) => each.includes(name)) ?? [name];
    if (it.expression !== undefined)
      return {
        name,
        distribution: null,
        text: it.expression,
        shape: null,
        group,
        spreads: [],
        columns: [],
        on: null,
      };
    const second = it.within === "both" ? ++last : null;
    return shaped(
      name,
      it,
      inOrder(group, numbers),
      numbers,
      second,
      meanColumns(name, it.mean, plain, data),
      damped,
    );
  });
}

/** The order of the draws decides which coefficient leads a group. */
const inOrder = (group: readonly string[], numbers: ReadonlyMap<string, number>): string[] =>
  [...group].sort((a, b) => numbers.get(a)! - numbers.get(b)!);

function shaped(
  name: string,
  it: RandomCoefficient,
  group: readonly string[],
  numbers: ReadonlyMap<string, number>,
  second: number | null,
  columns: readonly MeanColumn[],
  damped: string | null,
): ResolvedRandom {
  const { distribution = "normal", sign = 1, within, on = null } = it;
  const row = distributions[distribution];
  const [lower, upper] = row.bounds?.[sign < 0 ? "negative" : "positive"] ?? [];
  const draw = (of: string): string => `${row.base}(${numbers.get(of)}${within === true ? ", within" : ""})`;
  const leaders = group.slice(0, group.indexOf(name) + 1);
  const spreads =
    group.length > 1
      ? leaders.map((of) => `chol_${of}_${name}`)
      : [`sd_${name}`, ...(second === null ? [] : [`sd_within_${name}`])];
  const draws = second === null ? leaders.map(draw) : [draw(name), `normal(${second}, within)`];
  const effects = columns.map(({ parameter, text }) => `${quote(parameter)} * ${text}`);
  const m = [...(on ? [] : [quote(name)]), ...effects].join(" + ");
  const s =
    spreads.length === 1
      ? quote(spreads[0])
      : `sqrt(${spreads.map((each) => `${quote(each)}^2`).join(" + ")})`;
  const shape: Shape = {
    m: m === "" ? "0" : m,
    s,
    sign,
    lower: it.lower ?? lower ?? Number.NEGATIVE_INFINITY,
    upper: it.upper ?? upper ?? Number.POSITIVE_INFINITY,
  };
  const movements = spreads.map((each, i) => `${quote(each)} * ${draws[i]}`);
  const moved = damped === null ? movements : [`(${movements.join(" + ")}) * ${damped}`];
  const latent = [...(m === "" ? [] : [m]), ...moved].join(" + ");
  const text = row.value(row.base === "normal" ? latent : draw(name), shape);
  return { name, distribution, text, shape, group, spreads, columns, on };
}

function checkName(
  name: string,
  { on, expression }: RandomCoefficient,
  { parameters, utilities }: Spec,
  data: ChoiceData,
): void {
  if (on) {
    const foreign = on.find((label) => !data.labels?.includes(label));
    if (foreign !== undefined)
      throw new Complaint(`the error component ${name} names an alternative that the data do not have`, {
        value: foreign,
        help: suggest(foreign, data.labels ?? []),
      });
    if (Object.hasOwn(parameters, name))
      throw new Complaint(`${name} is a parameter already, and an error component brings its own`, {
        help: "give it another name",
      });
    return;
  }
  const texts = typeof utilities === "string" ? [utilities] : Object.values(utilities);
  const isUsed = topological(texts.map(parse)).some(
    (leaf) => leaf.op === "name" && leaf.name === name && leaf.label === "",
  );
  if (isUsed && (Object.hasOwn(parameters, name) || expression !== undefined)) return;
  throw new Complaint(`${name} is to be random, and there is no such coefficient`, {
    help: suggest(name, Object.keys(parameters)),
  });
}

const expressionsOf = (asked: NonNullable<Spec["random"]>): string[] =>
  Object.values(asked).flatMap((it) =>
    typeof it === "object" && it.expression !== undefined ? [it.expression] : [],
  );

/** The highest number that a draw has as written. */
function lastDraw({ utilities }: Spec, asked: NonNullable<Spec["random"]>): number {
  const texts = typeof utilities === "string" ? [utilities] : Object.values(utilities);
  return Math.max(0, ...drawsIn([...texts, ...expressionsOf(asked)]));
}

const drawsIn = (texts: readonly string[]): number[] =>
  topological(texts.map(parse)).flatMap(({ op, value }) => (op === "drawn" ? [value] : []));

/** Means stay where they were; what is new comes behind, unless it is declared already. */
function parametersOf(
  { parameters }: Spec,
  asked: NonNullable<Spec["random"]>,
  random: readonly ResolvedRandom[],
): Spec["parameters"] {
  const gone = random.filter(
    ({ name, distribution, text }) => distribution === null && !mentions(text, name),
  );
  const kept = Object.entries(parameters).filter(([name]) => !gone.some((each) => each.name === name));
  const own = Object.values(asked).flatMap((it) =>
    typeof it === "object" ? Object.entries(it.parameters ?? {}) : [],
  );
  const columns = random.flatMap((each) =>
    each.columns.map(({ parameter }): [string, number] => [parameter, 0]),
  );
  const spreads = random.flatMap(({ spreads: names, distribution }) =>
    names.map((name) => spread(name, distribution)),
  );
  return { ...Object.fromEntries([...kept, ...own, ...columns, ...spreads]), ...Object.fromEntries(kept) };
}

const spread = (name: string, distribution: string | null): [string, ParameterOptions] => [
  name,
  distribution === null || distributions[distribution].mirrored
    ? { start: usualSpread }
    : { start: usualSpread, lower: leastSpread },
];

const mentions = (text: string, name: string): boolean =>
  topological([parse(text)]).some((leaf) => leaf.op === "name" && leaf.name === name && leaf.label === "");

const quote = (name: string): string => print(nameLeaf(name));
