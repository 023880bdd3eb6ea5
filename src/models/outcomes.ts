/**
 * The log-likelihood of what was observed, written over a kernel's log probabilities of one choice. So a
 * ranking, best and worst, or shares compose with every kernel, with random coefficients and with classes.
 * A kernel with a law of its own for its outcome (maxdiff, MDCEV) brings `logLikelihood` instead.
 *
 * Sources: Beggs, Cardell & Hausman (1981), Journal of Econometrics 17:1 (exploded logit); Marley & Louviere
 * (2005), Journal of Mathematical Psychology 49:464 (best, then worst); Papke & Wooldridge (1996), Journal of
 * Applied Econometrics 11:619 (fractions).
 */
import { add, addAll, and, compare, type Expr, neg, not, num, or, select, sum } from "../expr/index.ts";
import { type Alternative, type Alternatives, atChosen } from "./alternatives.ts";

export type OutcomeKind = "choice" | "ranking" | "bestWorst" | "fractions" | "counts" | "amounts";

/** ln P of each item of a set: what a kernel knows. */
export type Choose = (set: Alternatives) => readonly Expr[];

export interface Outcome {
  /** What a situation holds, in the plural: "choices". */
  readonly words: string;
  /** Before the title of a kernel: "Rank-ordered". */
  readonly title?: string;
  /** Why the Hessian alone is no variance, where that is so: the likelihood is a stand-in for the true law. */
  readonly quasi?: string;
  /**
   * Where it sums up what different people chose, the column of their shares: in a mixture each share is that of
   * people with coefficients of their own, Σ_j y_j ln E[P_j].
   */
  readonly apart?: string;
  /** @param stages how many alternatives were ranked at most. */
  readonly logLikelihood: (choose: Choose, set: Alternatives, stages: number) => Expr;
  /** The log-likelihood when all orders are equally likely, of n alternatives of which k were ranked. */
  readonly equal: (n: number, k: number) => number;
}

const one: Outcome = {
  words: "choices",
  logLikelihood: (choose, set) => atChosen(set, choose(set)),
  equal: (n) => -Math.log(n),
};

const fractions = {
  ...one,
  words: "fractions",
  logLikelihood: inShares,
  apart: "share",
};

export const outcomes: Readonly<Record<OutcomeKind, Outcome>> = {
  choice: one,
  ranking: {
    words: "rankings",
    title: "Rank-ordered",
    logLikelihood: exploded,
    equal: (n, k) => -addUp(k, (i) => Math.log(n - i)),
  },
  bestWorst: {
    words: "best-worst choices",
    title: "Best-worst",
    logLikelihood: bestThenWorst,
    equal: (n) => -Math.log(n) - Math.log(n - 1),
  },
  fractions: {
    ...fractions,
    title: "Fractional",
    quasi: "fractions follow no multinomial law",
  },
  counts: { ...fractions, words: "groups of choices", title: "Grouped" },
  amounts: {
    words: "budgets",
    logLikelihood: () => {
      throw new RangeError("amounts need a kernel with a law of its own");
    },
    equal: () => Number.NaN,
  },
};

const addUp = (count: number, f: (i: number) => number): number =>
  Array.from({ length: count }, (_, i) => f(i)).reduce((total, value) => total + value, 0);

/** Σ_j y_j ln P_j with Σ_j y_j = 1. */
function inShares(choose: Choose, set: Alternatives): Expr {
  return over(set, (item) => ({ chosen: item.observed("share") }), choose);
}

/** Σ_m ln P(rank m is chosen from what is left), over the ranks that were given. */
function exploded(choose: Choose, set: Alternatives, stages: number): Expr {
  return addAll(Array.from({ length: stages }, (_, i) => stage(choose, set, i + 1)));
}

function stage(choose: Choose, set: Alternatives, m: number): Expr {
  const isAt = (item: Alternative): Expr => compare("eq", item.observed("rank"), num(m));
  const reached = total(set, isAt);
  const isBehind = ({ observed }: Alternative): Expr =>
    or(compare("ge", observed("rank"), num(m)), compare("eq", observed("rank"), num(0)));
  // Where the ranking ended before, the stage is over the whole set, and counts for nothing.
  const isLeft = (item: Alternative): Expr => or(isBehind(item), not(reached));
  const logP = over(
    set,
    (item) => ({
      chosen: isAt(item),
      available: m === 1 ? item.available : and(item.available, isLeft(item)),
    }),
    choose,
  );
  return m === 1 ? logP : select(reached, logP, num(0));
}

/** The best of all, then the worst of the others: the one least wanted is chosen by −V. */
function bestThenWorst(choose: Choose, set: Alternatives): Expr {
  const best = over(set, ({ observed }) => ({ chosen: observed("best") }), choose);
  const worst = over(
    set,
    ({ utility, available, observed }) => ({
      utility: neg(utility),
      available: and(available, not(observed("best"))),
      chosen: observed("worst"),
    }),
    choose,
  );
  return add(best, worst);
}

/** ln P at the chosen one of a set that differs from the given one as said. */
function over(
  whole: Alternatives,
  differs: (item: Alternative) => Partial<Alternative>,
  choose: Choose,
): Expr {
  const set = { ...whole, all: whole.all.map((item) => ({ ...item, ...differs(item) })) };
  return atChosen(set, choose(set));
}

function total(set: Alternatives, f: (item: Alternative) => Expr): Expr {
  const all = set.all.map((item) => select(item.available, f(item), num(0)));
  return set.axis ? sum(all[0]) : addAll(all);
}
