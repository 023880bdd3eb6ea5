/** Numbers with their gradients, so that what is made of them keeps its standard error (delta method). */

import type { Sums } from "../backends/index.ts";
import { alike, decimalsFor } from "../data/decimals.ts";
import type { Format, Table as TableType } from "../data/index.ts";
import { Table } from "../data/index.ts";
import type { Fit } from "../fit/index.ts";
import { deltaCovariance, wald } from "../inference/index.ts";
import { submatrix } from "../math/matrix.ts";

/** A number and its derivatives in the free parameters. */
export interface Uncertain {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** The m-th of some sums. */
export function part({ values, jacobian }: Sums, m: number): Uncertain {
  const size = jacobian.length / values.length;
  return { value: values[m], gradient: jacobian.subarray(m * size, (m + 1) * size) };
}

const combine = (a: Uncertain, b: Uncertain, value: number, da: number, db: number): Uncertain => ({
  value,
  gradient: a.gradient.map((slope, k) => da * slope + db * b.gradient[k]),
});

export const plus = (a: Uncertain, b: Uncertain): Uncertain => combine(a, b, a.value + b.value, 1, 1);
export const minus = (a: Uncertain, b: Uncertain): Uncertain => combine(a, b, a.value - b.value, 1, -1);
export const over = (a: Uncertain, b: Uncertain): Uncertain =>
  combine(a, b, a.value / b.value, 1 / b.value, -a.value / b.value ** 2);
export const product = (a: Uncertain, b: Uncertain): Uncertain =>
  combine(a, b, a.value * b.value, b.value, a.value);
export const scaled = (a: Uncertain, factor: number): Uncertain => ({
  value: a.value * factor,
  gradient: a.gradient.map((slope) => slope * factor),
});

/** The covariance of the free parameters, in their order; NaN for those held at a bound. */
export const freeCovariance = (fit: Fit): Float64Array =>
  submatrix(fit.covariance.matrix, fit.compiled.program.free);

/** Covariance of several such numbers, row by row. */
export function covarianceOf(fit: Fit, numbers: readonly Uncertain[]): Float64Array {
  return deltaCovariance(
    Float64Array.from(numbers.flatMap(({ gradient }) => [...gradient])),
    freeCovariance(fit),
  );
}

export function standardErrorsOf(fit: Fit, numbers: readonly Uncertain[]): Float64Array {
  const covariance = freeCovariance(fit);
  return Float64Array.from(numbers, ({ gradient }) =>
    Math.sqrt(Math.max(0, deltaCovariance(gradient, covariance)[0])),
  );
}

/** The columns value, std. error, lower and upper under the given name for the value. */
export function intervalColumns(
  fit: Fit,
  name: string,
  numbers: readonly Uncertain[],
  neutral = 0,
): Record<string, number[]> {
  const errors = standardErrorsOf(fit, numbers);
  const tests = numbers.map(({ value }, i) => wald(value, errors[i], neutral));
  return {
    [name]: tests.map(({ estimate }) => estimate),
    "std. error": [...errors],
    lower: tests.map(({ lower }) => lower),
    upper: tests.map(({ upper }) => upper),
  };
}

const covarianceName: Readonly<Record<Fit["covariance"]["kind"], string>> = {
  hessian: "Hessian",
  robust: "robust",
  cluster: "clustered",
};

/** A result with 95 % intervals, and the note that says where they come from. */
export function resultTable(
  fit: Fit,
  columns: Readonly<Record<string, readonly number[] | readonly string[]>>,
  {
    title,
    notes = [],
    formats,
    digits,
  }: {
    readonly title: string;
    readonly notes?: readonly string[];
    readonly formats?: Readonly<Record<string, Format>>;
    /** Digits that the smallest standard error is shown with. Default 4; 3 where columns are many. */
    readonly digits?: number;
  },
): TableType {
  const value = Object.keys(columns)[Object.keys(columns).indexOf("std. error") - 1];
  const inUnit = [value, "std. error", "lower", "upper", "Fieller lower", "Fieller upper"];
  const numbers = inUnit.flatMap((name) => (columns[name] === undefined ? [] : [name]));
  const shared = alike(
    numbers,
    decimalsFor(numbersIn(columns[value]), numbersIn(columns["std. error"]), digits),
  );
  const how = `95 % intervals by the delta method, ${covarianceName[fit.covariance.kind]} covariance.`;
  return Table.of(columns, { title, notes: [...notes, how], formats: { ...shared, ...formats } });
}

const numbersIn = (column: readonly number[] | readonly string[] | undefined): number[] =>
  (column ?? []).map(Number);

/** A statistic of something: the variance of the errors of a car, say. */
export interface Statistic {
  readonly of: string;
  readonly statistic: string;
  readonly number: Uncertain;
}

/** One row for each statistic; `column` heads what they are statistics of. */
export const statisticTable = (
  fit: Fit,
  column: string,
  rows: readonly Statistic[],
  display: { readonly title: string; readonly notes?: readonly string[] },
): Table =>
  resultTable(
    fit,
    {
      [column]: rows.map(({ of }) => of),
      statistic: rows.map(({ statistic }) => statistic),
      ...intervalColumns(
        fit,
        "value",
        rows.map(({ number }) => number),
      ),
    },
    display,
  );
