/**
 * Perfect prediction in a model with linear utilities. With d = x_chosen − x_other for every alternative
 * not chosen, a direction b with d · b ≥ 0 for all d, and > 0 for some, is one along which the
 * log-likelihood rises for ever: no estimate exists. It is complete where > 0 for all, else quasi-complete.
 *
 * The direction is the projection of Σ d on the cone { b : d · b ≥ 0 }: zero exactly where none exists. Rows
 * enter as they are violated, so most of a large data set is only ever looked at. Non-negative least
 * squares serves better here than a simplex: every constraint meets at the origin, where simplex steps stall.
 *
 * Source: Albert & Anderson (1984), Biometrika 71:1; Konis (2007), thesis, University of Oxford, chapter 4.
 */
import { length } from "../math/matrix.ts";
import { nonNegativeRest } from "../math/nonNegative.ts";

export interface Separation {
  readonly kind: "none" | "quasi" | "complete";
  /** K numbers in the coefficients' units, 0 for columns that take no part; null where there is none. */
  readonly direction: Float64Array | null;
  /** The columns that take part: as few as will do. */
  readonly columns: readonly number[];
}

/** Relative to the length of a row and of the direction. */
const rounding = 1e-9;
/** Rows that enter together. */
const batch = 64;

/**
 * @param differences rows × K numbers, row by row: chosen minus each other available alternative.
 * @param size K.
 */
export function separation(differences: Float64Array, size: number): Separation {
  const units = unitsOf(differences, size);
  const rows = normalised(differences, units);
  const found = alone(rows, size) ?? fewest(rows, size);
  if (!found) return { kind: "none", direction: null, columns: [] };
  const columns = [...found.keys()].filter((k) => found[k] !== 0);
  const strict = isStrict(rows, found) || seek(rows, new Uint8Array(size).fill(1), true) !== null;
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
function fewest(rows: Float64Array, size: number): Float64Array | null {
  const use = new Uint8Array(size).fill(1);
  let found = seek(rows, use, false);
  if (!found) return null;
  const parts = found.map(Math.abs);
  for (const k of [...parts.keys()].sort((a, b) => parts[a] - parts[b])) {
    use[k] = 0;
    const smaller = seek(rows, use, false);
    if (smaller) found = smaller;
    else use[k] = 1;
  }
  return found;
}

/**
 * A separating direction over the columns in use, or null. A strict one has d · b above a positive margin
 * for every row: the margin is one more unknown, with a column of ones.
 */
function seek(rows: Float64Array, use: Uint8Array, strict: boolean): Float64Array | null {
  const target = strict ? Float64Array.of(...new Float64Array(use.length), 1) : pull(rows, use);
  const working = new Map<number, Float64Array>();
  for (;;) {
    const rest = nonNegativeRest([...working.values()], target);
    if (!rest) return null;
    const entering = violated(rows, rest, use.length).filter((row) => !working.has(row));
    if (entering.length === 0) return rest.subarray(0, use.length);
    for (const row of entering) working.set(row, constraint(rows, use, row, strict));
  }
}

/** Σ d: where the rows pull on the whole. */
function pull(rows: Float64Array, use: Uint8Array): Float64Array {
  const sum = new Float64Array(use.length);
  for (let at = 0; at < rows.length; at++) sum[at % use.length] += rows[at];
  return sum.map((value, k) => value * use[k]);
}

/** The row as a constraint: its product with the unknowns must not be positive. */
function constraint(rows: Float64Array, use: Uint8Array, row: number, strict: boolean): Float64Array {
  const out = Float64Array.from(use, (used, k) => -used * rows[row * use.length + k]);
  return strict ? Float64Array.of(...out, 1) : out;
}

/** The rows that the direction violates most, at most a batch. `rest` may end in a margin. */
function violated(rows: Float64Array, rest: Float64Array, size: number): number[] {
  const margin = rest.length > size ? rest[size] : 0;
  const reach = length(rest);
  const worst: { row: number; depth: number }[] = [];
  let bar = rounding;
  for (let row = 0; row * size < rows.length; row++) {
    const depth = (margin - product(rows, row, rest, size)) / reach;
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
