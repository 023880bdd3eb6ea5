/**
 * Whether the data could tell the temperature from the coefficients. Moving τ moves the differences of
 * utilities in one direction, moving a coefficient in others; τ is identified when its direction is not a
 * combination of the others. (With all coefficients free, V is homogeneous of degree one in them and, by
 * Euler's theorem, ∂(V/τ)/∂τ is exactly such a combination.) Directions are taken at a point without
 * symmetry, over a sample of situations, and compared by orthogonal projection.
 * Source: Rothenberg (1971), Econometrica 39(3): local identification is full rank of the Jacobian.
 */
import type { ChoiceData } from "../data/choiceData.ts";
import { type Expr, evaluator, parameter as leafOf, slopes } from "../expr/index.ts";
import { alternativesOf, reader, valuesBySituation } from "./probe.ts";
import type { Parameter, Resolved } from "./spec.ts";

const tolerance = 1e-7;
const mostStrata = 50;
const fewest = 5;
type Point = ReadonlyMap<string, number>;

/** The first of the temperature parameters that is not identified, or null. */
export function unidentified(
  { utilities, labels, parameters }: Pick<Resolved, "utilities" | "labels" | "parameters">,
  tau: Expr,
  data: ChoiceData,
): string | null {
  const free = parameters.filter((parameter) => !parameter.fixed);
  const point: Point = new Map(parameters.map((parameter, k) => [parameter.name, probeValue(parameter, k)]));
  const columns = directions(
    utilities,
    labels === null,
    point,
    free,
    sample(data, free.length, tau, point),
    data,
  );
  const isTemperature = free.map(({ role }) => role === "temperature");
  const others = orthonormal(columns.filter((_, k) => !isTemperature[k]));
  for (const [k, parameter] of free.entries()) {
    if (!isTemperature[k]) continue;
    const rest = orthonormal(
      columns.filter((_, j) => j !== k && isTemperature[j]),
      others,
    );
    if (columns[k].length > 0 && remainder(columns[k], rest) < tolerance) return parameter.name;
  }
  return null;
}

/** Situations spread over the data, and over every value that τ takes when these are few. */
function sample(data: ChoiceData, free: number, tau: Expr, point: Point): number[] {
  const differences = Math.max(1, data.rows / data.situations - 1);
  const wanted = Math.max(fewest, Math.ceil((50 + 3 * free) / differences));
  const strata = new Map<number, number[]>();
  valuesBySituation(
    tau,
    data,
    (value, s) => {
      const key = strata.has(value) || strata.size < mostStrata ? value : Number.NaN;
      const members = strata.get(key);
      if (members) members.push(s);
      else strata.set(key, [s]);
    },
    point,
  );
  return [...strata.values()].flatMap((members) => spread(members, wanted));
}

function spread(members: readonly number[], wanted: number): number[] {
  const step = Math.max(1, members.length / wanted);
  return Array.from({ length: Math.min(wanted, members.length) }, (_, i) => members[Math.floor(i * step)]);
}

/** Per free parameter, the slopes of all utility differences in the sample. */
function directions(
  utilities: readonly Expr[],
  isShared: boolean,
  point: Point,
  free: readonly Parameter[],
  situations: readonly number[],
  data: ChoiceData,
): Float64Array[] {
  const leaves = free.map(({ name }) => leafOf(name));
  const slope = utilities.map((utility) => evaluator(slopes(utility, leaves)));
  const read = reader(data);
  const rows: Float64Array[] = [];
  for (const s of situations) {
    const each = alternativesOf(data, s, isShared).map(([j, row]) =>
      slope[j]((leaf) => {
        if (leaf.op === "draw") return 0.3 + 0.1 * (leaf.value % 5);
        return leaf.op === "parameter" ? point.get(leaf.name)! : read(leaf, s, row);
      }),
    );
    for (const other of each.slice(1)) {
      const difference = other.map((value, k) => value - each[0][k]);
      if (difference.every(Number.isFinite)) rows.push(difference);
    }
  }
  return free.map((_, k) => Float64Array.from(rows, (row) => row[k]));
}

/** Values without symmetry, inside the bounds: multiples of the golden ratio, modulo 1. */
function probeValue({ fixed, start, lower, upper, role, name }: Parameter, k: number): number {
  if (fixed) return start;
  const unit = 0.5 + (((k + 1) * 0.6180339887498949) % 1);
  const value = role === "temperature" && name.startsWith("gamma_") ? unit / 100 : unit;
  if (value >= lower && value <= upper) return value;
  if (Number.isFinite(lower) && Number.isFinite(upper)) return lower + ((upper - lower) * unit) / 2;
  return Number.isFinite(lower) ? lower + unit : upper - unit;
}

/** Gram–Schmidt, twice for each column, dropping what is nothing but a combination of those before. */
function orthonormal(columns: readonly Float64Array[], start: readonly Float64Array[] = []): Float64Array[] {
  const basis = [...start];
  for (const column of columns) {
    const rest = residual(column, basis);
    const length = norm(rest);
    if (length > tolerance * norm(column)) basis.push(rest.map((value) => value / length));
  }
  return basis;
}

/** The part of a column outside the span, relative to its length; 0 for a column of zeros. */
function remainder(column: Float64Array, basis: readonly Float64Array[]): number {
  const length = norm(column);
  return length === 0 ? 0 : norm(residual(column, basis)) / length;
}

const norm = (column: Float64Array): number =>
  Math.sqrt(column.reduce((total, value) => total + value * value, 0));

function residual(column: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const rest = column.slice();
  for (let pass = 0; pass < 2; pass++)
    for (const direction of basis) {
      let overlap = 0;
      for (let i = 0; i < rest.length; i++) overlap += rest[i] * direction[i];
      for (let i = 0; i < rest.length; i++) rest[i] -= overlap * direction[i];
    }
  return rest;
}
