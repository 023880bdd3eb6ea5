/** The slope of one alternative's utility in each of some leaves. */
import { type Expr, gradient, Level, num, push } from "../expr/index.ts";

/** Reverse mode where the utility is a number; forward along an axis, where reverse mode would add up. */
export function slopes(utility: Expr, leaves: readonly Expr[]): Expr[] {
  if ((utility.level & Level.axis) === 0) return gradient(utility, leaves);
  return leaves.map((leaf) => push([utility], new Map([[leaf, num(1)]]))[0]);
}
