/** An expression in columns as numbers: in memory where all columns are, else computed when it is read. */
import { data, type Expr, evaluateRows, Place, print, substitute, topological } from "../expr/index.ts";
import type { Held } from "./stored.ts";

/** @param column the numbers, or the codes of labels, of the `data` leaf of that name. */
export function computedFrom(expr: Expr, rows: number, column: (name: string) => Held | Int32Array): Held {
  const names = [...new Set(topological([expr]).flatMap(({ op, name }) => (op === "data" ? [name] : [])))];
  const columns = names.map(column);
  if (columns.every((each) => ArrayBuffer.isView(each))) {
    const of = new Map(names.map((name, i) => [name, columns[i] as Float64Array | Int32Array]));
    return evaluateRows(expr, rows, ({ name }) => of.get(name)!);
  }
  // Names that need no quotes, whatever the columns are called.
  const short = new Map(names.map((name, i) => [name, `c${i}`]));
  const [renamed] = substitute([expr], topological([expr]), ({ op, name }) =>
    op === "data" ? data(short.get(name)!, Place.situation) : undefined,
  );
  return {
    kind: "computed",
    length: rows,
    text: print(renamed),
    columns: Object.fromEntries(columns.map((each, i) => [`c${i}`, each])),
  };
}
