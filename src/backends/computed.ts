/**
 * Parts of the data that are computed from columns, such as log(income). Large data compute them anew on every pass,
 * so a loop is written for the expression where that is allowed; elsewhere the judge walks through it.
 */
import { type Expr, evaluateRows, functions, isOp, opOf, topological } from "../expr/index.ts";
import { allowsCode } from "./allowsCode.ts";
import { dense, type View } from "./view.ts";

type Loop = (rows: number, out: Float64Array, views: readonly View[]) => void;

interface Written {
  readonly leaves: readonly Expr[];
  readonly loop: Loop;
}
const written = new WeakMap<Expr, Written>();

/** The values of an expression on so many rows, from views of its columns. */
export function computed(expr: Expr, rows: number, viewOf: (leaf: Expr) => View): Float64Array {
  if (!allowsCode()) return evaluateRows(expr, rows, (leaf) => dense(viewOf(leaf)));
  const { leaves, loop } = written.get(expr) ?? write(expr);
  const out = new Float64Array(rows);
  loop(rows, out, leaves.map(viewOf));
  return out;
}

const text = (value: number): string => (Object.is(value, -0) ? "(-0)" : `(${value})`);

function write(expr: Expr): Written {
  const order = topological([expr]);
  const leaves = order.filter((node) => !isOp(node) && node.op !== "number");
  const name = new Map(order.map((node, i) => [node, node.op === "number" ? text(node.value) : `v${i}`]));
  const starts = leaves.map(
    (_, i) => `const c${i}=views[${i}].values,s${i}=views[${i}].step;let a${i}=views[${i}].offset;`,
  );
  const loads = leaves.map((leaf, i) => `const ${name.get(leaf)}=c${i}[a${i}];a${i}+=s${i};`);
  const steps = order
    .filter(isOp)
    .map((node) => `const ${name.get(node)}=${opOf(node.op).js(...node.args.map((arg) => name.get(arg)!))};`);
  const source = `"use strict";const {${Object.keys(functions).join(",")}}=functions;
return function(rows,out,views){${starts.join("")}
for(let i=0;i<rows;i++){${loads.join("")}${steps.join("")}out[i]=${name.get(expr)};}}`;
  const made = { leaves, loop: new Function("functions", source)(functions) as Loop };
  written.set(expr, made);
  return made;
}
