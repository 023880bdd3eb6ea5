export * from "./build.ts";
export { dependsOn, gradient, push, slopes } from "./derive.ts";
export { evaluate, evaluateRows, evaluator } from "./evaluate.ts";
export { type Expr, Level, Place, topological } from "./node.ts";
export { functions, isOp, type Op, opOf, ops } from "./ops.ts";
export { parse } from "./parse.ts";
export { latex, print } from "./print.ts";
export { boxcox } from "./sugar.ts";
export { unreadable } from "./tokens.ts";
