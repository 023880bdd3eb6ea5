/** A ratio of two products without the factors that they share: a temperature drops out of a willingness to pay. */
import { div, type Expr, mul, num } from "../expr/index.ts";

interface Product {
  readonly above: Expr[];
  readonly below: Expr[];
}

/** a / b, simplified where both are products. */
export function ratioOf(a: Expr, b: Expr): Expr {
  const [top, bottom] = [factors(a), factors(b)];
  const above = [...top.above, ...bottom.below];
  const below = [...top.below, ...bottom.above];
  for (const factor of [...above]) {
    const at = below.indexOf(factor);
    if (at < 0) continue;
    below.splice(at, 1);
    above.splice(above.indexOf(factor), 1);
  }
  return div(above.reduce(mul, num(1)), below.reduce(mul, num(1)));
}

function factors(expr: Expr): Product {
  const [a, b] = expr.args;
  if (expr.op === "neg") return both({ above: [num(-1)], below: [] }, factors(a));
  if (expr.op === "mul") return both(factors(a), factors(b));
  if (expr.op !== "div") return { above: [expr], below: [] };
  const under = factors(b);
  return both(factors(a), { above: under.below, below: under.above });
}

const both = (a: Product, b: Product): Product => ({
  above: [...a.above, ...b.above],
  below: [...a.below, ...b.below],
});
