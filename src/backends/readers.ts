/** How the parts of the graph that hold data only are read: a block of situations at a time. */
import { Complaint } from "../complaint/index.ts";
import type { Stored } from "../data/stored.ts";
import { data, type Expr, isOp, Level, Place, print, substitute, topological } from "../expr/index.ts";
import type { Source } from "../program/core.ts";
import { computed } from "./computed.ts";
import { fresh, lookAt, type Room } from "./room.ts";
import { dense, plain, type View } from "./view.ts";

export interface Reader {
  readonly expr: Expr;
  readonly slot: number;
  /** The values of `count` situations from `first` on: one each, or one per row where the part varies along the axis. */
  readonly view: (first: number, count: number) => View;
  /** The same with what cannot be used at a closed alternative set to 0. Throws a Complaint for what can be. */
  readonly mended: (first: number, count: number) => View;
  /** Where all of them lie side by side in a column that is stored, to be read into place; else null. */
  readonly stretch: (first: number, count: number) => Stretch | null;
}

interface Stretch {
  readonly stored: Stored;
  readonly from: number;
  readonly length: number;
}

/** For every part, the labelled alternatives whose utilities hold it. */
export type Users = ReadonlyMap<Expr, readonly number[]>;

/** @param room where a view is used up before the next is asked for, so that its memory can serve again. */
export function readers(exprs: readonly Expr[], source: Source, users: Users, room = fresh): Reader[] {
  return exprs.map((expr, slot) => {
    const view = (first: number, count: number): View =>
      isOp(expr) ? viewPart(expr, source, first, count, room) : viewLeaf(expr, source, first, count, room);
    const mended = (first: number, count: number): View =>
      mend(view(first, count), expr, source, usersFor(expr, users), first, count);
    const stretch = (first: number, count: number): Stretch | null => stretchOf(expr, source, first, count);
    return { expr, slot, view, mended, stretch };
  });
}

function stretchOf(expr: Expr, source: Source, first: number, count: number): Stretch | null {
  const column = expr.op === "data" ? source.column(expr.name) : null;
  if (!column?.stored) return null;
  const { stored, addressing } = column;
  if (addressing === "situation") return { stored, from: first, length: count };
  if (expr.value !== Place.axis) return null;
  return { stored, from: source.start[first], length: rowsOf(source, first, count) };
}

const rowsOf = ({ start }: Source, first: number, count: number): number =>
  start[first + count] - start[first];
const onAxis = (expr: Expr): boolean => (expr.level & Level.axis) !== 0;

function viewPart(expr: Expr, source: Source, first: number, count: number, room: Room): View {
  if (!isOp(expr)) return viewLeaf(expr, source, first, count, room);
  const fold = folds[expr.op];
  if (fold)
    return plain(
      folded(fold, dense(viewPart(expr.args[0], source, first, count, room)), source, first, count),
    );
  const folding = topological([expr]).filter(({ op }) => folds[op]);
  if (folding.length > 0) return viewAround(expr, folding, source, first, count, room);
  const length = onAxis(expr) ? rowsOf(source, first, count) : count;
  const viewOf = (leaf: Expr): View => {
    const view = viewLeaf(leaf, source, first, count, room);
    return onAxis(expr) && !onAxis(leaf) ? plain(spread(view, source, first, count)) : view;
  };
  return plain(computed(expr, length, viewOf));
}

type Fold = (a: number, b: number) => number;
const folds: Readonly<Record<string, Fold | undefined>> = { sum: (a, b) => a + b, peak: Math.max };

/** One value a situation from one a row. */
function folded(
  fold: Fold,
  rows: Float64Array,
  { start }: Source,
  first: number,
  count: number,
): Float64Array {
  return Float64Array.from({ length: count }, (_, s) =>
    rows.subarray(start[first + s] - start[first], start[first + s + 1] - start[first]).reduce(fold),
  );
}

/** A part that holds sums over the axis: each is computed first, and stands as a column in the rest. */
function viewAround(
  expr: Expr,
  folding: readonly Expr[],
  source: Source,
  first: number,
  count: number,
  room: Room,
): View {
  const standing = new Map(folding.map((node) => [node, data(`${node.op} ${node.id}`, Place.situation)]));
  const [rest] = substitute([expr], topological([expr]), (node) => standing.get(node));
  const columns = new Map(folding.map((node) => [standing.get(node)!.name, node]));
  const viewOf = (leaf: Expr): View => {
    const node = columns.get(leaf.name);
    const view = node
      ? viewPart(node, source, first, count, room)
      : viewLeaf(leaf, source, first, count, room);
    return onAxis(rest) && !onAxis(leaf) ? plain(spread(view, source, first, count)) : view;
  };
  return plain(computed(rest, onAxis(rest) ? rowsOf(source, first, count) : count, viewOf));
}

/** A situation's value on each of its rows. */
function spread(
  { values, offset, step }: View,
  { start }: Source,
  first: number,
  count: number,
): Float64Array {
  const out = new Float64Array(start[first + count] - start[first]);
  for (let s = 0; s < count; s++)
    out.fill(values[offset + s * step], start[first + s] - start[first], start[first + s + 1] - start[first]);
  return out;
}

function viewLeaf(leaf: Expr, source: Source, first: number, count: number, room: Room): View {
  if (leaf.op === "given") return plain(readGiven(leaf, source, first, count, room));
  const column = source.column(leaf.name);
  if (!column) throw new Complaint(`these data have no column ${leaf.name}`);
  if (column.addressing === "situation") return lookAt(column, first, first + count, room);
  const { start, labels, rowOf } = source;
  const rows = lookAt(column, start[first], start[first + count], room);
  if (leaf.value === Place.axis) return rows;
  if (labels !== null && rowOf === null)
    return { ...rows, offset: rows.offset + Math.max(0, leaf.value), step: labels.length, count };
  const out = new Float64Array(count);
  const shift = rows.offset - start[first];
  for (let s = 0; s < count; s++) {
    const row = leaf.value >= 0 ? rowAt(source, first + s, leaf.value) : start[first + s];
    out[s] = row < 0 ? 0 : rows.values[row + shift];
  }
  return plain(out);
}

