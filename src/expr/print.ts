/** The graph as text that parses back to it, and as LaTeX. Both read the operator table. */
import type { Expr } from "./node.ts";
import { isOp, opOf } from "./ops.ts";
import { writtenAs } from "./sugar.ts";

interface Written {
  readonly text: string;
  readonly binds: number;
}
const atom = 10;

/** The expression in the language. Parameters and data appear under their names. */
export const print = (expr: Expr): string => write(expr).text;

function write(expr: Expr): Written {
  const sugar = writtenAs(expr);
  if (sugar) return { text: `${sugar.call}(${sugar.args.map(print).join(", ")})`, binds: atom };
  if (!isOp(expr)) return { text: leaf(expr), binds: expr.value < 0 && expr.op === "number" ? 6 : atom };
  const op = opOf(expr.op);
  const args = expr.args.map(write);
  if (op.binds === undefined)
    return { text: `${op.text}(${args.map((arg) => arg.text).join(", ")})`, binds: atom };
  if (op.arity === 1)
    return { text: `${op.text}${op.text === "not" ? " " : ""}${wrap(args[0], op.binds)}`, binds: op.binds };
  const left = wrap(args[0], expr.op === "pow" ? op.binds + 0.5 : op.binds);
  return {
    text: `${left} ${op.text} ${wrap(args[1], op.binds + (op.commutes || expr.op === "pow" ? 0 : 0.5))}`,
    binds: op.binds,
  };
}

const wrap = ({ text, binds }: Written, floor: number): string => (binds < floor ? `(${text})` : text);
const quoted = (name: string): string => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `\`${name}\``);
const labelText = (label: string): string => (/^[\p{L}\p{N}_]+$/u.test(label) ? label : `\`${label}\``);

function leaf(expr: Expr): string {
  if (expr.op === "number") return String(expr.value);
  if (expr.op === "text") return JSON.stringify(expr.name);
  if (expr.op === "utility" || expr.op === "tangent" || expr.op === "draw") return `${expr.op}_${expr.value}`;
  return quoted(expr.name) + (expr.label ? `.${labelText(expr.label)}` : "");
}

/** The expression as LaTeX mathematics; names are set upright, Greek letters among them as Greek. */
export const latex = (expr: Expr): string => writeLatex(expr).text;

function writeLatex(expr: Expr): Written {
  const sugar = writtenAs(expr);
  if (sugar) {
    const args = sugar.args.map(latex).join(", ");
    return { text: `\\operatorname{${sugar.call}}\\left(${args}\\right)`, binds: atom };
  }
  if (!isOp(expr)) return { text: latexLeaf(expr), binds: expr.op === "number" && expr.value < 0 ? 6 : atom };
  const op = opOf(expr.op);
  const args = expr.args.map(writeLatex);
  if (expr.op === "div") return { text: op.latex(args[0].text, args[1].text), binds: atom };
  if (op.binds === undefined) return { text: op.latex(...args.map((arg) => arg.text)), binds: atom };
  const needs = (i: number): number => op.binds! + (i === 1 && !op.commutes ? 0.5 : 0);
  return { text: op.latex(...args.map((arg, i) => wrapLatex(arg, needs(i)))), binds: op.binds };
}

const wrapLatex = ({ text, binds }: Written, floor: number): string =>
  binds < floor ? `\\left(${text}\\right)` : text;
const greek = /^(alpha|beta|gamma|delta|lambda|mu|sigma|tau|theta)$/;

function latexLeaf(expr: Expr): string {
  if (expr.op === "number")
    return String(expr.value).replace(
      /e([+-]?)(\d+)$/,
      (_, sign, power) => ` \\times 10^{${sign === "-" ? "-" : ""}${power}}`,
    );
  const [head, ...tail] = expr.name.split("_");
  if (greek.test(head)) return `\\${head}${tail.length > 0 ? `_{\\mathrm{${tail.join("\\_")}}}` : ""}`;
  if (tail.length > 0 && head === "b") return `\\beta_{\\mathrm{${tail.join("\\_")}}}`;
  return `\\mathrm{${plain(expr.name)}}${expr.label ? `_{\\mathrm{${plain(expr.label)}}}` : ""}`;
}

const plain = (name: string): string =>
  name.replaceAll(/[_%&#$]/g, (sign) => `\\${sign}`).replaceAll(" ", "~");
