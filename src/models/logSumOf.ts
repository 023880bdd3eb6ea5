/** Log-sum-exp over a list of parts, each of which may be closed: what nests and mixtures are made of. */
import { add, addAll, type Expr, exp, larger, log, num, or, select, stop, sub } from "../expr/index.ts";

/** A value that counts only where `open` is 1. */
export interface Part {
  readonly value: Expr;
  readonly open: Expr;
}

/**
 * ln Σ exp(value) over the open parts, shifted by the largest so that nothing overflows. Open where any part is;
 * 0 where none is, so that derivatives stay finite there. A single part is itself.
 */
export function logSumOf(parts: readonly Part[]): Part {
  if (parts.length === 1) return parts[0];
  const shift = stop(
    parts.map(({ value, open }) => select(open, value, num(Number.NEGATIVE_INFINITY))).reduce(larger),
  );
  const total = addAll(
    parts.map(({ value, open }) => select(open, exp(select(open, sub(value, shift), num(0))), num(0))),
  );
  const always = parts.find((part) => part.open === num(1));
  const open = always?.open ?? parts.map((part) => part.open).reduce(or);
  return { open, value: select(open, add(shift, log(total)), num(0)) };
}
