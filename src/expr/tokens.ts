/** The words of the language: numbers, names, quoted names, strings, signs; each with its place in the text. */
import { Complaint } from "../complaint/index.ts";

export interface Token {
  readonly kind: "number" | "name" | "text" | "sign" | "end";
  readonly text: string;
  /** The alternative of a name written attribute.alternative, else "". */
  readonly label: string;
  readonly at: number;
}

const pattern =
  /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*|`[^`]*`)(?:\.(?<label>[\p{L}\p{N}_]+|`[^`]*`))?|(?<text>"[^"]*"|'[^']*')|(?<sign>==|!=|<=|>=|&&|\|\||\*\*|[-+*/^<>(),:=!&|%~])/uy;

export function tokens(source: string): Token[] {
  const found: Token[] = [];
  pattern.lastIndex = 0;
  for (let at = 0; at < source.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const groups = pattern.exec(source)?.groups;
    if (!groups)
      throw unreadable(source, at, `the character ${JSON.stringify(source[at])} has no meaning here`);
    if (groups.space !== undefined) continue;
    found.push(token(groups, at));
  }
  return [...found, { kind: "end", text: "", label: "", at: source.length }];
}

function token(groups: Record<string, string | undefined>, at: number): Token {
  const { number, name, label, text, sign } = groups;
  if (number !== undefined) return { kind: "number", text: number, label: "", at };
  if (text !== undefined) return { kind: "text", text: text.slice(1, -1), label: "", at };
  if (name !== undefined) {
    const kind = name.startsWith("`") || !words.has(name) ? "name" : "sign";
    return { kind, text: unquote(name), label: unquote(label ?? ""), at };
  }
  return { kind: "sign", text: sign!, label: "", at };
}

const words = new Set(["and", "or", "not"]);
/** Whether a name can stand without backticks. */
export const isPlainName = (name: string): boolean =>
  /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !words.has(name);
const unquote = (name: string): string => (name.startsWith("`") ? name.slice(1, -1) : name);

/** A complaint that quotes the text with a caret under the place. */
export function unreadable(source: string, at: number, what: string, help?: string): Complaint {
  const start = Math.max(0, at - 60);
  const line = source.slice(start, at + 60).replaceAll(/\s/g, " ");
  return new Complaint(what, {
    where: `${line}\n${" ".repeat(at - start)}^`,
    help:
      help ??
      "an expression is numbers, names, + - * / ^, == != < <= > >=, and or not, and calls such as log(x)",
  });
}
