/**
 * One specification for everybody becomes one for each class: b_time is b_time_1 in class 1 and b_time_2 in
 * class 2, unless it is shared by all or 0 in one. Kernels bring their own parameters, which follow the same rule.
 */
import { Complaint, suggest } from "../../complaint/index.ts";
import type { ChoiceData } from "../../data/choiceData.ts";
import {
  type Expr,
  mul,
  nameLeaf,
  num,
  parameter,
  parse,
  substitute,
  topological,
} from "../../expr/index.ts";
import { namesIn } from "../regressors.ts";
import type { Parameter, Resolved } from "../spec.ts";
import { formulaTerms } from "../terms.ts";
import type { ClassKernel, ClassOptions } from "./classOptions.ts";
import { membershipOf } from "./membership.ts";

export interface ResolvedClass {
  readonly utilities: readonly Expr[];
  /** What a name of the one-class model is here: the parameter of this class, a shared one, or 0. */
  parameter(name: string): Expr;
  /** ln of its share, by person. */
  readonly logWeight: Expr;
  /** Its own kernel, where classes differ in it. */
  readonly kernel: ClassKernel | null;
}

export interface ResolvedClasses {
  readonly asked: ClassOptions;
  readonly all: readonly ResolvedClass[];
  /** The parameters of membership. */
  readonly membership: readonly string[];
  /** The specification that every class has one of. */
  readonly single: Resolved;
}

/** Throws a Complaint for a name that is no parameter, and for scales that nothing tells from the coefficients. */
export function resolveClasses(single: Resolved, options: ClassOptions, data: ChoiceData): Resolved {
  check(single, options);
  const asked = sharing(single, options);
  const { logWeights, parameters: members } = membershipOf(asked.count, asked.membership, data);
  const known = new Set(single.parameters.map(({ name }) => name));
  const all = logWeights.map((logWeight, c): ResolvedClass => {
    const meaning = (name: string): Expr => inClass(name, c, asked);
    const scale = asked.scale && c > 0 ? parameter(scaleInClass(c)) : num(1);
    const order = topological(single.utilities);
    const utilities = substitute(single.utilities, order, (leaf) =>
      leaf.op === "parameter" && known.has(leaf.name) ? meaning(leaf.name) : undefined,
    ).map((utility) => mul(scale, utility));
    return { utilities, parameter: meaning, logWeight, kernel: asked.kernels?.[c] ?? null };
  });
  const own = single.parameters.filter(({ name }) => !asked.shared?.includes(name));
  const parameters = [
    ...single.parameters.filter(({ name }) => asked.shared?.includes(name)),
    ...all.flatMap((each) => own.flatMap((it) => renamed(it, each.parameter(it.name)))),
    ...(asked.scale ? all.slice(1).map((_, c) => scaleParameter(scaleInClass(c + 1))) : []),
    ...members.map(memberParameter),
  ];
  return {
    ...single,
    utilities: all[0].utilities,
    parameters,
    classes: { asked, all, membership: members, single },
  };
}

/** Latent variables belong to people, whatever their class: so do the parameters that they bring. */
function sharing({ parameters, latentVariables, random = [] }: Resolved, asked: ClassOptions): ClassOptions {
  if (!latentVariables) return asked;
  const names = latentVariables.map(({ name }) => name);
  const structural = random.filter(({ name }) => names.includes(name)).flatMap(({ columns }) => columns);
  const shared = [
    ...structural.map(({ parameter: name }) => name),
    ...parameters.filter(({ role }) => role === "measurement").map(({ name }) => name),
  ];
  return { ...asked, shared: [...new Set([...(asked.shared ?? []), ...shared])] };
}

function inClass(name: string, c: number, { shared = [], zero = {} }: ClassOptions): Expr {
  if (zero[String(c + 1)]?.includes(name)) return num(0);
  return parameter(shared.includes(name) ? name : nameInClass(name, c));
}

/** The parameter of class c, counted from 0. */
export const nameInClass = (name: string, c: number): string => `${name}_${c + 1}`;
/** The scale of class c, counted from 0; the first has none. */
export const scaleInClass = (c: number): string => `scale_${c + 1}`;

const renamed = (it: Parameter, here: Expr): Parameter[] =>
  here.op === "parameter" ? [{ ...it, name: here.name }] : [];

const scaleParameter = (name: string): Parameter => ({
  ...memberParameter(name),
  start: 1,
  lower: 1e-6,
  neutral: 1,
});

const memberParameter = (name: string): Parameter => ({
  name,
  start: 0,
  fixed: false,
  lower: Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
  neutral: 0,
  role: "class",
});

function check(
  { parameters, latentVariables = [] }: Resolved,
  { shared = [], zero = {}, scale, count, membership = "" }: ClassOptions,
): void {
  const named = formulaTerms(membership).flatMap((terms) =>
    terms.flatMap(({ factors }) => factors.flatMap((factor) => namesIn(parse(factor)))),
  );
  const latent = latentVariables.find(({ name }) => named.includes(nameLeaf(name)));
  if (latent)
    throw new Complaint(`membership depends on columns, and ${latent.name} is a latent variable`, {
      rule: "the classes share latent variables, which tell the people of a class apart",
      help: `name the columns that ${latent.name} depends on`,
    });
  const names = parameters.map(({ name }) => name);
  // Names that no utility has may be the kernel's own.
  const foreign = Object.values(zero)
    .flat()
    .find((name) => !names.includes(name));
  if (foreign !== undefined)
    throw new Complaint(`${foreign} is to be 0 in a class, and there is no such parameter`, {
      help: suggest(foreign, names),
    });
  const both = Object.values(zero)
    .flat()
    .find((name) => shared.includes(name));
  if (both !== undefined)
    throw new Complaint(`${both} is shared by all classes and 0 in one`, { help: "take it out of shared" });
  if (scale && count > 1 && !names.some((name) => shared.includes(name)))
    throw new Complaint("a scale for each class is not identified beside coefficients for each class", {
      rule: "what the classes share tells their scales",
      help: 'name the coefficients that are the same in all: "shared": ["b_time", "b_cost"]',
    });
}
