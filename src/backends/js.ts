/** Generated JavaScript: the kernels as text for the engine's own compiler. One situation per tile. */
import { functions, opOf } from "../expr/index.ts";
import type { Address, Kernel, Statement, Value } from "../program/core.ts";
import { allowsCode } from "./allowsCode.ts";
import type { Backend } from "./backend.ts";
import { type Limits, usualLimits } from "./chunks.ts";
import { generatedBackend } from "./generated.ts";
import { type Bases, basesOf, type Generate, type Machine } from "./machine.ts";

const generate: Generate = (lowered, tiles, panel) => {
  const { layout } = lowered;
  const base = basesOf(lowered, panel);
  const memory = new Float64Array(base.tile + tiles.words);
  const shape: Shape = {
    base,
    situation: layout.situationSlots.size,
    record: layout.axisSlots.size,
    rowWords: panel?.rowWords ?? 0,
  };
  const run = Object.fromEntries(
    Object.entries(lowered.kernels).map(([name, kernel]) => [name, compileKernel(kernel, shape)]),
  );
  const persons = panel?.table ?? new Int32Array(0);
  const machine: Machine = {
    memory,
    base,
    run: (name, first, count) => run[name](memory, tiles.table, persons, first, count),
  };
  return Promise.resolve(machine);
};

/** The backend with limits of its own on what stays in memory. */
export const jsWithin = (limits: Limits): Backend =>
  generatedBackend(
    "js",
    1,
    generate,
    () => (allowsCode() ? null : "this page forbids generated code"),
    limits,
  );

export const js = jsWithin(usualLimits);

interface Shape {
  readonly base: Bases;
  readonly situation: number;
  readonly record: number;
  /** Words of a row of draws. */
  readonly rowWords: number;
}
type Run = (
  memory: Float64Array,
  table: Int32Array,
  persons: Int32Array,
  first: number,
  count: number,
) => void;

function compileKernel(kernel: Kernel, shape: Shape): Run {
  const write = new Writer(shape);
  const locals =
    kernel.locals > 0 ? `let ${Array.from({ length: kernel.locals }, (_, i) => `v${i}=0`).join(",")};` : "";
  const source = `"use strict";const {${Object.keys(functions).join(",")}}=functions;
return function(M,T,P,first,count){${locals}let n=0;let tile=0;let draws=0;let s=0;let p=0;
${write.all(kernel.prologue)}
${kernel.persons ? personLoop(shape, write.all(kernel.body)) : tileLoop(shape, write.all(kernel.body))}
}`;
  return new Function("functions", source)(functions) as Run;
}

const tileLoop = ({ base }: Shape, body: string): string =>
  `for(let t=first;t<first+count;t++){tile=${base.tile}+T[2*t];n=T[2*t+1];
${body}
}`;

const personLoop = ({ base }: Shape, body: string): string =>
  `for(p=0;p<count;p++){s=P[3*(first+p)];draws=${base.draws}+P[3*(first+p)+2];tile=${base.tile}+T[2*s];n=T[2*s+1];
${body}
}`;

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
    if (statement.kind === "when")
      return `if(${this.value(statement.value)}!==0){${this.all(statement.body)}}`;
    return this.loop(statement);
  }

  private loop({ index, from, to, step, body }: Extract<Statement, { kind: "loop" }>): string {
    const { base, rowWords } = this.shape;
    const end =
      typeof to === "number"
        ? to
        : { alternatives: "n", situations: "P[3*(first+p)+1]", draws: rowWords }[to];
    const inner = this.all(body);
    const place = (situation: string): string =>
      `tile=${base.tile}+T[2*(${situation})];n=T[2*(${situation})+1];`;
    const [before, after] = to === "situations" ? [place("s+t"), place("s")] : ["", ""];
    return `for(let ${index}=${from};${index}<${end};${index}+=${step}){${before}\n${inner}\n}${after}`;
  }

  private value(value: Value): string {
    // One lane: it is all of them.
    if (value.kind === "share") return "1";
    if (value.kind === "across") return this.value(value.value);
    if (value.kind === "constant")
      return value.value < 0 || Object.is(value.value, -0) ? `(${value.value})` : String(value.value);
    if (value.kind === "local") return `v${value.local}`;
    if (value.kind === "load") return `M[${this.address(value.address)}]`;
    return opOf(value.op).js(...value.args.map((arg) => this.value(arg)));
  }

  private address({ region, offset, along }: Address): string {
    const { base, situation, record, rowWords } = this.shape;
    const scale = region === "alternatives" ? record : 1;
    const steps = along.map(([index, stride]) => `+${index}*${stride * scale}`).join("");
    if (region === "draws" || region === "chances") {
      const rows = along.map(([index, stride]) => (index === "r" ? "+r" : `+${index}*${stride * rowWords}`));
      return `${region === "draws" ? "draws" : base.chances}+${offset * rowWords}${rows.join("")}`;
    }
    if (region === "tile") return `tile+${offset}${steps}`;
    if (region === "alternatives") return `tile+${situation + offset}${steps}`;
    return `${base[region] + offset}${steps}`;
  }
}
