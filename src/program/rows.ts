/**
 * The rows of the chain rule: what a model's term is written over (utilities, and parameters it uses
 * itself), each with its derivatives in the free parameters.
 */
import {
  addAll,
  type Expr,
  mul,
  Place,
  parameter,
  slopes as slopesOf,
  sum,
  topological,
  utility,
} from "../expr/index.ts";
import { Emitter } from "./emit.ts";
import type { Kernel, Statement } from "./kernel.ts";
import { Layout } from "./layout.ts";
import { freeNames, type Program } from "./program.ts";

/** Something that moves with the parameters and that the term is written in. */
export interface Row {
  readonly leaf: Expr;
  /** Its place among the scalar rows, or Place.axis. */
  readonly index: number;
  /** What it stands for, in parameters and data. */
  readonly expr: Expr;
  /** ∂expr/∂β_k for each free parameter. */
  readonly slopes: readonly Expr[];
}

/**
 * The utilities that occur in the roots, then the leaves that do.
 * @param leaves what the rows move with: the free parameters, unless given.
 */
export function rowsOf(
  program: Pick<Program, "parameters" | "free" | "alternatives">,
  utilities: readonly Expr[],
  roots: readonly Expr[],
  leaves: readonly Expr[] = freeNames(program).map(parameter),
): Row[] {
  const axis = program.alternatives === null;
  const below = new Set(topological(roots));
  const rows = utilities
    .map((expr, j) => ({ leaf: utility(axis ? Place.axis : j), expr }))
    .filter(({ leaf }) => below.has(leaf))
    .map((row, i) => ({ ...row, index: axis ? Place.axis : i }));
  const first = axis ? 0 : rows.length;
  const direct = leaves.filter((leaf) => below.has(leaf));
  const own = direct.map((leaf, i) => ({ leaf, index: first + i, expr: leaf }));
  return [...rows, ...own].map((row) => ({ ...row, slopes: slopesOf(row.expr, leaves) }));
}

export function layoutOf(program: Program, rows: readonly Row[], longest: number): Layout {
  const scalarRows = rows.filter(({ index }) => index !== Place.axis).length;
  return new Layout(program.free.length, scalarRows, program.alternatives === null ? longest : 0);
}

/** Σ_r A_rk w_r for every k; along the axis the sum runs over the alternatives. */
export function rowGradient(rows: readonly Row[], slopes: readonly Expr[], parameters: number): Expr[] {
  return Array.from({ length: parameters }, (_, k) =>
    addAll(rows.map((row, r) => over(row, mul(row.slopes[k], slopes[r]))).filter((part) => !isZero(part))),
  );
}

export const isZero = (expr: Expr): boolean => expr.op === "number" && expr.value === 0;
/** Along the axis, the sum over the alternatives. */
export const over = (row: Row, expr: Expr): Expr =>
  row.index === Place.axis && expr.op !== "number" ? sum(expr) : expr;

/** A kernel whose body is written by one emitter that knows what the utility leaves stand for. */
export function kernel(
  layout: Layout,
  rows: readonly Row[],
  write: (emitter: Emitter) => Statement[],
  prologue: Statement[] = [],
): Kernel {
  const emitter = new Emitter(
    layout,
    new Map(rows.filter(({ leaf }) => leaf.op === "utility").map(({ leaf, expr }) => [leaf, expr])),
  );
  const body = write(emitter);
  return { prologue, body, locals: emitter.locals };
}
