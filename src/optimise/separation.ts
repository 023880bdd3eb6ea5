/**
 * Perfect prediction in a model with linear utilities. With d = x_chosen − x_other for every alternative
 * not chosen, a direction b with d · b ≥ 0 for all d, and > 0 for some, is one along which the
 * log-likelihood rises for ever: no estimate exists. It is complete where > 0 for all, else quasi-complete.
 *
 * The direction is found by a linear programme: Σ w d · b is as large as it gets over the box −1 ≤ b ≤ 1 with
 * d · b ≥ 0 for all d, for any weights w > 0; it is zero exactly where none exists. Rows enter as they are
 * violated, so most of a large data set is only ever looked at.
 *
 * Source: Albert & Anderson (1984), Biometrika 71:1; Konis (2007), thesis, University of Oxford, chapter 4.
 */
import { dot, length } from "../math/matrix.ts";
import { maximiseInBox } from "./linearProgramme.ts";

export interface Separation {
  readonly kind: "none" | "quasi" | "complete";
  /** K numbers in the coefficients' units, 0 for columns that take no part; null where there is none. */
  readonly direction: Float64Array | null;
  /** The columns that take part: as few as will do. */
  readonly columns: readonly number[];
}

/** Relative to the length of a row and of the direction. */
const rounding = 1e-9;
/** What every row must have of a direction in the box that separates completely. */
const margin = 1e-7;
/** Rows that enter together. */
const batch = 64;

/**
 * @param differences rows × K numbers, row by row: chosen minus each other available alternative.
 * @param size K.
 */
export function separation(differences: Float64Array, size: number): Separation {
  const units = unitsOf(differences, size);
  const rows = normalised(differences, units);
  const search = searchIn(rows, size);
  const found = alone(rows, size) ?? fewest(search, varying(units));
  if (!found) return { kind: "none", direction: null, columns: [] };
  const columns = [...found.keys()].filter((k) => found[k] !== 0);
  const strict = isStrict(rows, found) || search(varying(units), margin) !== null;
  const largest = Math.max(...found.map(Math.abs));
  const direction = found.map((value, k) => (value / largest) * units[k]);
  return { kind: strict ? "complete" : "quasi", direction, columns };
}

/** 1 / largest |d| of each column, 0 for a column of zeros. */
function unitsOf(differences: Float64Array, size: number): Float64Array {
  const largest = new Float64Array(size);
  for (let at = 0; at < differences.length; at++)
    largest[at % size] = Math.max(largest[at % size], Math.abs(differences[at]));
  return largest.map((value) => (value > 0 ? 1 / value : 0));
}

/** Columns in their units, rows of length 1; rows of zeros are left out, since they say nothing. */
function normalised(differences: Float64Array, units: Float64Array): Float64Array {
  const size = units.length;
  const out = new Float64Array(differences.length);
  let kept = 0;
  for (let from = 0; from < differences.length; from += size) {
    const row = units.map((unit, k) => unit * differences[from + k]);
    const reach = length(row);
    if (reach === 0) continue;
    for (let k = 0; k < size; k++) out[kept++] = row[k] / reach;
  }
  return out.subarray(0, kept);
}

/** The columns that separate by themselves: never negative, or never positive. */
function alone(rows: Float64Array, size: number): Float64Array | null {
  const [rises, falls] = [new Uint8Array(size), new Uint8Array(size)];
  for (let at = 0; at < rows.length; at++) {
    if (rows[at] > 0) rises[at % size] = 1;
    if (rows[at] < 0) falls[at % size] = 1;
  }
  const signs = Float64Array.from(rises, (rise, k) => rise - falls[k]);
  return signs.some((sign) => sign !== 0) ? signs : null;
}

/** A direction from which no column can be left out any more; the smallest parts are tried first. */
function fewest(search: Search, columns: readonly number[]): Float64Array | null {
  let found = search(columns, 0);
  if (!found) return null;
  const parts = found.map(Math.abs);
  let use = columns;
  for (const k of [...columns].sort((a, b) => parts[a] - parts[b])) {
    const without = use.filter((each) => each !== k);
    const smaller = search(without, 0);
    if (smaller) [found, use] = [smaller, without];
  }
  return found;
}

const varying = (units: Float64Array): number[] => [...units.keys()].filter((k) => units[k] > 0);

type Search = (columns: readonly number[], least: number) => Float64Array | null;

/**
 * Finds a direction over some columns with d · b ≥ least for every row, and > 0 for some. Rows that one direction
 * violated stay constraints of the next, whichever columns it uses.
 */
function searchIn(rows: Float64Array, size: number): Search {
  const pull = pullOf(rows, size);
  const working = new Set<number>();
  return (columns, least) => {
    const objective = Float64Array.from(columns, (k) => pull[k]);
    const over = (row: number): Float64Array => Float64Array.from(columns, (k) => rows[row * size + k]);
    for (;;) {
      const best = maximiseInBox(objective, [...working].map(over), least);
      if (!best || dot(best, objective) <= rounding * length(objective)) return null;
      const whole = new Float64Array(size);
      for (const [j, k] of columns.entries()) whole[k] = best[j];
      const entering = violated(rows, whole, least).filter((row) => !working.has(row));
      if (entering.length === 0) return whole;
      for (const row of entering) working.add(row);
    }
  };
}

/** Σ w d: where the rows pull. The weights, from 1 to 2, differ from row to row, so that no columns tie. */
function pullOf(rows: Float64Array, size: number): Float64Array {
  const golden = (Math.sqrt(5) - 1) / 2;
  const sum = new Float64Array(size);
  for (let row = 0, at = 0; at < rows.length; row++) {
    const weight = 1 + ((row * golden) % 1);
    for (let k = 0; k < size; k++, at++) sum[k] += weight * rows[at];
  }
  return sum;
}

/** The rows that the direction violates most, at most a batch. */
function violated(rows: Float64Array, direction: Float64Array, least: number): number[] {
  const size = direction.length;
  const reach = length(direction);
  const worst: { row: number; depth: number }[] = [];
  let bar = rounding;
  for (let row = 0; row * size < rows.length; row++) {
    const depth = (least - product(rows, row, direction, size)) / reach;
    if (!(depth > bar)) continue;
    worst.push({ row, depth });
    if (worst.length < 2 * batch) continue;
    worst.sort((a, b) => b.depth - a.depth).length = batch;
    bar = worst[batch - 1].depth;
  }
  return worst
    .sort((a, b) => b.depth - a.depth)
    .slice(0, batch)
    .map(({ row }) => row);
}

function isStrict(rows: Float64Array, direction: Float64Array): boolean {
  const size = direction.length;
  const least = rounding * length(direction);
  for (let row = 0; row * size < rows.length; row++)
    if (product(rows, row, direction, size) <= least) return false;
  return true;
}

function product(rows: Float64Array, row: number, direction: Float64Array, size: number): number {
  let sum = 0;
  for (let k = 0, at = row * size; k < size; k++, at++) sum += rows[at] * direction[k];
  return sum;
}
