/**
 * The law of a likelihood ratio when a restriction puts a parameter on the edge of where it may be: a
 * variance of zero cannot become negative, so half of the time the ratio gains nothing from it. With one
 * such parameter among k the law is ½ χ²(k − 1) + ½ χ²(k); with several, that same mixture is what p is at most.
 *
 * Source: Self & Liang (1987), J. American Statistical Association 82:605, cases 5 and 6; the upper bound:
 * Kodde & Palm (1986), Econometrica 54:1243.
 */
import { chiSquareUpper } from "../math/distributions.ts";

/** @param edges how many of the `degrees` restrictions lie on a boundary. Exact for 0 and 1, an upper bound beyond. */
export function boundaryUpper(statistic: number, degrees: number, edges: number): number {
  if (edges === 0) return chiSquareUpper(statistic, degrees);
  const below = degrees === 1 ? (statistic > 0 ? 0 : 1) : chiSquareUpper(statistic, degrees - 1);
  return (below + chiSquareUpper(statistic, degrees)) / 2;
}
