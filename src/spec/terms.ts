/** A formula as parts, terms and factors: "log(cost) + a:b | income + 0" is two parts of two terms each. */
import { Complaint } from "../complaint/index.ts";
import { unreadable } from "../expr/index.ts";
import { type Token, tokens } from "../expr/tokens.ts";

export interface Term {
  /** As written. */
  readonly text: string;
  /** What `:` joins; one factor where there is none. */
  readonly factors: readonly string[];
  /** offset(…): its factor enters without a coefficient. */
  readonly offset: boolean;
  readonly source: string;
  readonly at: number;
}

const parts = 3;

/** The parts of a formula, up to three, each a list of terms. Throws a Complaint with a caret. */
export function formulaTerms(source: string): Term[][] {
  if (typeof source !== "string")
    throw new Complaint("a formula is text", { value: source, help: 'for example "price + catch | income"' });
  const pieces = split(source, tokens(source), "|");
  if (pieces.length > parts)
    throw unreadable(
      source,
      pieces[parts][0].at - 1,
      "a formula has at most three parts",
      "generic | situation variables | alternative-specific",
    );
  return pieces.map((piece) => termsOf(source, piece));
}

function termsOf(source: string, piece: readonly Token[]): Term[] {
  if (piece.length === 1) return [];
  return split(source, piece, "+").map((words) => term(source, words));
}

function term(source: string, words: readonly Token[]): Term {
  const end = words.at(-1)!;
  const at = words[0].at;
  if (words.length === 1)
    throw unreadable(source, at, "a term is missing here", "terms are joined by a single +");
  if (words[0].text === "-" && words[1].text === "1") throw noMinusOne(source, at);
  const offset =
    words[0].text === "offset" && words[1]?.text === "(" && closesAt(words, 1) === words.length - 2;
  const inner = offset ? words.slice(2, -1) : words;
  const factors = split(source, inner, ":").map((each) => source.slice(each[0].at, each.at(-1)!.at).trim());
  if (factors.includes("")) throw unreadable(source, at, "a factor is missing beside the :");
  return { text: source.slice(at, end.at).trim(), factors, offset, source, at };
}

/** Pieces between the sign at depth 0; each piece ends with the token after it, so that it can be sliced. */
function split(source: string, words: readonly Token[], sign: string): Token[][] {
  const pieces: Token[][] = [[]];
  let depth = 0;
  words.forEach((word, i) => {
    const isLast = i === words.length - 1;
    if (word.kind === "sign" && !isLast) {
      if (word.text === "(") depth++;
      if (word.text === ")") depth--;
      check(source, words, i, depth);
    }
    const cuts =
      word.kind === "sign" && depth === 0 && !isLast && (word.text === sign || word.text === sign + sign);
    pieces.at(-1)!.push(word);
    if (cuts) pieces.push([]);
    if (cuts && word.text.length > 1) pieces.splice(-1, 0, [word]);
  });
  return pieces;
}

function check(source: string, words: readonly Token[], i: number, depth: number): void {
  const { text, at } = words[i];
  if (text === "~")
    throw unreadable(source, at, "the choice is declared with the data", "a formula starts right of the ~");
  if (text === "-" && depth === 0 && words[i + 1].text === "1" && endsTerm(words[i + 2]))
    throw noMinusOne(source, at);
}

const endsTerm = (word: Token): boolean => word.kind === "end" || word.text === "+" || word.text === "|";
const noMinusOne = (source: string, at: number): Complaint =>
  unreadable(
    source,
    at,
    "- 1 has no meaning in a formula",
    'constants are left out with 0 in part 2: "price | 0"',
  );

function closesAt(words: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < words.length; i++) {
    if (words[i].text === "(") depth++;
    if (words[i].text === ")" && --depth === 0) return i;
  }
  return -1;
}
