/**
 * A choice set as models see it: labelled alternatives one by one, or a single item that stands for every
 * alternative of the axis. Models say "for each alternative" and "log-sum-exp over alternatives", and
 * serve both kinds.
 */
import {
  add,
  addAll,
  type Expr,
  exp,
  larger,
  log,
  mul,
  num,
  peak,
  select,
  stop,
  sub,
  sum,
} from "../expr/index.ts";

export interface Alternative {
  /** Its name; null where the item stands for every alternative. */
  readonly label: string | null;
  /** Its utility V (a leaf). */
  readonly utility: Expr;
  /** The parts that a model splits utilities into (leaves). */
  readonly parts?: readonly Expr[];
  /** 1 where it can be chosen, else 0. */
  readonly available: Expr;
  /** 1 where it was chosen, else 0. */
  readonly chosen: Expr;
  /** A column of the outcome: rank, best, worst, share, amount or price. */
  readonly observed: (column: string) => Expr;
  /** An expression of columns, as text, at this alternative. Throws a Complaint for an unknown name. */
  readonly data: (text: string) => Expr;
}

export interface Alternatives {
  readonly all: readonly Alternative[];
  /** Whether the one item stands for a ragged axis. */
  readonly axis: boolean;
  /** Draws, uniform on (0, 1) and anew in every situation, for a model that asks for them (leaves). */
  readonly draws?: readonly Expr[];
}

/** One expression per item. */
export const forEach = (set: Alternatives, f: (alternative: Alternative, index: number) => Expr): Expr[] =>
  set.all.map(f);

/** Sum of one value per alternative over those available. */
export function sumOver(set: Alternatives, values: readonly Expr[]): Expr {
  const open = values.map((value, j) => select(set.all[j].available, value, num(0)));
  return set.axis ? sum(open[0]) : addAll(open);
}

/**
 * ln Σ_j exp(v_j) over the available alternatives, shifted by the largest so that nothing overflows.
 * Its derivative in v is the softmax.
 */
export function logSumExp(set: Alternatives, values: readonly Expr[]): Expr {
  const open = values.map((value, j) => select(set.all[j].available, value, num(Number.NEGATIVE_INFINITY)));
  const shift = set.axis ? peak(open[0]) : stop(open.reduce(larger));
  const total = sumOver(
    set,
    // Selected before exp as well as after: an unavailable utility must not overflow and give 0 × ∞.
    values.map((value, j) => exp(select(set.all[j].available, sub(value, shift), num(0)))),
  );
  return add(shift, log(total));
}

/** The value at the chosen alternative. A part that all values share is taken out first. */
export function atChosen(set: Alternatives, values: readonly Expr[]): Expr {
  const shared = values.every((value) => value.op === "sub" && value.args[1] === values[0].args[1]);
  if (shared) {
    return sub(
      atChosen(
        set,
        values.map((value) => value.args[0]),
      ),
      values[0].args[1],
    );
  }
  const picked = values.map((value, j) => mul(set.all[j].chosen, value));
  return set.axis ? sum(picked[0]) : addAll(picked);
}
