/** Any expression of the parameters, with its standard error by exact gradient (delta method). */
import { Complaint, suggest } from "../complaint/index.ts";
import type { Table } from "../data/index.ts";
import {
  type Expr,
  evaluator,
  gradient,
  parameter,
  parse,
  print,
  substitute,
  topological,
  unreadable,
} from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { wald } from "../inference/index.ts";
import { requireMaximum } from "./requireMaximum.ts";
import { resultTable, standardErrorsOf, type Uncertain } from "./uncertain.ts";

/**
 * One row per expression: value, standard error, z and p against 0, interval. Expressions stand under a name, as in
 * { "value of time": "60 * b_time / b_cost" }, or are their own.
 * Throws a Complaint for a name that is no parameter, and for a value that is not a number.
 */
export async function derived(
  fit: Fit,
  asked: string | readonly string[] | Readonly<Record<string, string>>,
): Promise<Table> {
  const expressions = named(asked);
  requireMaximum(fit);
  const numbers = Object.values(expressions).map((source) => uncertain(fit, parsed(fit, source)));
  const errors = standardErrorsOf(fit, numbers);
  // What depends on no estimate is known, and has no test.
  const tests = numbers.map(({ value }, i) => wald(value, errors[i] > 0 ? errors[i] : Number.NaN));
  const columns = {
    expression: Object.keys(expressions),
    value: tests.map(({ estimate }) => estimate),
    "std. error": tests.map(({ standardError }) => standardError),
    z: tests.map(({ z }) => z),
    p: tests.map(({ p }) => p),
    lower: tests.map(({ lower }) => lower),
    upper: tests.map(({ upper }) => upper),
  };
  const notes = Object.entries(expressions).flatMap(([name, source]) =>
    name === source ? [] : [`${name} = ${source}`],
  );
  return resultTable(fit, columns, { title: "Derived quantities", notes, formats: { z: 2, p: "p" } });
}

function named(asked: Parameters<typeof derived>[1]): Readonly<Record<string, string>> {
  const isList = typeof asked === "string" || Array.isArray(asked);
  const list = isList ? ([asked].flat() as string[]) : [];
  const found = isList
    ? Object.fromEntries(list.map((source) => [source, source]))
    : (asked as Readonly<Record<string, string>>);
  if (Object.keys(found).length > 0) return found;
  throw new Complaint("there is nothing to derive", {
    help: 'give an expression, such as "b_time / b_cost"',
  });
}

/** An expression of parameters alone, at the estimates. */
export function uncertain(fit: Fit, expr: Expr): Uncertain {
  const { program } = fit.compiled;
  const leaves = program.free.map((index) => parameter(program.parameters[index]));
  const index = new Map(program.parameters.map((name, i) => [name, i]));
  const [value, ...slopes] = evaluator([expr, ...gradient(expr, leaves)])(
    (leaf) => fit.estimates[index.get(leaf.name)!],
  );
  if (![value, ...slopes].every(Number.isFinite))
    throw new Complaint("the expression is not a number at the estimates", { value, where: print(expr) });
  return { value, gradient: Float64Array.from(slopes) };
}

/** The graph of an expression of parameters. Throws a Complaint for a name that is none of this fit. */
export function parsed(fit: Fit, source: string): Expr {
  const names = fit.parameters.map(({ name }) => name);
  const expr = parse(source);
  const [found] = substitute([expr], topological([expr]), (node) => {
    if (node.op !== "name") return undefined;
    const name = node.label ? `${node.name}.${node.label}` : node.name;
    if (names.includes(name)) return parameter(name);
    throw unreadable(
      source,
      Math.max(0, source.indexOf(node.name)),
      `${name} is not a parameter of this fit`,
      suggest(name, names),
    );
  });
  return found;
}
