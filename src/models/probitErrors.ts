/**
 * The errors of a multinomial probit: normal, with any covariance that choices can tell. Only differences show, and
 * only up to scale, so what is estimated is the Cholesky factor L of the covariance Ω = L Lᵀ of the differences
 * against a base alternative, with the first variance 1. Differences against another alternative i are linear in
 * those, U_k − U_i = (U_k − U_base) − (U_i − U_base), and so is their covariance a function of L.
 *
 * Source: Train (2009), Discrete Choice Methods with Simulation, chapter 5.
 */
import { addAll, div, type Expr, mul, num, sqrt, sub } from "../expr/index.ts";
import type { ModelOptions, ModelParameter } from "./model.ts";

/** A lower triangle by rows, its diagonal last in each. */
export type Triangle = readonly (readonly Expr[])[];

/** The alternative that the differences are against. */
export const baseOf = ({ base }: ModelOptions, labels: readonly string[]): string =>
  typeof base === "string" && labels.includes(base) ? base : labels[0];

/** The alternatives whose difference against the base has an error, in order. */
export const othersOf = (options: ModelOptions, labels: readonly string[]): string[] =>
  labels.filter((label) => label !== baseOf(options, labels));

export const choleskyName = (column: string, row: string): string => `chol_${column}_${row}`;

/** Errors that are independent and alike have differences with variance 1 and covariance 1/2. */
export function independent(size: number): number[][] {
  const factor = cholesky(
    Array.from({ length: size }, (_, r) =>
      Array.from({ length: r + 1 }, (_row, c) => num(r === c ? 1 : 0.5)),
    ),
  );
  return factor.map((row) => row.map(({ value }) => value));
}

/** The terms of L but the first, which is 1. They start where errors are independent. */
export function choleskyParameters(options: ModelOptions, labels: readonly string[]): ModelParameter[] {
  const others = othersOf(options, labels);
  const alike = independent(others.length);
  const held = options.errors === "independent" ? { fixed: true as const } : {};
  return others.slice(1).flatMap((row, i) =>
    others.slice(0, i + 2).map((column, c): ModelParameter => {
      const value = alike[i + 1][c];
      const lower = c === i + 1 ? leastSpread : Number.NEGATIVE_INFINITY;
      return {
        name: choleskyName(column, row),
        start: value,
        lower,
        upper: Number.POSITIVE_INFINITY,
        neutral: value,
        ...held,
      };
    }),
  );
}

const leastSpread = 1e-3;

/** L, by the alternatives of `othersOf`. */
export const factorOf = (
  parameter: (name: string) => Expr,
  options: ModelOptions,
  labels: readonly string[],
): Triangle => {
  const others = othersOf(options, labels);
  return others.map((row, r) =>
    others.slice(0, r + 1).map((column) => (r === 0 ? num(1) : parameter(choleskyName(column, row)))),
  );
};

/** The errors of all alternatives against the base, as combinations of independent normals: a row of zeros for the base. */
export function loadings(factor: Triangle, options: ModelOptions, labels: readonly string[]): Expr[][] {
  const others = othersOf(options, labels);
  return labels.map((label) => {
    const row = factor[others.indexOf(label)] ?? [];
    return others.map((_, c) => row[c] ?? num(0));
  });
}

/** The Cholesky factor of the covariance of the differences against alternative i, the others in order. */
export function factorAgainst(
  i: number,
  factor: Triangle,
  options: ModelOptions,
  labels: readonly string[],
): Triangle {
  if (labels[i] === baseOf(options, labels)) return factor;
  const all = loadings(factor, options, labels);
  const rows = all.flatMap((row, k) => (k === i ? [] : [row.map((loading, c) => sub(loading, all[i][c]))]));
  return cholesky(square(rows));
}

/** A Aᵀ, its lower triangle; rows of a triangle are taken as filled up with zeros. */
export const square = (rows: readonly (readonly Expr[])[]): Expr[][] =>
  rows.map((a, r) =>
    rows
      .slice(0, r + 1)
      .map((b) => addAll(a.slice(0, Math.min(a.length, b.length)).map((x, c) => mul(x, b[c])))),
  );

/** C with C Cᵀ = S, of which the lower triangle is given. */
function cholesky(S: Triangle): Expr[][] {
  const C: Expr[][] = [];
  for (const [r, row] of S.entries()) {
    C.push([]);
    for (const [c, entry] of row.entries()) {
      const rest = sub(
        entry,
        addAll(Array.from({ length: c }, (_, k) => mul(C[r][k], c === r ? C[r][k] : C[c][k]))),
      );
      C[r].push(c === r ? sqrt(rest) : div(rest, C[c][c]));
    }
  }
  return C;
}
