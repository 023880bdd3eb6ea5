/**
 * The graph as MathML, which browsers draw by themselves: utilities on a page need no script and no font
 * from elsewhere. Precedence comes from the operator table; operators without a row here are written as
 * the language spells them.
 */
import { type Expr, isOp, opOf, print } from "../expr/index.ts";
import { writtenAs } from "../expr/sugar.ts";
import { escapeHtml } from "./escapeHtml.ts";
import { identifier, number, word } from "./mathWords.ts";

interface Written {
  readonly text: string;
  readonly binds: number;
}
const atom = 10;
/** Sums longer than this many characters continue on the next line. */
const lineLength = 72;

const row = (...parts: string[]): string => `<mrow>${parts.join("")}</mrow>`;
const sign = (text: string): string => `<mo>${escapeHtml(text)}</mo>`;
/** Brackets stretch around what is tall only: around words, stretching adds space. */
const tall = /<(mfrac|mtable|msqrt|munder)/;
const bracket = (text: string, inside: string): string =>
  `<mo stretchy="${tall.test(inside)}" lspace="0" rspace="0">${text}</mo>`;
const fence = (text: string, open = "(", close = ")"): string =>
  row(bracket(open, text), text, bracket(close, text));
const call = (name: string, args: readonly string[]): string =>
  row(`<mi>${name}</mi>`, "<mo>&#x2061;</mo>", fence(args.join(sign(","))));

/** How operators are drawn that are not their sign between two arguments, or a call. */
const drawn: Readonly<Record<string, (...args: string[]) => string>> = {
  div: (a, b) => `<mfrac>${a}${b}</mfrac>`,
  pow: (a, b) => `<msup>${a}${b}</msup>`,
  sqrt: (a) => `<msqrt>${a}</msqrt>`,
  abs: (a) => fence(a, "|", "|"),
  log: (a) => call("ln", [a]),
  stop: (a) => a,
  if: (c, a, b) =>
    row(
      sign("{"),
      `<mtable columnalign="left">${cases(a, c)}${cases(b, "<mtext>otherwise</mtext>")}</mtable>`,
    ),
  sum: (a) => row("<munder><mo>∑</mo><mi>j</mi></munder>", a),
  peak: (a) => row("<munder><mo>max</mo><mi>j</mi></munder>", a),
};
const cases = (value: string, condition: string): string =>
  `<mtr><mtd>${value}</mtd><mtd><mspace width="0.8em"/>${condition}</mtd></mtr>`;

const signs: Readonly<Record<string, string>> = {
  mul: "·",
  sub: "−",
  neg: "−",
  eq: "=",
  ne: "≠",
  le: "≤",
  ge: "≥",
  and: "∧",
  or: "∨",
  not: "¬",
};

/** One expression as the inside of a `<math>` element. */
export const mathml = (expr: Expr): string => write(expr).text;

/** `name` with the subscript `label` = the expression. */
export interface Formula {
  readonly name: string;
  readonly label?: string;
  readonly expr: Expr;
}

/** Equations under each other, aligned at their equals signs; a long sum is broken before its signs. */
export function equations(formulas: readonly Formula[]): string {
  return `<math><mtable displaystyle="true">${formulas.map(equation).join("")}</mtable></math>`;
}

function equation({ name, label, expr }: Formula): string {
  const letter = `<mi>${escapeHtml(name)}</mi>`;
  const left = label ? `<msub>${letter}${word(label)}</msub>` : letter;
  const cell = (text: string, side: string): string => `<mtd class="${side}">${text}</mtd>`;
  const lines = broken(expr).map((line, i) =>
    [cell(i === 0 ? left : "", "name"), cell(i === 0 ? sign("=") : "", "sign"), cell(row(line), "term")].join(
      "",
    ),
  );
  return lines.map((line, i) => `<mtr${i === 0 ? ' class="first"' : ""}>${line}</mtr>`).join("\n");
}

function write(expr: Expr): Written {
  const sugar = writtenAs(expr);
  if (sugar) return { text: call(sugar.call, sugar.args.map(mathml)), binds: atom };
  if (!isOp(expr)) return leaf(expr);
  const op = opOf(expr.op);
  const args = expr.args.map(write);
  if (drawn[expr.op]) {
    const base = expr.op === "pow" ? wrap(args[0], op.binds! + 0.5) : args[0].text;
    return { text: drawn[expr.op](base, ...args.slice(1).map((arg) => arg.text)), binds: op.binds ?? atom };
  }
  if (op.binds === undefined)
    return {
      text: call(
        op.text,
        args.map((arg) => arg.text),
      ),
      binds: atom,
    };
  const symbol = sign(signs[expr.op] ?? op.text);
  if (op.arity === 1) return { text: row(symbol, wrap(args[0], op.binds)), binds: op.binds };
  const right = wrap(args[1], op.binds + (op.commutes ? 0 : 0.5));
  return { text: row(wrap(args[0], op.binds), symbol, right), binds: op.binds };
}

const wrap = ({ text, binds }: Written, floor: number): string => (binds < floor ? fence(text) : text);

function leaf(expr: Expr): Written {
  if (expr.op === "number") return { text: number(expr.value), binds: expr.value < 0 ? 6 : atom };
  if (expr.op === "text") return { text: `<mtext>“${escapeHtml(expr.name)}”</mtext>`, binds: atom };
  if (expr.op === "drawn") {
    const letter = expr.name === "normal" ? "z" : "u";
    return { text: `<msub><mi>${letter}</mi><mn>${expr.value}</mn></msub>`, binds: atom };
  }
  const name = identifier(expr.name || `${expr.op}_${expr.value}`);
  return { text: expr.label ? `<msub>${name}${word(expr.label)}</msub>` : name, binds: atom };
}

/** The terms of a sum, gathered into lines. */
function broken(expr: Expr): string[] {
  const lines: string[] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const { sign: before, term } of terms(expr)) {
    const written =
      (before ? `<mo form="infix">${before}</mo>` : "") + wrap(write(term), before === "−" ? 4.5 : 4);
    const size = print(term).length + 3;
    if (length + size > lineLength) lines.push("");
    length = length + size > lineLength ? size : length + size;
    lines[lines.length - 1] += written;
  }
  return lines;
}

interface Term {
  readonly sign: string;
  readonly term: Expr;
}

function terms(expr: Expr, before = ""): Term[] {
  const isSum = (expr.op === "add" || expr.op === "sub") && !writtenAs(expr) && before !== "−";
  if (!isSum) return [{ sign: before, term: expr }];
  const [a, b] = expr.args;
  return [...terms(a, before), ...terms(b, expr.op === "add" ? "+" : "−")];
}