/** The row of a labelled alternative in a situation, or −1 where it is not available. */
export function rowAt({ rowOf, labels }: Source, situation: number, alternative: number): number {
  const at = situation * labels!.length + alternative;
  return rowOf === null ? at : rowOf[at];
}

function readGiven(leaf: Expr, source: Source, first: number, count: number, room: Room): Float64Array {
  const { start, chosen, weight, outcome } = source;
  const place = leaf.value;
  if (leaf.name === "weight")
    return weight ? weight.subarray(first, first + count) : room.numbers(leaf, count).fill(1);
  if (leaf.name === "available") {
    if (place === Place.axis) return room.numbers(leaf, rowsOf(source, first, count)).fill(1);
    const there = room.numbers(leaf, count);
    for (let s = 0; s < count; s++) there[s] = rowAt(source, first + s, place) >= 0 ? 1 : 0;
    return there;
  }
  if (leaf.name === "position")
    return positions(source, first, room.numbers(leaf, rowsOf(source, first, count)));
  if (leaf.name !== "chosen") return observed(leaf, source, outcome?.columns[leaf.name], first, count);
  if (!chosen)
    throw new Complaint("these data hold no choices", { help: "name the choice column to fit a model" });
  if (place !== Place.axis) return chosenAt(source, chosen, place, first, room.numbers(leaf, count));
  const out = room.numbers(leaf, rowsOf(source, first, count)).fill(0);
  for (let s = first; s < first + count; s++) out[chosen[s] - start[first]] = 1;
  return out;
}

/** A column of the outcome: along the axis, or at a labelled alternative, 0 where that is not there. */
function observed(
  { name, value }: Expr,
  source: Source,
  values: Float64Array | undefined,
  first: number,
  count: number,
): Float64Array {
  const { start } = source;
  if (!values) throw new Complaint(`these data hold no ${name}`, { help: "name the columns of the outcome" });
  if (value === Place.axis) return values.subarray(start[first], start[first + count]);
  return Float64Array.from({ length: count }, (_, s) => values[rowAt(source, first + s, value)] ?? 0);
}

/** The place of every row in its situation, from 0 on. */
function positions({ start }: Source, first: number, out: Float64Array): Float64Array {
  for (let s = first, at = 0; at < out.length; s++)
    for (let row = start[s]; row < start[s + 1]; row++) out[at++] = row - start[s];
  return out;
}

/** 1 where the labelled alternative was chosen. An alternative that is not there has row −1. */
function chosenAt(
  { rowOf, labels }: Source,
  chosen: Int32Array,
  place: number,
  first: number,
  out: Float64Array,
): Float64Array {
  const step = labels!.length;
  for (let s = 0, at = first * step + place; s < out.length; s++, at += step) {
    const off = chosen[first + s] ^ (rowOf === null ? at : rowOf[at]);
    // 1 where the two are equal, without a branch that nobody could predict.
    out[s] = 1 - ((off | -off) >>> 31);
  }
  return out;
}

/**
 * Bad input never yields a number: a value that is not finite is a complaint, except where every
 * alternative that uses it cannot be chosen, so that it never counts and 0 stands for it.
 */
function mend(
  view: View,
  expr: Expr,
  source: Source,
  users: readonly number[],
  first: number,
  count: number,
): View {
  const length = onAxis(expr) ? rowsOf(source, first, count) : count;
  const values = dense(view).slice();
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(values[i])) continue;
    const closed =
      users.length > 0 && users.every((j) => rowAt(source, first + i, j % source.labels!.length) < 0);
    if (!closed) throw notFinite(expr, source, values[i], first, i);
    values[i] = 0;
  }
  return plain(values);
}

/** The users of every part of the utilities of labelled alternatives, in any class. */
export function usersOf(classes: readonly (readonly Expr[])[]): Users {
  const users = new Map<Expr, number[]>();
  for (const j of classes[0].keys()) {
    for (const node of topological(classes.map((utilities) => utilities[j])))
      users.set(node, [...(users.get(node) ?? []), j]);
  }
  return users;
}

/** A part that is derived from utilities, as a slope is, has the users that all its columns share. */
function usersFor(expr: Expr, users: Users): readonly number[] {
  const own = users.get(expr);
  if (own) return own;
  const leaves = topological([expr]).filter(({ op }) => op === "data");
  const [first = [], ...others] = leaves.map((leaf) => users.get(leaf) ?? []);
  return first.filter((j) => others.every((each) => each.includes(j)));
}

function notFinite(expr: Expr, source: Source, value: number, first: number, i: number): Complaint {
  const names = [...new Set(topological([expr]).flatMap((node) => (node.op === "data" ? [node.name] : [])))];
  const where = onAxis(expr)
    ? `row ${source.start[first] + i + 1} of ${source.rows}`
    : `situation ${first + i + 1} of ${source.situations}`;
  const text = print(expr);
  return new Complaint(
    isOp(expr) ? `${text} is not a number` : `column ${text} has no number where it is needed`,
    {
      rule: "every column that a utility uses must hold a number wherever its alternative is available",
      value: Number.isNaN(value) ? "missing or undefined" : String(value),
      where: `${where}, column ${names.join(", ")}`,
      help: "filter these rows out, or derive a column without missing values",
    },
  );
}
