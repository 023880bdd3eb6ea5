/** Generated JavaScript: the kernels as text for the engine's own compiler. One situation per tile. */
import { functions, opOf } from "../expr/index.ts";
import type { Address, Kernel, Statement, Value } from "../program/index.ts";
import type { Backend } from "./backend.ts";
import { generatedBackend } from "./generated.ts";
import type { Generate, Machine } from "./machine.ts";
import { type Limits, usualLimits } from "./tiles.ts";

const generate: Generate = (lowered, tiles) => {
  const { layout } = lowered;
  const base = {
    parameters: 0,
    out: layout.constants.size,
    scratch: layout.constants.size + lowered.outWords,
    tile: layout.constants.size + lowered.outWords + layout.scratchWords,
  };
  const memory = new Float64Array(base.tile + tiles.words);
  const shape = { base, situation: layout.situationSlots.size, record: layout.axisSlots.size };
  const run = Object.fromEntries(
    Object.entries(lowered.kernels).map(([name, kernel]) => [name, compileKernel(kernel, shape)]),
  );
  const machine: Machine = {
    memory,
    base,
    run: (name, first, count) => run[name](memory, tiles.table, first, count),
  };
  return Promise.resolve(machine);
};

/** The backend with limits of its own on what stays in memory. */
export const jsWithin = (limits: Limits): Backend =>
  generatedBackend("js", 1, generate, () => (allowed() ? null : "this page forbids generated code"), limits);

export const js = jsWithin(usualLimits);

/** A content security policy may forbid it. */
function allowed(): boolean {
  try {
    return new Function("return true")() as boolean;
  } catch {
    return false;
  }
}

interface Shape {
  readonly base: {
    readonly parameters: number;
    readonly out: number;
    readonly scratch: number;
    readonly tile: number;
  };
  readonly situation: number;
  readonly record: number;
}
type Run = (memory: Float64Array, table: Int32Array, first: number, count: number) => void;

function compileKernel(kernel: Kernel, shape: Shape): Run {
  const write = new Writer(shape);
  const locals =
    kernel.locals > 0 ? `let ${Array.from({ length: kernel.locals }, (_, i) => `v${i}=0`).join(",")};` : "";
  const source = `"use strict";const {${Object.keys(functions).join(",")}}=functions;
return function(M,T,first,count){${locals}let n=0;let tile=0;
${write.all(kernel.prologue)}
for(let t=first;t<first+count;t++){tile=${shape.base.tile}+T[2*t];n=T[2*t+1];
${write.all(kernel.body)}
}}`;
  return new Function("functions", source)(functions) as Run;
}

class Writer {
  private readonly shape: Shape;

  constructor(shape: Shape) {
    this.shape = shape;
  }

  all(statements: readonly Statement[]): string {
    return statements.map((statement) => this.statement(statement)).join("\n");
  }

  private statement(statement: Statement): string {
    if (statement.kind === "set") return `v${statement.local}=${this.value(statement.value)};`;
    if (statement.kind === "store")
      return `M[${this.address(statement.address)}]=${this.value(statement.value)};`;
    const { index, from, to, step, body } = statement;
    return `for(let ${index}=${from};${index}<${to === "alternatives" ? "n" : to};${index}+=${step}){\n${this.all(body)}\n}`;
  }

  private value(value: Value): string {
    if (value.kind === "constant")
      return value.value < 0 || Object.is(value.value, -0) ? `(${value.value})` : String(value.value);
    if (value.kind === "local") return `v${value.local}`;
    if (value.kind === "load") return `M[${this.address(value.address)}]`;
    return opOf(value.op).js(...value.args.map((arg) => this.value(arg)));
  }

  private address({ region, offset, along }: Address): string {
    const { base, situation, record } = this.shape;
    const scale = region === "alternatives" ? record : 1;
    const steps = along.map(([index, stride]) => `+${index}*${stride * scale}`).join("");
    if (region === "tile") return `tile+${offset}${steps}`;
    if (region === "alternatives") return `tile+${situation + offset}${steps}`;
    return `${base[region] + offset}${steps}`;
  }
}
