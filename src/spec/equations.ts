/** A specification for the eye: its utilities as lines of text, and as aligned LaTeX equations. */
import { type Expr, latex, nameLeaf, parameter, parse, substitute, topological } from "../expr/index.ts";
import { everyAlternative, type Resolved } from "./spec.ts";

/** One line per alternative: "V[train] = asc_train + b_cost * cost". */
export function specificationText({ texts }: Pick<Resolved, "texts">): string {
  const width = Math.max(...Object.keys(texts).map((label) => label.length));
  return Object.entries(texts)
    .map(([label, text]) =>
      label === everyAlternative ? `V = ${text}` : `V[${label}]${" ".repeat(width - label.length)} = ${text}`,
    )
    .join("\n");
}

/** The utilities as an `aligned` LaTeX environment: coefficients are β, constants α, columns upright. */
export function specificationLatex(resolved: Pick<Resolved, "texts" | "parameters">): string {
  const lines = Object.entries(resolved.texts).map(
    ([label, text]) => `${symbol(label)} &= ${latex(withSymbols(parse(text), resolved, label))}`,
  );
  return `\\begin{aligned}\n${lines.join(" \\\\\n")}\n\\end{aligned}`;
}

const symbol = (label: string): string =>
  label === everyAlternative ? "V_{j}" : `V_{\\mathrm{${escaped(label)}}}`;
const escaped = (label: string): string =>
  label
    .replaceAll(/[\\{}_%&#$^~]/g, (sign) => (/[_%&#${}]/.test(sign) ? `\\${sign}` : " "))
    .replaceAll(" ", "~");

/** The expression with parameters under the names that print as their symbols, and columns as they are. */
function withSymbols(expr: Expr, { parameters }: Pick<Resolved, "parameters">, label: string): Expr {
  const roles = new Map(parameters.map(({ name, role }) => [name, role]));
  return substitute([expr], topological([expr]), (leaf) => {
    if (leaf.op !== "name") return undefined;
    const role = leaf.label === "" ? roles.get(leaf.name) : undefined;
    if (role !== undefined) return parameter(symbolName(leaf.name, role));
    return label === everyAlternative && leaf.label === "each" ? nameLeaf(leaf.name, "j") : undefined;
  })[0];
}

/** The name that the LaTeX printer writes as a Greek letter with a subscript. */
function symbolName(name: string, role: string): string {
  if (/^(alpha|beta|gamma|delta|lambda|mu|sigma|tau|theta|b)(_|$)/.test(name)) return name;
  if (role === "constant") return `alpha_${name.replace(/^asc_/, "")}`;
  return `b_${name}`;
}
