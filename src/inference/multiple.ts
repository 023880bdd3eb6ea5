/**
 * p-values of many tests at once, made larger so that they can be read one by one.
 *
 * - Holm: reject those whose adjusted p is below α, and the chance of any false rejection is at most α.
 * - Benjamini–Hochberg: the expected share of false ones among the rejections is at most α (for tests that are
 *   independent or positively dependent).
 *
 * Source: Holm (1979), Scandinavian J. of Statistics 6:65; Benjamini & Hochberg (1995), JRSS B 57:289. NaN
 * stays NaN and does not count.
 */
export type Control = keyof typeof controls;

export const controls = {
  holm: {
    title: "Holm",
    adjust: (p: readonly number[]): number[] => stepDown(p),
  },
  "benjamini-hochberg": {
    title: "Benjamini–Hochberg",
    adjust: (p: readonly number[]): number[] => stepUp(p),
  },
} as const;

/** p_(i) (m − i + 1), made to rise with p. */
function stepDown(p: readonly number[]): number[] {
  const order = ascending(p);
  const adjusted = p.map(() => Number.NaN);
  let highest = 0;
  order.forEach((at, i) => {
    highest = Math.max(highest, Math.min(1, p[at] * (order.length - i)));
    adjusted[at] = highest;
  });
  return adjusted;
}

/** p_(i) m / i, made to rise with p. */
function stepUp(p: readonly number[]): number[] {
  const order = ascending(p);
  const adjusted = p.map(() => Number.NaN);
  let lowest = 1;
  for (let i = order.length - 1; i >= 0; i--) {
    lowest = Math.min(lowest, (p[order[i]] * order.length) / (i + 1));
    adjusted[order[i]] = lowest;
  }
  return adjusted;
}

/** The indices of those that are numbers, smallest first. */
const ascending = (p: readonly number[]): number[] =>
  [...p.keys()].filter((at) => !Number.isNaN(p[at])).sort((a, b) => p[a] - p[b]);
