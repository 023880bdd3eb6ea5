/**
 * The names of a parsed expression given their meaning. Text columns can only be compared with a label;
 * that rule, and every complaint about it, is the same over a table and in a utility, so it stands here.
 */
import type { Complaint } from "../complaint/index.ts";
import { type Expr, isOp, num, rebuild, topological, unreadable } from "../expr/index.ts";

/** What the names are, in one world: the columns of a table, or parameters and choice data. */
export interface World {
  /** The meaning of a `name` leaf, or "text" where it holds labels. Throws a Complaint on unknown names. */
  leaf(name: Expr): Expr | "text";
  /** 1 where the labels of the text name equal `label`. */
  is(name: Expr, label: string): Expr;
  /** 1 where they differ and none is missing. */
  isNot(name: Expr, label: string): Expr;
  /** What to say of a text name that stands where a number belongs. */
  labels(name: Expr): string;
  /** A comparison of numbers, where this world sees it otherwise than the operator table does. */
  unequal?(a: Expr, b: Expr): Expr;
  /** Whether draws such as normal(1) have a meaning here. */
  readonly draws?: true;
}

/** The expression with all names replaced. `source` is the text it was parsed from, for the complaints. */
export function meaning(expr: Expr, world: World, source: string): Expr {
  const image = new Map<Expr, Expr>();
  const textual = new Set<Expr>();
  for (const node of topological([expr])) {
    if (node.op === "text") textual.add(node);
    else if (node.op === "name") {
      const known = world.leaf(node);
      if (known === "text") textual.add(node);
      else image.set(node, known);
    } else if (node.op === "drawn" && !world.draws) throw noDraws(node, source);
    else image.set(node, isOp(node) ? operation(node, image, textual, world, source) : node);
  }
  if (textual.has(expr)) throw notNumber(expr, world, source);
  return image.get(expr)!;
}

function operation(
  node: Expr,
  image: ReadonlyMap<Expr, Expr>,
  textual: ReadonlySet<Expr>,
  world: World,
  source: string,
): Expr {
  const words = node.args.filter((arg) => textual.has(arg));
  if (words.length === 0) {
    const args = node.args.map((arg) => image.get(arg)!);
    return node.op === "ne" && world.unequal ? world.unequal(args[0], args[1]) : rebuild(node.op, args);
  }
  if (node.op !== "eq" && node.op !== "ne") throw notNumber(words[0], world, source);
  return labelComparison(node, image, textual, world, source);
}

function labelComparison(
  node: Expr,
  image: ReadonlyMap<Expr, Expr>,
  textual: ReadonlySet<Expr>,
  world: World,
  source: string,
): Expr {
  const [a, b] = node.args;
  const name = [a, b].find((arg) => arg.op === "name" && textual.has(arg));
  const other = name === a ? b : a;
  if (name) {
    const label = labelOf(other);
    if (label === null) throw notNumber(name, world, source);
    return node.op === "eq" ? world.is(name, label) : world.isNot(name, label);
  }
  const [word, value] = a.op === "text" ? [a, b] : [b, a];
  if (value.op === "text") return num((node.op === "eq") === (word.name === value.name) ? 1 : 0);
  const number = Number(word.name);
  if (word.name.trim() === "" || !Number.isFinite(number)) throw notNumber(word, world, source);
  return rebuild(node.op, [image.get(value)!, num(number)]);
}

/** "north", and the number of region == 2 as the label it is written as. */
const labelOf = (leaf: Expr): string | null =>
  leaf.op === "text" ? leaf.name : leaf.op === "number" ? String(leaf.value) : null;

function notNumber(leaf: Expr, world: World, source: string): Complaint {
  const at = placeOf(source, leaf.name);
  const what = leaf.op === "text" ? `the text ${JSON.stringify(leaf.name)}` : `${leaf.name} holds labels and`;
  const help =
    leaf.op === "text"
      ? 'text can be compared with a text column, as in region == "north"'
      : world.labels(leaf);
  return unreadable(source, at, `${what} stands where a number belongs`, help);
}

const noDraws = (leaf: Expr, source: string): Complaint =>
  unreadable(
    source,
    placeOf(source, leaf.name),
    "a draw stands where a column of the data belongs",
    "draws belong in the utilities of a model",
  );

/** Where a name stands in the text it was parsed from. */
export function placeOf(source: string, name: string): number {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return Math.max(0, source.search(new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, "u")));
}
