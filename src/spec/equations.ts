/** A specification for the eye: its utilities as lines of text, and as aligned LaTeX equations. */
import { type Expr, latex, parse } from "../expr/index.ts";
import { rewriteNames } from "./rewrite.ts";
import { each, everyAlternative, latentUtility, type Resolved } from "./spec.ts";

const sharedKeys: readonly string[] = [everyAlternative, latentUtility];

type Written = Pick<Resolved, "texts" | "latentVariables">;

/** One line per alternative: "V[train] = asc_train + b_cost * cost"; then the equations of latent variables. */
export function specificationText({ texts, latentVariables = [] }: Written): string {
  const width = Math.max(...Object.keys(texts).map((label) => label.length));
  return [
    ...Object.entries(texts).map(([label, text]) =>
      sharedKeys.includes(label) ? `V = ${text}` : `V[${label}]${" ".repeat(width - label.length)} = ${text}`,
    ),
    ...latentVariables.flatMap(({ equations }) => equations.map(({ left, right }) => `${left} = ${right}`)),
  ].join("\n");
}

/** A utility as a graph for printing: coefficients are called β_…, constants α_…. `label` is empty when shared by all alternatives, null when there are none. */
export interface Equation {
  readonly label: string | null;
  readonly expr: Expr;
}

export function specificationEquations({
  texts,
  parameters,
}: Pick<Resolved, "texts" | "parameters">): Equation[] {
  const roles = new Map(parameters.map(({ name, role }) => [name, role]));
  return Object.entries(texts).map(([label, text]) => {
    const shared = sharedKeys.includes(label);
    const symbols = rewriteNames(text, (name, alternative) => {
      const role = alternative === "" ? roles.get(name) : undefined;
      if (role !== undefined) return [symbolName(name, role), ""];
      return shared && alternative === each ? [name, label === latentUtility ? "" : "j"] : undefined;
    });
    return { label: label === latentUtility ? null : shared ? "" : label, expr: parse(symbols) };
  });
}

/** The equations of latent variables: what they depend on, and how their indicators come about. */
export const latentEquations = ({
  latentVariables = [],
}: Pick<Resolved, "latentVariables">): { readonly left: string; readonly expr: Expr }[] =>
  latentVariables.flatMap(({ equations }) =>
    equations.map(({ left, right }) => ({ left, expr: parse(right) })),
  );

/** The utilities, and what is behind latent variables, as an `aligned` LaTeX environment. */
export function specificationLatex(resolved: Written & Pick<Resolved, "parameters">): string {
  const lines = [
    ...specificationEquations(resolved).map(
      ({ label, expr }) => `V${label === null ? "" : subscript(label)} &= ${latex(expr)}`,
    ),
    ...latentEquations(resolved).map(
      ({ left, expr }) => `\\mathrm{${escaped(left).replace("≤", "\\le{}")}} &= ${latex(expr)}`,
    ),
  ];
  return `\\begin{aligned}\n${lines.join(" \\\\\n")}\n\\end{aligned}`;
}

const subscript = (label: string): string => `_{${label === "" ? "j" : `\\mathrm{${escaped(label)}}`}}`;

const escaped = (label: string): string =>
  label
    .replaceAll(/[\\^~]/g, " ")
    .replaceAll(/[{}_%&#$]/g, (sign) => `\\${sign}`)
    .replaceAll(" ", "~");

/** The name that printers write as a Greek letter with a subscript. */
function symbolName(name: string, role: string): string {
  if (/^(alpha|beta|gamma|delta|lambda|mu|sigma|tau|theta|b)(_|$)/.test(name)) return name;
  return role === "constant" ? `alpha_${name.replace(/^asc_/, "")}` : `b_${name}`;
}
