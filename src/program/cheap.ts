/**
 * Data-only parts that a kernel computes in less time than it takes to put them in place: a column times, divided by,
 * plus or minus a number. They are finite where the column is, so nothing has to be looked at again.
 */
import { type Expr, isOp } from "../expr/index.ts";

export const isCheap = (expr: Expr): boolean => isOp(expr) && isColumnAndNumbers(expr);

const isColumnAndNumbers = (expr: Expr): boolean =>
  expr.op === "data" || (scaled[expr.op]?.(expr.args) ?? false);

const isModerate = ({ op, value }: Expr): boolean =>
  op === "number" && (value === 0 || (Math.abs(value) >= 1e-100 && Math.abs(value) <= 1e100));

const either = ([a, b]: readonly Expr[]): boolean =>
  (isModerate(a) && isColumnAndNumbers(b)) || (isModerate(b) && isColumnAndNumbers(a));

const scaled: Readonly<Record<string, ((args: readonly Expr[]) => boolean) | undefined>> = {
  neg: ([a]) => isColumnAndNumbers(a),
  add: either,
  sub: either,
  mul: either,
  div: ([a, b]) => isColumnAndNumbers(a) && isModerate(b) && b.value !== 0,
};
