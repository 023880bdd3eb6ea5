/** Text to graph: a precedence parser over the operator table, and the calls that are sugar (sugar.ts). */
import { suggest } from "../complaint/index.ts";
import { nameLeaf, neg, not, num, rebuild, text } from "./build.ts";
import type { Expr } from "./node.ts";
import { type Op, ops } from "./ops.ts";
import { build, calls } from "./sugar.ts";
import { type Token, tokens, unreadable } from "./tokens.ts";

const infix = new Map<string, { name: string; binds: number }>(
  Object.entries(ops as Record<string, Op>)
    .filter(([, op]) => op.binds !== undefined && op.arity === 2)
    .map(([name, op]) => [op.text, { name, binds: op.binds! }]),
);
const mistakes: Record<string, string> = {
  "=": "compare with ==",
  "&&": "write and",
  "||": "write or",
  "&": "write and",
  "|": "write or",
  "**": "write ^",
  "!": "write not",
  "%": "there is no remainder",
  "~": "a formula starts right of the ~",
  ":": "interactions a:b belong in formulas; write a * b",
};
const deepest = 200;

/**
 * Parses one expression. Names stay `name` leaves until a specification or a table gives them meaning.
 * Throws a Complaint that quotes the text with a caret.
 */
export function parse(source: string): Expr {
  const reader = new Reader(source);
  const result = reader.expression(0, 0);
  reader.expect("end");
  return result;
}

class Reader {
  private readonly source: string;
  private readonly all: readonly Token[];
  private next = 0;

  constructor(source: string) {
    this.source = source;
    this.all = tokens(source);
  }

  private get token(): Token {
    return this.all[this.next];
  }

  private is(sign: string): boolean {
    return this.token.kind === "sign" && this.token.text === sign;
  }

  /** Everything that binds tighter than `floor`. */
  expression(floor: number, depth: number): Expr {
    if (depth > deepest)
      throw unreadable(this.source, this.token.at, `the expression is nested more than ${deepest} deep`);
    let left = this.prefix(depth);
    for (;;) {
      const found = this.token.kind === "sign" ? infix.get(this.token.text) : undefined;
      if (!found || found.binds <= floor) return left;
      this.next++;
      // ^ leans right: 2 ^ 3 ^ 2 is 2 ^ (3 ^ 2).
      const right = this.expression(found.name === "pow" ? found.binds - 1 : found.binds, depth + 1);
      left = rebuild(found.name, [left, right]);
    }
  }

  private prefix(depth: number): Expr {
    const { kind, text: word, label, at } = this.token;
    this.next++;
    if (kind === "number") return num(Number(word));
    if (kind === "text") return text(word);
    if (kind === "name") return this.is("(") ? this.call(word, at, depth) : nameLeaf(word, label);
    if (word === "-") return neg(this.expression(ops.neg.binds, depth + 1));
    if (word === "+") return this.expression(ops.neg.binds, depth + 1);
    if (word === "not") return not(this.expression(ops.not.binds, depth + 1));
    if (word === "(") {
      const inner = this.expression(0, depth + 1);
      this.expect(")");
      return inner;
    }
    this.next--;
    throw this.unexpected("a number, a name or ( was expected");
  }

  private call(name: string, at: number, depth: number): Expr {
    const known = calls[name];
    if (!known)
      throw unreadable(this.source, at, `there is no function ${name}`, suggest(name, Object.keys(calls)));
    this.next++;
    const args: Expr[] = [];
    while (!this.is(")")) {
      args.push(this.expression(0, depth + 1));
      if (!this.is(")")) this.expect(",");
    }
    this.next++;
    if (!known.takes(args.length))
      throw unreadable(this.source, at, `${name} was given ${args.length} arguments`, known.usage);
    return build(name, args);
  }

  expect(sign: string): void {
    const matches = sign === "end" ? this.token.kind === "end" : this.is(sign);
    if (!matches) throw this.unexpected(sign === "end" ? "an operator was expected" : `${sign} was expected`);
    this.next++;
  }

  private unexpected(rule: string): Error {
    const { kind, text: word, at } = this.token;
    const what = kind === "end" ? `the text ends where ${rule}` : `${rule}, not ${JSON.stringify(word)}`;
    return unreadable(this.source, at, what, kind === "sign" ? mistakes[word] : undefined);
  }
}
