/** The graph as text that parses back to it, and as LaTeX. Both read the operator table. */
import type { Expr } from "./node.ts";
import { isOp, opOf } from "./ops.ts";
import { writtenAs } from "./sugar.ts";
import { isPlainName } from "./tokens.ts";

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
  if (!isOp(expr)) return { text: leaf(expr), binds: isNegative(expr) ? opOf("neg").binds! : atom };
  const op = opOf(expr.op);
  const args = expr.args.map(write);
  if (op.binds === undefined)
    return { text: `${op.text}(${args.map((arg) => arg.text).join(", ")})`, binds: atom };
  if (op.arity === 1) {
    const sign = op.text === "not" ? "not " : op.text;
    const opens = /^[\p{L}_`]/u.test(args[0].text) ? floorOf(expr) : op.binds;
    const inner = wrap(args[0], args[0].text.startsWith("-") ? atom : opens);
    return { text: sign + inner, binds: Math.min(op.binds, args[0].binds) };
  }
  // ^ leans right, all others lean left.
  const [left, right] = expr.op === "pow" ? [0.5, 0] : [0, 0.5];
  return {
    text: `${wrap(args[0], op.binds + left)} ${op.text} ${wrap(args[1], op.binds + right)}`,
    binds: op.binds,
  };
}

/** How tightly the argument of a sign must bind: −(a b) is written −a b, which means the same. */
const floorOf = (expr: Expr): number => (expr.op === "neg" ? opOf("mul").binds! : opOf(expr.op).binds!);

const isNegative = ({ op, value }: Expr): boolean => op === "number" && (value < 0 || Object.is(value, -0));
const wrap = ({ text, binds }: Written, floor: number): string => (binds < floor ? `(${text})` : text);
const quoted = (name: string): string => (isPlainName(name) ? name : `\`${name}\``);
const labelText = (label: string): string => (/^[\p{L}\p{N}_]+$/u.test(label) ? label : `\`${label}\``);

function leaf(expr: Expr): string {
  if (expr.op === "number") return written(expr.value);
  if (expr.op === "text") return expr.name.includes('"') ? `'${expr.name}'` : `"${expr.name}"`;
  if (expr.op === "utility" || expr.op === "tangent" || expr.op === "draw") return `${expr.op}_${expr.value}`;
  if (expr.op === "drawn") return `${expr.name}(${expr.value}${expr.label ? `, ${expr.label}` : ""})`;
  return quoted(expr.name) + (expr.label ? `.${labelText(expr.label)}` : "");
}

/** A number in the language, which has no words for those that are none. */
function written(value: number): string {
  if (Number.isNaN(value)) return "(0 / 0)";
  if (!Number.isFinite(value)) return value > 0 ? "(1 / 0)" : "(-1 / 0)";
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The expression as LaTeX mathematics; names are set upright, Greek letters among them as Greek. */
export const latex = (expr: Expr): string => writeLatex(expr).text;

function writeLatex(expr: Expr): Written {
  const sugar = writtenAs(expr);
  if (sugar) {
    const args = sugar.args.map(latex).join(", ");
    return { text: `\\operatorname{${sugar.call}}\\left(${args}\\right)`, binds: atom };
  }
  if (!isOp(expr)) return { text: latexLeaf(expr), binds: isNegative(expr) ? opOf("neg").binds! : atom };
  const op = opOf(expr.op);
  const args = expr.args.map(writeLatex);
  if (expr.op === "div") return { text: op.latex(args[0].text, args[1].text), binds: atom };
  if (op.binds === undefined) return { text: op.latex(...args.map((arg) => arg.text)), binds: atom };
  const needs = (i: number): number => floorOf(expr) + (i === 1 && !op.commutes ? 0.5 : 0);
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
  if (expr.op === "drawn") return `${expr.name === "normal" ? "z" : "u"}_{${expr.value}}`;
  if (expr.name === "ε") return "\\varepsilon";
  const [head, ...tail] = expr.name.split("_");
  const below = tail.length > 0 ? `_{\\mathrm{${plain(tail.join("_"))}}}` : "";
  if (greek.test(head)) return `\\${head}${below}`;
  if (tail.length > 0 && head === "b") return `\\beta${below}`;
  return `\\mathrm{${plain(expr.name)}}${expr.label ? `_{\\mathrm{${plain(expr.label)}}}` : ""}`;
}

const escaped: Readonly<Record<string, string>> = {
  " ": "~",
  "\\": "\\backslash{}",
  "^": "\\hat{}",
  "~": "\\sim{}",
};
const plain = (name: string): string =>
  name.replaceAll(/[_%&#$ {}\\^~]/g, (sign) => escaped[sign] ?? `\\${sign}`);
