/**
 * How an expression of draws is spread: mean, standard deviation and quantiles over many draws, with their derivatives in
 * the parameters. That of the mean is the mean of the derivatives; that of a quantile is the mean of the derivatives where
 * the expression is at the quantile, taken over the draws next to it.
 * Source: Hong (2009), Operations Research 57:118, for quantiles.
 */
import { type Expr, evaluator, gradient, nameLeaf, parameter, print } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { drawsOf } from "../math/draws/draws.ts";
import { freeNames } from "../program/index.ts";
import { average } from "./average.ts";
import { quantile } from "./intervals/percentiles.ts";
import type { Uncertain } from "./uncertain.ts";

export const drawnCount = 8192;
/** Draws on either side of a quantile. */
const beside = 128;

/** Statistics by name; columns are taken at their average over persons. */
export function drawnStatistics(fit: Fit, value: Expr): Record<string, Uncertain> {
  const rows = drawn(fit, value);
  const mean = meanOf(rows);
  const sorted = [...rows].sort((a, b) => a[0] - b[0]);
  return {
    mean,
    "std. deviation": spread(rows, mean),
    "10 %": at(sorted, 0.1),
    median: at(sorted, 0.5),
    "90 %": at(sorted, 0.9),
  };
}

/** The value at every draw, and after it its derivatives in the free parameters. */
function drawn(fit: Fit, value: Expr): Float64Array[] {
  const { program } = fit.compiled;
  const dimensions = program.draws!.dimensions.map(({ base }) => ({ base }));
  const drawer = drawsOf(
    { kind: "sobol", count: drawnCount, seed: 1, drop: 0, dimensions },
    { person: Uint32Array.of(1), situation: new Uint32Array(0) },
  );
  const numbers = dimensions.map((_, d) => {
    const own = new Float64Array(drawnCount);
    drawer.fill(d, 0, 0, own);
    return own;
  });
  const estimates = new Map(program.parameters.map((name, k) => [name, fit.estimates[k]]));
  const columns = new Map<string, number>();
  const column = (name: string): number => {
    const known = columns.get(name) ?? average(fit.data, print(nameLeaf(name)));
    columns.set(name, known);
    return known;
  };
  const of = evaluator([value, ...gradient(value, freeNames(program).map(parameter))]);
  return Array.from({ length: drawnCount }, (_, r) =>
    of((leaf) => {
      if (leaf.op === "draw") return numbers[leaf.value][r];
      return leaf.op === "parameter" ? estimates.get(leaf.name)! : column(leaf.name);
    }),
  );
}

const uncertain = (all: Float64Array): Uncertain => ({ value: all[0], gradient: all.slice(1) });

function meanOf(rows: readonly Float64Array[]): Uncertain {
  const sum = new Float64Array(rows[0].length);
  for (const row of rows) for (let k = 0; k < row.length; k++) sum[k] += row[k] / rows.length;
  return uncertain(sum);
}

/** ∂σ = Σ (a − ā) ∂a / (R σ). */
function spread(rows: readonly Float64Array[], mean: Uncertain): Uncertain {
  const sum = new Float64Array(rows[0].length);
  for (const row of rows) {
    const away = (row[0] - mean.value) / rows.length;
    sum[0] += away * (row[0] - mean.value);
    for (let k = 1; k < row.length; k++) sum[k] += away * row[k];
  }
  const value = Math.sqrt(sum[0]);
  return { value, gradient: sum.slice(1).map((slope) => (value > 0 ? slope / value : 0)) };
}

function at(sorted: readonly Float64Array[], share: number): Uncertain {
  const middle = Math.round(share * (sorted.length - 1));
  const { gradient: slopes } = meanOf(sorted.slice(Math.max(0, middle - beside), middle + beside + 1));
  return {
    value: quantile(
      Float64Array.from(sorted, ([value]) => value),
      share,
    ),
    gradient: slopes,
  };
}
