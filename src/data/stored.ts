/**
 * Numbers that are no array of doubles in memory: they are kept in single precision, lie in a file, or are computed
 * when they are read. Blocks of them are read when they are asked for. Each is plain data, so that a thread can be
 * sent it and reads for itself.
 */
import { type Expr, evaluateRows, parse } from "../expr/index.ts";
import { allFinite } from "../math/finite.ts";
import { type FileNumbers, readFileNumbers } from "./fileNumbers.ts";
import { gatherBlock } from "./gatherBlock.ts";
import { placeIn } from "./placeIn.ts";

export type Stored = Single | FileNumbers | Computed | Picked | Interleaved;
/** Numbers, wherever they are. */
export type Held = Float64Array | Stored;

/** Half the memory, and seven digits of every number. */
export interface Single {
  readonly kind: "single";
  readonly length: number;
  readonly values: Float32Array;
}

export const single = (values: Float32Array): Single => ({ kind: "single", length: values.length, values });

/** An expression in the names of columns, which are numbers or the codes of labels. */
export interface Computed {
  readonly kind: "computed";
  readonly length: number;
  readonly text: string;
  readonly columns: Readonly<Record<string, Held | Int32Array>>;
}

/** Some rows of others, in any order; in that of the file they are read fast. */
export interface Picked {
  readonly kind: "picked";
  readonly length: number;
  readonly of: Stored;
  readonly rows: Int32Array;
}

/** One column for each alternative (null: missing there), with a value a situation, as one column with a value a row. */
export interface Interleaved {
  readonly kind: "interleaved";
  readonly length: number;
  readonly of: readonly (Held | null)[];
  readonly start: Int32Array;
  /** Row → alternative; null where every situation has all of them in order. */
  readonly alternative: Int32Array | null;
}

/** Numbers of one block. */
const block = 1 << 14;

/** Fills `into` with the numbers from `from` on. */
export function read(held: Held, from: number, into: Float64Array): void {
  if (held instanceof Float64Array) into.set(held.subarray(from, from + into.length));
  else readers[held.kind](held as never, from, into);
}

type Reader<T> = (stored: T, from: number, into: Float64Array) => void;

const readers: { readonly [K in Stored["kind"]]: Reader<Extract<Stored, { kind: K }>> } = {
  single: ({ values }, from, into) => into.set(values.subarray(from, from + into.length)),
  file: readFileNumbers,
  picked: ({ of, rows }, from, into) => {
    for (let at = 0; at < into.length; at += block) {
      const part = rows.subarray(from + at, from + Math.min(at + block, into.length));
      gatherBlock(part, (first, room) => read(of, first, room), into.subarray(at, at + part.length));
    }
  },
  computed: ({ text, columns }, from, into) => {
    const part = (column: Held | Int32Array, length: number): Float64Array | Int32Array =>
      column instanceof Int32Array ? column.subarray(from, from + length) : blockOf(column, from, length);
    evaluateRows(parsed(text), into.length, ({ name }) => part(columns[name], into.length), into);
  },
  interleaved: ({ of, start, alternative }, from, into) => {
    const situationOf = (row: number): number => placeIn(start.length - 1, (s) => start[s], row);
    const first = situationOf(from);
    const last = situationOf(from + Math.max(0, into.length - 1));
    const blocks = of.map((each) => each && blockOf(each, first, last + 1 - first));
    for (let i = 0, s = first; i < into.length; i++) {
      while (from + i >= start[s + 1]) s++;
      const j = alternative ? alternative[from + i] : from + i - start[s];
      into[i] = blocks[j]?.[s - first] ?? Number.NaN;
    }
  },
};

/** Every block asks for the same few. */
const texts = new Map<string, Expr>();

function parsed(text: string): Expr {
  const known = texts.get(text) ?? parse(text);
  texts.set(text, known);
  return known;
}

/** The numbers from `from` on: their own memory where they are in memory, else memory of their own. */
export function blockOf(held: Held, from: number, length: number): Float64Array {
  if (held instanceof Float64Array) return held.subarray(from, from + length);
  const made = new Float64Array(length);
  read(held, from, made);
  return made;
}

/** One number. */
export const numberAt = (held: Held, row: number): number =>
  held instanceof Float64Array ? held[row] : blockOf(held, row, 1)[0];

/**
 * All numbers in order, a block at a time: those in memory in one, where they are. `visit` may end it by answering
 * true. A block is used up before the next.
 */
export function eachBlock(held: Held, visit: (values: Float64Array, from: number) => unknown): void {
  if (held instanceof Float64Array) {
    visit(held, 0);
    return;
  }
  const room = new Float64Array(Math.min(block, held.length));
  for (let from = 0; from < held.length; from += block) {
    const values = room.subarray(0, Math.min(block, held.length - from));
    read(held, from, values);
    if (visit(values, from) === true) return;
  }
}

/** Whether none of them is missing or infinite. */
export function heldFinite(held: Held): boolean {
  let finite = true;
  eachBlock(held, (values) => {
    finite = allFinite(values);
    return !finite;
  });
  return finite;
}

/** Bytes of whole columns that are kept for whoever asks again. */
const keptBytes = 32 << 20;
const kept = new Map<Stored, Float64Array>();

/** All numbers in memory, for what needs them so. The last ones are kept a while, so that a loop may ask for each row. */
export function whole(stored: Stored): Float64Array {
  const known = kept.get(stored);
  if (known) return known;
  const made = new Float64Array(stored.length);
  for (let from = 0; from < stored.length; from += block)
    read(stored, from, made.subarray(from, from + block));
  kept.set(stored, made);
  let bytes = 0;
  for (const [each, values] of [...kept].reverse()) {
    bytes += values.byteLength;
    if (bytes > keptBytes && each !== stored) kept.delete(each);
  }
  return made;
}
